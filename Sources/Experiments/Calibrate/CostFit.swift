import Foundation
import Instrumentation
import SimTime
import Statistics

/// The fit of the machine's speed to measured runs: each run is simulated, and two factors are moved until throughputs
/// meet.
///
/// - `cpu` multiplies every CPU cost and every penalty of caches and idle states: how much slower than the calibrated
///   2.0 GHz server this machine is.
/// - `sync` multiplies sync latencies: how much slower the device is under PostgreSQL than under the benchmark.
///
/// Both have priors (lognormal around 1), so that a factor that the runs do not depend on stays where it was. A `cpu`
/// known to no better than a quarter is reported as not identified and held at 1 while `sync` is fitted again.
/// Simulations use the same random numbers throughout, so the residuals are nearly smooth.
struct CostFit {
    /// Standard deviation of the logarithm of `cpu` before any run is seen.
    static let cpuPrior = 0.7
    /// The same of `sync`: a benchmark and PostgreSQL differ by about a tenth.
    static let measuredSyncPrior = 0.1
    /// With nothing to go by.
    static let guessedSyncPrior = 1.5
    /// Relative error of a throughput: what repeats of a run differ by.
    private static let noise = 0.03
    /// The relative standard error up to which a factor counts as identified.
    private static let tolerance = 0.25

    /// A run as measured and as simulated at the end of the fit.
    struct Row: Sendable {
        var run: MeasuredRun
        var simulatedTPS: Double
        var simulatedLatency: Double?
    }

    /// A factor and what is known about it.
    struct Factor: Sendable {
        var value: Double
        var standardError: Double
        var isIdentified: Bool
    }

    var cpu: Factor
    var sync: Factor
    var rows: [Row]
    /// Mean of a sync as pg_stat_wal would show it in the run with most clients, in nanoseconds; nil without a measured
    /// one.
    var syncTime: (measured: Double, simulated: Double)?
    var converged: Bool

    /// Runs, each simulated at some factors; nil if one cannot be.
    typealias Simulation = ([MeasuredRun], _ cpu: Double, _ sync: Double) -> [SpanResult]?

    /// Fits what the runs identify; nil if there is no run in a closed loop, or none can be simulated.
    static func best(
        runs: [MeasuredRun], measuredSync: Double?, syncPrior: Double, shouldStop: @escaping () -> Bool,
        simulate: Simulation
    ) -> CostFit? {
        // Both fits begin at the same factors, and each asks once more for those that it ends at.
        var known: [[Double]: [SpanResult]] = [:]
        func fit(cpuPrior: Double) -> CostFit? {
            CostFit(
                runs: runs, measuredSync: measuredSync, priors: (cpuPrior, syncPrior), shouldStop: shouldStop
            ) { runs, cpu, sync in
                if let spans = known[[cpu, sync]] { return spans }
                known[[cpu, sync]] = simulate(runs, cpu, sync)
                return known[[cpu, sync]]
            }
        }
        guard let free = fit(cpuPrior: cpuPrior) else { return nil }
        if free.cpu.isIdentified { return free }
        guard var held = fit(cpuPrior: 1e-4) else { return free }
        held.cpu = Factor(value: 1, standardError: free.cpu.standardError, isIdentified: false)
        return held
    }

    private init?(
        runs: [MeasuredRun], measuredSync: Double?, priors: (cpu: Double, sync: Double),
        shouldStop: @escaping () -> Bool, simulate: Simulation
    ) {
        let closed = runs.filter { !$0.hasRate }
        guard !closed.isEmpty else { return nil }
        func spans(_ p: [Double]) -> [SpanResult]? {
            guard p[0] > 0.02, p[0] < 50, p[1] > 0.001, p[1] < 1_000, !shouldStop() else { return nil }
            return simulate(closed, p[0], p[1])
        }
        let fit = NonlinearFit(
            start: [1, 1], count: closed.count + 2 + (measuredSync == nil ? 0 : 1), step: 0.1, iterations: 8
        ) { p in
            guard let spans = spans(p) else { return nil }
            var residuals = zip(closed, spans).map { log(Self.tps($1) / $0.tps) / Self.noise }
            if let measuredSync, let last = spans.last {
                residuals.append(log((Self.meanSync(last) ?? measuredSync) / measuredSync) / Self.noise)
            }
            return residuals + [log(p[0]) / priors.cpu, log(p[1]) / priors.sync]
        }
        guard let fit, let final = spans(fit.parameters) else { return nil }
        cpu = Self.factor(fit, 0)
        sync = Self.factor(fit, 1)
        converged = fit.converged
        rows = zip(closed, final).map {
            Row(run: $0, simulatedTPS: Self.tps($1), simulatedLatency: Metric.named("latency_mean")?.value($1))
        }
        if let measuredSync, let simulated = final.last.flatMap(Self.meanSync) {
            syncTime = (measuredSync, simulated)
        }
    }

    private static func factor(_ fit: NonlinearFit, _ index: Int) -> Factor {
        let relative = fit.standardErrors[index] / fit.parameters[index]
        return Factor(
            value: fit.parameters[index], standardError: fit.standardErrors[index], isIdentified: relative < tolerance)
    }

    private static func tps(_ span: SpanResult) -> Double {
        max(Metric.named("tps")?.value(span) ?? 0, 1e-3)
    }

    /// Nanoseconds a sync.
    private static func meanSync(_ span: SpanResult) -> Double? {
        guard let time = Metric.named("wal_sync_time")?.value(span), let syncs = Metric.named("wal_sync")?.value(span),
            syncs > 0, time > 0
        else { return nil }
        return time * 1_000 / syncs
    }
}
