/// The user stopped a search: there is no answer.
public struct TuneInterrupted: Error {}

/// Runs the simulations of a search on the machine's cores and remembers what they gave. Used by the search's thread.
final class RunPool {
    /// One repeat of one setting.
    struct Key: Hashable {
        /// The setting's number in the search.
        var setting: Int
        /// The repeat's number, added to the scenario's seed.
        var repeatNumber: Int
    }

    private let jobs: Int
    private let options: RunOptions
    private var known: [Key: RepeatMetrics] = [:]

    /// `options.onProgress` is told the share of each batch.
    init(jobs: Int, options: RunOptions) {
        self.jobs = jobs
        self.options = RunOptions(onProgress: options.onProgress, shouldStop: options.shouldStop)
    }

    /// How many simulations have been made.
    var simulations: Int { known.count }

    /// The metrics of each run asked for, in order; those not known yet are simulated, side by side.
    ///
    /// Throws `TuneInterrupted`, `Deadlock` if processes wait for each other, or an `InputError` if a simulation came
    /// to a standstill.
    func metrics(_ keys: [Key], _ scenario: (Int) -> Scenario) throws -> [RepeatMetrics] {
        let missing = keys.uniqued.filter { known[$0] == nil }
        let runs = missing.map { key in
            let scenario = scenario(key.setting)
            return (scenario: scenario, seed: scenario.seed &+ UInt64(key.repeatNumber))
        }
        let found = try ParallelRuns.map(runs, jobs: jobs, options: options) { run, options in
            let result = try Experiment.runOnce(run.scenario, seed: run.seed, options: options)
            if result.interrupted { throw TuneInterrupted() }
            return try result.metrics(of: run.scenario)
        }
        for (key, metrics) in zip(missing, found) {
            guard let metrics else { throw TuneInterrupted() }
            known[key] = metrics
        }
        return keys.map { known[$0]! }
    }
}
