import Dispatch
import Instrumentation
import Synchronization

/// The user stopped a search: there is no answer.
public struct TuneInterrupted: Error {}

/// Runs the simulations of a search on the machine's cores and remembers what they gave.
final class RunPool: Sendable {
    /// One repeat of one setting.
    struct Key: Hashable {
        /// The setting's number in the search.
        var setting: Int
        /// The repeat's number, added to the scenario's seed.
        var repeatNumber: Int
    }

    private struct State {
        var known: [Key: RepeatMetrics] = [:]
        var next = 0
        var failure: (any Error)?
    }

    private let jobs: Int
    private let options: RunOptions
    private let state = Mutex(State())

    /// `options.onProgress` is told the share of each batch.
    init(jobs: Int, options: RunOptions) {
        self.jobs = jobs
        self.options = options
    }

    /// How many simulations have been made.
    var simulations: Int { state.withLock { $0.known.count } }

    /// The metrics of each run asked for, in order; those not known yet are simulated, side by side.
    ///
    /// Throws `TuneInterrupted`, or `Deadlock` if processes wait for each other.
    func metrics(_ keys: [Key], _ scenario: (Int) -> Scenario) throws -> [RepeatMetrics] {
        let known = state.withLock { $0.known }
        let missing = keys.filter { known[$0] == nil }.map { ($0, scenario($0.setting)) }
        state.withLock { $0.next = 0 }
        DispatchQueue.concurrentPerform(iterations: min(jobs, missing.count)) { _ in
            while let index = take(of: missing.count) { simulate(missing[index].0, missing[index].1) }
        }
        return try state.withLock { state in
            if let failure = state.failure { throw failure }
            return keys.map { state.known[$0]! }
        }
    }

    /// The number of the next run of a batch; nil if all have begun or one has failed.
    private func take(of count: Int) -> Int? {
        let index: Int? = state.withLock { state in
            guard state.next < count, state.failure == nil else { return nil }
            if options.shouldStop?() == true {
                state.failure = TuneInterrupted()
                return nil
            }
            state.next += 1
            return state.next - 1
        }
        if let index { options.onProgress?(Double(index) / Double(count)) }
        return index
    }

    private func simulate(_ key: Key, _ scenario: Scenario) {
        let seed = scenario.seed &+ UInt64(key.repeatNumber)
        let outcome = Result {
            let run = try Experiment.runOnce(scenario, seed: seed, options: RunOptions(shouldStop: options.shouldStop))
            if run.interrupted { throw TuneInterrupted() }
            return RepeatMetrics(run)
        }
        state.withLock { state in
            switch outcome {
            case .success(let metrics): state.known[key] = metrics
            case .failure(let error): state.failure = state.failure ?? error
            }
        }
    }
}
