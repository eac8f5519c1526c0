import ArgumentParser
import Experiments
import Report

/// `walsim check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Explore schedules and check that the algorithms' invariants hold in each.",
        discussion: """
            Runs small random scenarios, or the one given for at most 20 ms of virtual time, each under schedules with \
            random ties and random preemptions, and checks the invariants at every step.

            Exit status: 0 none is broken; 1 one is, and the command that repeats the schedule is shown; 64 wrong \
            usage; 65 bad scenario; 66 no such scenario.

            Examples:
              walsim check --schedules 1000
              walsim check commit-delay --schedules 50 --seed 7
              walsim check --replay 12-3
            """)

    @Argument(
        help: "A scenario's file, or the name of a bundled one (default: small random scenarios).",
        completion: .scenario)
    var scenario: String?

    @Option(parsing: .unconditional, help: "How many schedules to explore.")
    var schedules: Int?

    @Option(
        parsing: .unconditional, help: "The first seed; runs with the same seed explore the same schedules.",
        transform: seedNumber)
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Run one schedule again, as a failure names it.", valueName: "id"))
    var replay: String?

    func validate() throws {
        if let schedules, !(1...10_000_000).contains(schedules) {
            throw ValidationError("--schedules is \(schedules); allowed: 1 to 10000000")
        }
        if schedules == nil && replay == nil {
            throw ValidationError("give --schedules N, how many to explore, or --replay ID")
        }
        if let replay {
            if schedules != nil { throw ValidationError("--schedules and --replay exclude each other") }
            if ScheduleID(replay) == nil {
                throw ValidationError("--replay is \"\(replay)\"; it is two numbers, such as 12-3")
            }
        }
    }

    func run() throws {
        try withExitStatus {
            let loaded = try scenario.map { try loadScenario(named: $0) }
            let ids =
                replay.flatMap { ScheduleID($0) }.map { [$0] }
                ?? ScheduleExploration.ids(count: schedules ?? 1, seed: seed, scenario: loaded)
            let bar = ids.count > 1 ? ProgressBar(label: "check") : nil
            let report = ScheduleExploration.run(ids, of: loaded) { bar?.update($0) }
            bar?.finish()
            try finish(report)
        }
    }

    private func finish(_ report: ScheduleExploration.Report) throws {
        guard let (id, broken) = report.failure else {
            let schedules = report.schedules == 1 ? "1 schedule" : "\(report.schedules) schedules"
            print("\(schedules), \(report.commits) commits, \(report.steps) steps: no invariant is broken")
            return
        }
        let name = scenario.map { "\($0) " } ?? ""
        complain("\(broken)\nrepeat it with: walsim check \(name)--replay \(id)")
        throw ExitStatus.negative
    }
}
