import ArgumentParser
import BundledScenarios
import DiscreteEvent
import Experiments
import Foundation
import Report
import Synchronization

/// `walsim diagnose`.
struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose", abstract: "Name the incident that samples of waits resemble most.",
        discussion: """
            Simulates the bundled scenarios, samples each as a tool would, and compares: how active sessions spread over
            wait events, and how many are in each at a time. The distance is the square root of a Jensen-Shannon
            divergence, from 0 (the same) to 1 (nothing in common). Says what to measure to tell the nearest two apart.

            Exit status: 0 fine; 64 wrong usage; 65 the samples are malformed; 66 they cannot be read; 130 interrupted.

            Examples:
              walsim diagnose --waits ash.csv
              walsim diagnose --waits ash.csv --scenario burst-insert --scenario my-incident.json
              walsim diagnose --waits pg_wait_sampling_history.csv --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    @Option(
        help: ArgumentHelp(
            "Samples of pg_stat_activity, pg_wait_sampling or pgsentinel as CSV; may be repeated.", valueName: "file"))
    var waits: [String]

    @Option(help: ArgumentHelp("Compare with this scenario (default: all bundled ones); may be repeated."))
    var scenario: [String] = []

    @Option(help: "How many simulations run at a time (default: one a core).")
    var jobs: Int?

    @Option(help: "What goes to standard output: a report for people, or JSON.")
    var format = Format.table

    func validate() throws {
        if waits.isEmpty { throw ValidationError("give samples of waits: --waits ash.csv") }
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is \(jobs); allowed: 1 to 1024") }
    }

    func run() throws {
        try withExitStatus {
            let samples = try WaitSamples(try waits.map { path throws(ScenarioError) in try InputFile.read(path) })
            let names = scenario.isEmpty ? BundledScenarios.all.map(\.name) : scenario
            let scenarios = try names.map { name throws(ScenarioError) in
                try loadScenario(named: name, repeatsOverride: 1)
            }
            let interrupt = Interrupt.shared
            interrupt.install()
            let incidents = try simulate(scenarios, interrupt)
            if interrupt.isRequested {
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
                print(DiagnosisText.text(of: diagnosis, on: .detect(fileDescriptor: STDOUT_FILENO)), terminator: "")
            case .json: print(DiagnosisText.json(of: diagnosis))
            }
        }
    }

    /// Every scenario's incidents, in the order of the scenarios.
    private func simulate(_ scenarios: [Scenario], _ interrupt: Interrupt) throws -> [SimulatedIncident] {
        let bar = ProgressBar(label: "diagnose")
        defer { bar.finish() }
        let outcomes = Mutex([Result<[SimulatedIncident], Deadlock>?](repeating: nil, count: scenarios.count))
        let next = Mutex(0)
        let workers = min(jobs ?? ProcessInfo.processInfo.activeProcessorCount, scenarios.count)
        DispatchQueue.concurrentPerform(iterations: max(workers, 1)) { _ in
            while !interrupt.isRequested {
                let index = next.withLock { next in
                    next += 1
                    return next - 1
                }
                guard index < scenarios.count else { return }
                let options = RunOptions(shouldStop: { interrupt.isRequested })
                let outcome = Result { () throws(Deadlock) in
                    try SimulatedIncident.simulate(scenarios[index], options: options)
                }
                let done = outcomes.withLock { outcomes in
                    outcomes[index] = outcome
                    return outcomes.count { $0 != nil }
                }
                bar.update(Double(done) / Double(scenarios.count))
            }
        }
        do {
            return try outcomes.withLock { $0 }.compactMap { $0 }.flatMap { try $0.get() }
        } catch {
            complain("internal error: \(error)")
            throw ExitStatus.internalError
        }
    }
}
