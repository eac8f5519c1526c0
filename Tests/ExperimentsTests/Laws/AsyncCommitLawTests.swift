import HostModel
import Postgres
import SimTime
import Statistics
import Testing
import WaitEvents

@testable import Experiments

/// Asynchronous commits: acknowledged at once, durable soon.
@Suite("The laws of asynchronous commit")
struct AsyncCommitLawTests {
    /// How often clients commit, against how often the walwriter looks.
    struct Case: Sendable, CustomTestStringConvertible {
        var release: PostgresRelease
        var clients: Int
        var think: Nanoseconds
        var delay: Int

        var testDescription: String { "\(release) with \(clients) clients, think \(think), delay \(delay) ms" }
    }

    private static let cases = [PostgresRelease.v15, .v17].flatMap { release in
        [
            Case(release: release, clients: 1, think: .milliseconds(7), delay: 10),
            Case(release: release, clients: 16, think: .milliseconds(2), delay: 10),
            Case(release: release, clients: 8, think: .milliseconds(10), delay: 200),
        ]
    }

    private static let sync = Nanoseconds.milliseconds(2)
    /// What a round of the walwriter takes besides its sleep.
    private static let inputAndOutput = sync + .microseconds(20)

    /// The longest time that a commit was acknowledged and not durable in three seconds.
    private func longestWindow(_ example: Case) throws -> Nanoseconds {
        var machine = LawMachine(clients: example.clients, sync: Self.sync, release: example.release)
        machine.settings.synchronousCommit = .off
        machine.settings.walWriterDelay = example.delay
        machine.think = try .constant(example.think)
        let cluster = SimulatedCluster(machine.clusterSpec)
        let stop = cluster.simulation.addHandler("stop") { [unowned cluster] in cluster.stop() }
        cluster.simulation.kernel.schedule(stop, at: .zero + .seconds(3))
        try cluster.run()
        return cluster.longestAsyncWindow
    }

    @Test("A commit is durable within three rounds of the walwriter and their input and output", arguments: cases)
    func window(_ example: Case) throws {
        let window = try longestWindow(example)
        let delay = Nanoseconds.milliseconds(Int64(example.delay))
        #expect(window <= (delay + Self.inputAndOutput) * 3)
        #expect(window >= delay)
    }

    @Test("A commit that finds the walwriter hibernating wakes it", arguments: [PostgresRelease.v15, .v17])
    func hibernation(release: PostgresRelease) throws {
        let rare = Case(release: release, clients: 1, think: .seconds(1), delay: 10)
        let window = try longestWindow(rare)
        #expect(window > .zero)
        #expect(window <= Self.inputAndOutput)
    }

    @Test("Clients wait for no flush")
    func latency() throws {
        var machine = LawMachine(clients: 4)
        machine.settings.synchronousCommit = .off
        machine.duration = .milliseconds(100)
        let result = try machine.run()
        #expect(try #require(result.latency.mean) < 2 * Double(machine.turnaround.count))
    }
}
