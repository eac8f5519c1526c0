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
/// known to no better than a quarter is reported as not identified and held at 1 while `sync` is fitted again. A `sync`
/// about which the runs say little more than its prior does is reported so too, but stays where both put it.
/// Simulations use the same random numbers throughout, so the residuals are nearly smooth. What is moved are the
/// logarithms of the factors: throughputs go with them nearly straight, and no step makes a factor negative.
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
    /// Where the logarithm of a factor is counted from: steps of finite differences are relative to it.
    private static let origin = 10.0
    /// Factors beyond these ranges make no scenario.
    private static let ranges = [0.02...50.0, 0.001...1_000.0]
    /// The relative error of a throughput from which on a simulation is of something else.
    private static let misfit = 0.1
    /// The part of the prior's standard error that must be gone: what is nearly as uncertain as before was not learnt
    /// from the runs.
    private static let learnt = 0.3

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
    private let syncPrior: Double

    /// False if a run is not met, or only by sync times that are far from the measured ones.
    var isConsistent: Bool {
        rows.allSatisfy { abs($0.simulatedTPS / $0.run.tps - 1) <= Self.misfit }
            && abs(log(sync.value)) <= 3 * syncPrior
    }

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
        let closed = runs.filter(\.isPlain)
        guard !closed.isEmpty else { return nil }
        func spans(_ x: [Double]) -> [SpanResult]? {
            shouldStop() ? nil : simulate(closed, Self.value(x, 0), Self.value(x, 1))
        }
        let fit = NonlinearFit(
            start: [Self.origin, Self.origin], count: closed.count + 2 + (measuredSync == nil ? 0 : 1), step: 0.01,
            iterations: 8
        ) { x in
            guard let spans = spans(x) else { return nil }
            var residuals = zip(closed, spans).map { log(Self.tps($1) / $0.tps) / Self.noise }
            if let measuredSync, let last = spans.last {
                residuals.append(log((Self.meanSync(last) ?? measuredSync) / measuredSync) / Self.noise)
            }
            return residuals + [(x[0] - Self.origin) / priors.cpu, (x[1] - Self.origin) / priors.sync]
        }
        guard let fit, let final = spans(fit.parameters) else { return nil }
        cpu = Self.factor(fit, 0, prior: priors.cpu)
        sync = Self.factor(fit, 1, prior: priors.sync)
        syncPrior = priors.sync
        converged = fit.converged
        rows = zip(closed, final).map {
            Row(run: $0, simulatedTPS: Self.tps($1), simulatedLatency: Metric.named("latency_mean")?.value($1))
        }
        if let measuredSync, let simulated = final.last.flatMap(Self.meanSync) {
            syncTime = (measuredSync, simulated)
        }
    }

    private static func factor(_ fit: NonlinearFit, _ index: Int, prior: Double) -> Factor {
        let (value, relative) = (value(fit.parameters, index), fit.standardErrors[index])
        return Factor(
            value: value, standardError: relative * value,
            isIdentified: relative < min(tolerance, (1 - learnt) * prior))
    }

    private static func value(_ x: [Double], _ index: Int) -> Double {
        min(max(exp(x[index] - origin), ranges[index].lowerBound), ranges[index].upperBound)
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
