import ArgumentParser
import Experiments
import Foundation
import HostModel
import Postgres
import Report
import SimTime
import Threads

/// A run of a scenario's server and clients on real threads, files and syncs. The host model plays no part.
struct ThreadsExecution {
    let scenario: Scenario
    /// The scenario as the user named it, for messages.
    let file: String
    let dataDir: String
    let syncLatency: Nanoseconds

    /// Runs once: real time cannot be repeated.
    func run() throws -> ExperimentResult {
        let stopRequest = StopRequest.shared
        stopRequest.install()
        let began = ContinuousClock.now
        do {
            let specification = try specification()
            // As --out does, it makes the folder if there is none.
            _ = try OutputFolder(path: dataDir)
            let result = try runOnThreads(specification, shouldStop: { stopRequest.isMade })
            var experiment = ExperimentResult(
                of: scenario, hash: scenario.canonicalHash, repeats: [result], warnings: scenario.warnings,
                wallSeconds: (ContinuousClock.now - began) / .seconds(1))
            experiment.cores = ProcessInfo.processInfo.activeProcessorCount
            experiment.ranOnThreads = true
            experiment.warnings.append(
                "ran once on this machine's real threads, files and syncs; the scenario's host played no part")
            return experiment
        } catch let error as ThreadRunError {
            complain("\(error)")
            throw Self.status(of: error)
        }
    }

    private static func status(of error: ThreadRunError) -> ExitCode {
        switch error {
        case .invalid: ExitStatus.badData
        case .dataDirectory, .file: ExitStatus.cannotCreate
        case .threads, .unsound: ExitStatus.internalError
        }
    }

    private func specification() throws -> ThreadRunSpec {
        guard scenario.clients.count == 1, let group = scenario.clients.first else {
            throw refusal("clients", "\(scenario.clients.count) groups", "one group")
        }
        guard scenario.standbys.isEmpty else {
            throw refusal("standbys", scenario.standbys.map(\.name).joined(separator: ", "), "none")
        }
        // Pages are kept in plain memory: the simulated machine runs one process at a time.
        guard scenario.tables.isEmpty else { throw refusal("tables", "tables", "records spelled out") }
        guard scenario.events.isEmpty else { throw refusal("events", "\(scenario.events.count)", "none") }
        guard scenario.phases.isEmpty else { throw refusal("phases", "\(scenario.phases.count)", "none") }
        guard scenario.variants == Variants() else { throw refusal("server.variants", "some", "none") }
        guard case .closed = group.load else { throw refusal("clients.load", "an open load", "\"closed\"") }
        guard let duration = scenario.duration else { throw refusal("duration", "none", "a duration") }
        return ThreadRunSpec(
            release: scenario.release, settings: scenario.settings, transactions: scenario.transactions,
            transaction: group.transaction, clients: group.count,
            think: Nanoseconds(rounding: group.think.mean), duration: duration, warmup: scenario.warmup,
            dataDirectory: dataDir, syncLatency: syncLatency, seed: scenario.seed)
    }

    private func refusal(_ path: String, _ seen: String, _ allowed: String) -> any Error {
        complain("\(file): \(path): --executor threads cannot run this (seen \(seen); allowed: \(allowed))")
        return ExitStatus.badData
    }
}
