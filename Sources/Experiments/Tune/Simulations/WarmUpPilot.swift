import SimTime
import Statistics

/// Finds out how long the initial transient of a scenario lasts.
enum WarmUpPilot {
    /// Repeats whose throughput is averaged before the transient is looked for.
    private static let repeats = 3
    /// Intervals of the averaged series.
    private static let intervals: Int64 = 500

    /// The time after which the throughput of a scenario, started cold, is as it stays (MSER-5); nil if the pilot runs
    /// are too short to tell, or the scenario's phases count transactions.
    static func transient(of scenario: Scenario, options: RunOptions) throws -> Nanoseconds? {
        guard let duration = scenario.duration else { return nil }
        var pilot = scenario
        pilot.duration = max(min(scenario.warmup + duration, .seconds(4)), .milliseconds(1))
        pilot.warmup = .zero
        pilot.phases = []
        pilot.events = []
        pilot.observe.timelineInterval = max(Nanoseconds(pilot.duration!.count / intervals), Nanoseconds(1))
        var sum: [Double] = []
        for number in 0..<repeats {
            let run = try Experiment.runOnce(
                pilot, seed: scenario.seed &+ UInt64(number), options: RunOptions(shouldStop: options.shouldStop))
            if run.interrupted { throw TuneInterrupted() }
            let series = run.timeline.series.first { $0.metric == "tps" }?.values.map { $0 ?? 0 } ?? []
            sum = sum.isEmpty ? series : zip(sum, series).map { $0 + $1 }
        }
        let interval = pilot.observe.timelineInterval
        return WarmUp.truncation(ofBatchMeans: WarmUp.batchMeans(of: sum)).map { interval * Int64(5 * $0) }
    }
}
