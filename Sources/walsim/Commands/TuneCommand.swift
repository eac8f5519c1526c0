import ArgumentParser
import Experiments
import Foundation
import Report

/// `walsim tune`.
struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune", abstract: "Find the best of many settings, and say whether it is worth a change.",
        discussion: """
            Every setting runs with the same seeds. The selection is right with 95 % confidence up to the indifference \
            zone (Kim and Nelson's procedure KN); the gain is then measured in repeats of its own. A range A..B \
            without a step is searched between its ends.

            Exit status: 0 fine, whether or not a change is advised; 1 no setting meets the requirements; 64 wrong \
            usage; 65 bad scenario, path or value; 66 no such scenario; 130 interrupted.

            Examples:
              walsim tune pgbench-insert \\
                  --vary server.settings.commit_delay=0,250,500,1000,2000
              walsim tune commit-delay --vary server.settings.commit_delay=0..4000 \\
                  --subject-to 'latency_p99<=6ms'
              walsim tune steady-commit --vary server.settings.wal_buffers=64kB,1MB,16MB \\
                  --minimize latency_p99
            """)

    @Argument(help: "A scenario's file, or the name of a bundled one (see walsim scenarios).", completion: .scenario)
    var scenario: String

    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Change a value of the scenario; may be repeated.", valueName: "path=value"))
    var sets: [String] = []

    @OptionGroup var space: SpaceOptions

    @Option(
        help: ArgumentHelp("Make this metric as large as possible (default: tps).", valueName: "metric"),
        completion: .metric)
    var maximize: String?

    @Option(help: ArgumentHelp("Make this metric as small as possible.", valueName: "metric"), completion: .metric)
    var minimize: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "What the answer must keep, such as 'latency_p99<=20ms'; may be repeated.", valueName: "metric<=value"))
    var subjectTo: [String] = []

    @Option(
        parsing: .unconditional, help: ArgumentHelp("The smallest change that is worth making.", valueName: "share"))
    var indifference = Share(0.02)

    @Option(
        parsing: .unconditional, help: "The seed of the first repeat; repeat k has this plus k.", transform: seedNumber)
    var seed: UInt64?

    @Option(parsing: .unconditional, help: "The most repeats of one setting.")
    var repeats = 100

    @Option(
        parsing: .unconditional,
        help: "How many runs go on at a time (default: one a core); the answer does not depend on it.")
    var jobs: Int?

    @Option(help: "What goes to standard output.")
    var format = ReportFormat.table

    @Flag(help: "Do not look for the number of clients at which the answer flips.")
    var skipClients = false

    @Flag(help: "No progress.")
    var quiet = false

    func validate() throws {
        try checkJobs(jobs)
        if maximize != nil && minimize != nil { throw ValidationError("--maximize and --minimize exclude each other") }
        if !(10...100_000).contains(repeats) { throw ValidationError("--repeats is \(repeats); allowed: 10 to 100000") }
        if let seed, !Scenario.seeds.contains(seed) {
            throw ValidationError("--seed is \(seed); allowed: 0 to \(Scenario.seeds.upperBound)")
        }
        try indifference.check("--indifference")
        if !(0.0001...1).contains(indifference.value) {
            throw ValidationError("--indifference is \(indifference.defaultValueDescription); allowed: 0.01% to 100%")
        }
    }

    func run() throws {
        try withExitStatus {
            let result = try execute(try problem())
            switch format {
            case .table:
                print(TuneScreen.text(of: result, on: .detect(fileDescriptor: STDOUT_FILENO)), terminator: "")
            case .json: print(TuneJSON.text(of: result), terminator: "")
            }
            if result.verdict == .impossible { throw ExitStatus.negative }
        }
    }

    private func problem() throws -> TuneProblem {
        let objective =
            if let minimize {
                try TuneObjective(minimize, maximizes: false, option: "--minimize")
            } else {
                try TuneObjective(maximize ?? "tps", maximizes: true, option: "--maximize")
            }
        return TuneProblem(
            base: try SweepBase(named: scenario, ScenarioOverrides(sets: sets, seed: seed, repeats: 1)),
            axes: try space.varied.map { try TuneAxis(option: $0) }, constraints: try space.constraints(),
            objective: objective, requirements: try subjectTo.map { try ThresholdSpec(option: $0) },
            indifference: indifference.value, repeatLimit: repeats, searchesClients: !skipClients)
    }

    private func execute(_ problem: TuneProblem) throws -> TuneResult {
        do {
            return try withSimulations(label: "tune", quiet: quiet, jobs: jobs) { jobs, options in
                try Tuner.run(problem, jobs: jobs, options: options)
            }
        } catch is TuneInterrupted {
            complain("interrupted; there is no answer")
            throw ExitStatus.interrupted
        }
    }
}
