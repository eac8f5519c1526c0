import ArgumentParser
import Experiments
import Foundation
import Postgres
import SimTime
import Threads

/// The N/2 law on real threads: the same algorithms that the simulator runs, with real atomics, files and syncs.
struct ThreadsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "threads",
        abstract: "Show on real threads that one flush commits half of the clients.",
        discussion: """
            Each sync takes 2 ms longer than the machine's own; clients come back after 100 us, so that a follower wakes
            before them. Exit status 1 if a row is more than 10 % off, which a busy machine can cause.
            """)

    @Option(help: "Seconds a row.") var seconds = 4
    @Option(help: "A folder for the WAL files.") var folder = NSTemporaryDirectory()

    func run() throws {
        let scenario = try loadScenario(named: "steady-commit", sets: ["server.version=\"15\""])
        print("clients  TPS      txns/flush  N/2  error   LWLock:WALWrite sessions")
        var met = true
        for clients in [2, 4, 8, 16] {
            let row = try measure(clients, scenario)
            let error = row.perFlush / Double(clients / 2) - 1
            met = met && abs(error) <= 0.1
            print(
                String(
                    format: "%7d  %7.1f  %10.2f  %3d  %+4.1f %%  %.2f", clients, row.tps, row.perFlush, clients / 2,
                    error * 100, row.sessions))
        }
        print(met ? "the N/2 law holds within 10 %" : "the N/2 law was MISSED")
        if !met { throw ExitCode(1) }
    }

    private func measure(
        _ clients: Int, _ scenario: Scenario
    ) throws -> (tps: Double, perFlush: Double, sessions: Double) {
        let directory = folder + "/walsim-threads-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let span = try runOnThreads(
            ThreadRunSpec(
                release: scenario.release, settings: scenario.settings, transactions: scenario.transactions,
                clients: clients, think: .microseconds(100), duration: .seconds(Int64(seconds)),
                warmup: .seconds(1), dataDirectory: directory, syncLatency: .milliseconds(2))
        ).whole
        let waiting = span.waitEvents.first { $0.event?.description == "LWLock:WALWrite" }?.total.seconds ?? 0
        return (
            Double(span.transactions) / span.span.seconds, Double(span.commits) / Double(max(span.flushes, 1)),
            waiting / span.span.seconds
        )
    }
}
