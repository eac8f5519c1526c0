import DiscreteEvent
import Foundation
import Instrumentation
import SimTime
import Synchronization

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
        let queue = RepeatQueue(count: scenario.repeats, options: options)
        let workers = min(max(jobs, 1), scenario.repeats)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let index = queue.next() {
                let seed = scenario.seed &+ UInt64(index)
                let outcome = Result { () throws(Deadlock) -> RunResult in
                    try SimulatedRun(scenario, seed: seed, options: queue.options(for: index)).run()
                }
                queue.finish(index, outcome)
            }
        }
        var repeats: [RunResult] = []
        for outcome in queue.outcomes {
            if let outcome { repeats.append(try outcome.get()) }
        }
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

/// The repeats of an experiment that are still to run, and the outcomes of those that have. Shared by the workers.
private final class RepeatQueue: Sendable {
    private struct State {
        var next = 0
        var outcomes: [Result<RunResult, Deadlock>?]
        var progress: [Double]
    }

    private let state: Mutex<State>
    private let count: Int
    private let options: RunOptions

    init(count: Int, options: RunOptions) {
        self.count = count
        self.options = options
        state = Mutex(
            State(outcomes: Array(repeating: nil, count: count), progress: Array(repeating: 0, count: count)))
    }

    /// The number of the next repeat; nil if all have begun or the experiment is to stop.
    func next() -> Int? {
        state.withLock { state in
            guard state.next < count, state.next == 0 || options.shouldStop?() != true else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    func finish(_ index: Int, _ outcome: Result<RunResult, Deadlock>) {
        state.withLock { state in
            state.outcomes[index] = outcome
            state.progress[index] = 1
        }
    }

    var outcomes: [Result<RunResult, Deadlock>?] { state.withLock { $0.outcomes } }

    /// The options of one repeat: its progress becomes part of the whole's.
    func options(for index: Int) -> RunOptions {
        var options = options
        guard let onProgress = options.onProgress else { return options }
        options.onProgress = { [self] share in
            let total = state.withLock { state in
                state.progress[index] = min(share, 1)
                return state.progress.reduce(0, +) / Double(count)
            }
            onProgress(total)
        }
        return options
    }
}
