import DiscreteEvent
import Instrumentation
import Synchronization

/// Runs the simulations of a calibration, side by side where several are asked for at once.
final class CalibrationLab: Sendable {
    /// About how many batches a fit needs; there is no knowing before it ends.
    private static let usual = 20

    private let jobs: Int
    private let options: RunOptions
    private let batches = Mutex(0)

    /// - Parameter options: `onProgress` is told roughly how much is done.
    init(jobs: Int, options: RunOptions) {
        self.jobs = jobs
        self.options = options
    }

    /// True once the user wants no more.
    @Sendable func isStopped() -> Bool { options.shouldStop?() == true }

    /// What each scenario gives with one and the same seed; nil if processes of one wait for each other or the user
    /// wants no more.
    func spans(of scenarios: [Scenario]) -> [SpanResult]? {
        let stopping = RunOptions(shouldStop: options.shouldStop)
        let spans = ParallelRuns.map(scenarios, jobs: jobs, options: stopping) { scenario, options in
            try? Experiment.runOnce(scenario, seed: 1, options: options).whole
        }.compactMap { $0 ?? nil }
        let done = batches.withLock { batches in
            batches += 1
            return batches
        }
        options.onProgress?(Double(done) / Double(max(Self.usual, done + 2)))
        return spans.count == scenarios.count && !isStopped() ? spans : nil
    }
}
