import ArgumentParser
import Experiments
import Foundation
import Report

/// `walsim diagnose`.
struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose", abstract: "Name the incident that samples of waits resemble most.",
        discussion: """
            Simulates the bundled incidents, samples each as a tool would, and compares: how active sessions spread \
            over wait events, and how many are in each at a time. The distance is the square root of a Jensen-Shannon \
            divergence, from 0 (the same) to 1 (nothing in common). Says what to measure to tell the nearest two \
            apart.

            Exit status: 0 fine; 64 wrong usage; 65 the samples are malformed; 66 they cannot be read; 130 \
            interrupted.

            Examples:
              walsim diagnose --waits ash.csv
              walsim diagnose --waits ash.csv --scenario burst-insert \\
                  --scenario my-incident.json
              walsim diagnose --waits pg_wait_sampling_history.csv --format json
            """)

    @Option(
        help: ArgumentHelp(
            "Samples of pg_stat_activity, pg_wait_sampling or pgsentinel as CSV; may be repeated.", valueName: "file"),
        completion: .file())
    var waits: [String]

    @Option(
        help: ArgumentHelp("Compare with this scenario (default: the bundled incidents); may be repeated."),
        completion: .scenario)
    var scenario: [String] = []

    @Option(parsing: .unconditional, help: "How many simulations run at a time (default: one a core).")
    var jobs: Int?

    @Option(help: "What goes to standard output: a report for people, or JSON.")
    var format = ReportFormat.table

    func validate() throws {
        if waits.isEmpty { throw ValidationError("give samples of waits: --waits ash.csv") }
        try checkJobs(jobs)
    }

    func run() throws {
        try withExitStatus {
            let samples = try WaitSamples(try waits.map { path throws(InputError) in try InputFile.read(path) })
            let scenarios = try candidates()
            let incidents = try simulate(scenarios)
            if StopRequest.shared.isMade {
                complain("interrupted")
                throw ExitStatus.interrupted
            }
            guard !incidents.isEmpty else {
                complain("no session of these scenarios is ever active")
                throw ExitStatus.badData
            }
            let diagnosis = Diagnosis(samples, incidents: incidents)
            switch format {
            case .table:
                print(DiagnosisScreen.text(of: diagnosis, on: .detect(fileDescriptor: STDOUT_FILENO)), terminator: "")
            case .json: print(DiagnosisJSON.text(of: diagnosis))
            }
        }
    }

    /// What the samples are compared with.
    private func candidates() throws(InputError) -> [Scenario] {
        guard !scenario.isEmpty else {
            return try KnownIncident.all.map { incident throws(InputError) in try incident.load() }
        }
        return try scenario.map { name throws(InputError) in try loadScenario(named: name, repeats: 1) }
    }

    /// Every scenario's incidents, in the order of the scenarios.
    private func simulate(_ scenarios: [Scenario]) throws -> [SimulatedIncident] {
        try withSimulations(label: "diagnose", jobs: jobs) { jobs, options in
            try ParallelRuns.map(scenarios, jobs: jobs, options: options) { scenario, options in
                try SimulatedIncident.simulate(scenario, options: options)
            }.compactMap { $0 }.flatMap { $0 }
        }
    }
}
