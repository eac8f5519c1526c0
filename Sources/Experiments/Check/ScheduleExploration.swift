import Foundation

/// Many schedules, side by side on the machine's cores.
public enum ScheduleExploration {
    /// What an exploration found.
    public struct Report: Sendable {
        /// How many schedules were run.
        public let schedules: Int
        /// Commits over all schedules.
        public let commits: Int
        /// Steps over all schedules; the invariants were checked after each.
        public let steps: UInt64
        /// The first schedule, in the order of ids, that broke an invariant.
        public let failure: (id: ScheduleID, broken: BrokenInvariant)?
    }

    /// How many schedules each random scenario gets.
    private static let schedulesPerScenario = 4
    /// One in so many schedules is run twice, which must come to the same.
    private static let repeatOneIn = 16

    /// The ids of an exploration. A given scenario keeps its seed, and only the schedule varies.
    public static func ids(count: Int, seed: UInt64, scenario: Scenario?) -> [ScheduleID] {
        (0..<count).map { index in
            if let scenario { return ScheduleID(scenario: scenario.seed, schedule: seed &+ UInt64(index)) }
            return ScheduleID(
                scenario: seed &+ UInt64(index / schedulesPerScenario), schedule: UInt64(index % schedulesPerScenario))
        }
    }

    /// Runs the schedules until one breaks an invariant.
    ///
    /// - Parameters:
    ///   - scenario: what is run, for 20 ms at most and without its warm-up; nil: small random scenarios.
    ///   - onProgress: told the share of the schedules that is done.
    public static func run(
        _ ids: [ScheduleID], of scenario: Scenario? = nil,
        jobs: Int = ProcessInfo.processInfo.activeProcessorCount, onProgress: (@Sendable (Double) -> Void)? = nil
    ) -> Report {
        let options = RunOptions(onProgress: onProgress)
        return report(
            ParallelRuns.map(ids, jobs: jobs, options: options, until: { $0.broken != nil }) { id, _ in
                check(id, of: scenario)
            })
    }

    /// Runs one schedule, and some of them again.
    static func check(_ id: ScheduleID, of scenario: Scenario?) -> ScheduleCheck.Outcome {
        let schedule = ScheduleCheck(id, of: scenario)
        let outcome = schedule.run()
        let isRepeated = (id.scenario &* UInt64(schedulesPerScenario) &+ id.schedule) % UInt64(repeatOneIn) == 0
        guard outcome.broken == nil, isRepeated else { return outcome }
        let again = schedule.run()
        guard again.digest != outcome.digest else { return outcome }
        let broken = BrokenInvariant(
            invariant: .determinism, detail: "digests \(outcome.digest) and \(again.digest)", instant: .zero,
            processes: [])
        return ScheduleCheck.Outcome(
            id: id, broken: broken, digest: outcome.digest, commits: outcome.commits, steps: outcome.steps)
    }

    private static func report(_ outcomes: [ScheduleCheck.Outcome?]) -> Report {
        let known = outcomes.compactMap { $0 }
        let failed = known.first { $0.broken != nil }
        return Report(
            schedules: known.count, commits: known.reduce(0) { $0 + $1.commits },
            steps: known.reduce(0) { $0 + $1.steps },
            failure: failed.map { ($0.id, $0.broken!) })
    }
}
