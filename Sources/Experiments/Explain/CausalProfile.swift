import DiscreteEvent
import Foundation
import Instrumentation
import Statistics

/// What each cost is worth: the same scenario with one cost made smaller at a time, under common random numbers.
///
/// A real program can only be slowed down around the code in question to see what its speed would be worth (Curtsinger
/// and Berger, "Coz: finding code that counts with causal profiling", SOSP 2015). A simulation can be sped up exactly.
/// A step of one per cent would drown in chance, so that costs become `speedUp` smaller and gains are divided by it.
///
/// What adds up is time. Latency falls in a straight line as a cost gets smaller, but throughput is one over a time and
/// rises ever faster, so its gain is that in time a transaction: divided by the step it still holds for one per cent.
public struct CausalProfile: Sendable {
    /// What one cost is worth. Gains are per cent for each per cent that the cost is smaller.
    public struct Row: Sendable {
        /// What became faster.
        public var cost: String
        /// More throughput.
        public var throughput: Estimate
        /// Less p99 latency.
        public var latencyP99: Estimate
    }

    /// By how much the costs were made smaller, as a fraction.
    public let speedUp: Double
    /// How many pairs of repeats each estimate has.
    public let repeats: Int
    /// The cost that is worth most throughput first.
    public let rows: [Row]
    /// True if the user stopped it: then rows are missing.
    public let interrupted: Bool

    /// The fraction by which costs are made smaller.
    public static let defaultSpeedUp = 0.1

    /// Runs the scenario with each of its costs made smaller.
    ///
    /// - Parameters:
    ///   - base: the repeats of the scenario as it is.
    ///   - options: `onProgress` is told the share of all runs.
    /// - Throws: `Deadlock`, a defect of an algorithm.
    public static func run(
        _ scenario: Scenario, base: [RunResult], speedUp: Double = defaultSpeedUp,
        jobs: Int = ProcessInfo.processInfo.activeProcessorCount, options: RunOptions = RunOptions()
    ) throws(Deadlock) -> CausalProfile {
        let variants = CostSpeedUp.all(for: scenario).compactMap { cost in
            cost.apply(scenario, 1 - speedUp).map { (cost: cost.name, scenario: $0) }
        }
        let count = Double(max(variants.count, 1))
        var done = 0.0
        func runNext(_ scenario: Scenario) throws(Deadlock) -> [RunResult] {
            var options = options
            let (base, report) = (done, options.onProgress)
            if let report { options.onProgress = { report((base + $0) / count) } }
            defer { done += 1 }
            return try Experiment.run(scenario, jobs: jobs, options: options).repeats
        }
        var rows: [Row] = []
        var interrupted = base.contains { $0.interrupted }
        for variant in variants where !interrupted {
            let repeats = try runNext(variant.scenario)
            interrupted = repeats.count < base.count || repeats.contains { $0.interrupted }
            if !interrupted { rows.append(row(variant.cost, base, repeats, speedUp)) }
        }
        rows.sort {
            ($0.throughput.mean ?? 0, $0.latencyP99.mean ?? 0) > ($1.throughput.mean ?? 0, $1.latencyP99.mean ?? 0)
        }
        return CausalProfile(speedUp: speedUp, repeats: base.count, rows: rows, interrupted: interrupted)
    }

    /// Repeats pair up by their seeds: chance hits both alike.
    private static func row(_ cost: String, _ base: [RunResult], _ faster: [RunResult], _ speedUp: Double) -> Row {
        func gains(_ metric: String, _ gain: (Double, Double) -> Double) -> Estimate {
            let value = Metric.named(metric)?.value
            return Estimate(
                zip(base, faster).compactMap { base, faster in
                    guard let before = value?(base.whole), let after = value?(faster.whole), before > 0, after > 0
                    else {
                        return nil
                    }
                    return gain(before, after) / speedUp
                })
        }
        return Row(
            cost: cost, throughput: gains("tps") { 1 - $0 / $1 }, latencyP99: gains("latency_p99") { 1 - $1 / $0 })
    }
}
