import DiscreteEvent
import Foundation
import Instrumentation
import SimTime

/// Runs scenarios: all repeats, side by side on the machine's cores.
public enum Experiment {
    /// Runs every repeat of a scenario.
    ///
    /// - Parameters:
    ///   - jobs: how many repeats run at a time; results do not depend on it.
    ///   - options: `onProgress` is told the share of all repeats.
    /// - Returns: the repeats in the order of their seeds; after an interruption those that had begun.
    /// - Throws: `Deadlock` if processes wait for each other, which is a defect of an algorithm.
    public static func run(
        _ scenario: Scenario, jobs: Int = ProcessInfo.processInfo.activeProcessorCount,
        options: RunOptions = RunOptions()
    ) throws(Deadlock) -> ExperimentResult {
        let began = ContinuousClock.now
        let seeds = (0..<scenario.repeats).map { scenario.seed &+ UInt64($0) }
        let repeats = try ParallelRuns.map(seeds, jobs: jobs, options: options) { seed, options throws(Deadlock) in
            try runOnce(scenario, seed: seed, options: options)
        }.compactMap { $0 }
        let elapsed = began.duration(to: .now)
        return ExperimentResult(
            of: scenario, hash: scenario.canonicalHash, repeats: repeats,
            warnings: scenario.warnings + repeats.lazy.compactMap(\.standstill).prefix(1),
            wallSeconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
    }

    /// Runs one repeat: the one with this very seed.
    public static func runOnce(
        _ scenario: Scenario, seed: UInt64, options: RunOptions = RunOptions()
    ) throws(Deadlock) -> RunResult {
        try SimulatedRun(scenario, seed: seed, options: options).run()
    }
}
