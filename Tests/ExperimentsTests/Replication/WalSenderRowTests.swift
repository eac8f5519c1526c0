import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Experiments

/// What each walsender is counted to have done.
@Suite("Counts of each walsender") struct WalSenderRowTests {
    private func twoStandbys(_ change: (inout StandbyMachine) -> Void = { _ in }) throws -> RunResult {
        var machine = StandbyMachine(clients: 8)
        machine.standbys = ["b", "c"]
        change(&machine)
        return try machine.run()
    }

    /// Everything that walsenders count, added up.
    private func sum(_ rows: [WalSenderRow]) -> ReplicationCounters {
        rows.reduce(into: ReplicationCounters()) { $0.add($1.counters) }
    }

    @Test("All of them add up, and only the one whose standby counts releases anybody")
    func sums() throws {
        let span = try twoStandbys().whole
        #expect(span.walSenders.map(\.applicationName) == ["b", "c"])
        #expect(span.walSenders.allSatisfy { $0.server.isEmpty && $0.commits == span.commits })
        var sum = sum(span.walSenders)
        sum.waits = span.replication.waits
        sum.cancelled = span.replication.cancelled
        #expect(sum == span.replication)
        let (synchronous, other) = (span.walSenders[0].counters, span.walSenders[1].counters)
        #expect(synchronous.released == span.replication.released && synchronous.released > 100)
        #expect(synchronous.replies == synchronous.releases)
        #expect(other.sends > 100 && other.replies > 100)
        #expect(other.releases == 0 && other.queuesWoken == 0 && other.released == 0)
        let waits = try #require(span.walSenders[0].waitsPerSend)
        #expect(waits * Double(synchronous.sends) == Double(synchronous.sleeps))
    }

    @Test(
        "A walsender looks through a queue for each position that a reply moves",
        arguments: [PostgresRelease.v96, .v15])
    func queues(release: PostgresRelease) throws {
        let run = try twoStandbys { $0.law.release = release }
        // From 10 on three replies a flush: of what is written, flushed, and replayed. In 9.6 the first one of the next
        // flush tells of the replay.
        let queues = try #require(run.whole.walSenders[0].queuesPerReply)
        #expect(isWithin(0.02, queues, of: release == .v96 ? 1.5 : 1))
    }

    @Test("A message's commits are those that were recorded since the one before")
    func commitsASend() throws {
        // One client: every commit is sent by itself.
        let alone = try StandbyMachine(clients: 1).run().whole
        #expect(isWithin(0.02, try #require(alone.walSenders[0].commitsPerSend), of: 1))
        let eight = try StandbyMachine(clients: 8).run().whole
        #expect(try #require(eight.walSenders[0].commitsPerSend) > 2)
    }

    @Test("Phases have their own counts, which add up to the run's, and repeats are pooled by standby")
    func phasesAndRepeats() throws {
        let run = try twoStandbys {
            $0.phase("first", until: 500)
            $0.phase("second")
        }
        for (index, row) in run.whole.walSenders.enumerated() {
            let parts = run.phases.map { $0.walSenders[index] }
            #expect(parts.map(\.applicationName) == [row.applicationName, row.applicationName])
            #expect(parts.reduce(0) { $0 + $1.counters.sends } == row.counters.sends)
            #expect(parts.reduce(0) { $0 + $1.commits } == row.commits)
            #expect(parts.allSatisfy { $0.counters.sends > 50 })
        }
        var pooled = run.whole
        pooled.pool(run.whole)
        #expect(pooled.walSenders.count == 2)
        #expect(pooled.walSenders[1].counters.sends == 2 * run.whole.walSenders[1].counters.sends)
        #expect(pooled.walSenders[1].commits == 2 * run.whole.commits)
    }

    @Test("Of several servers each has rows with its name and its own commits")
    func servers() throws {
        let scenario = try load(
            minimalScenario,
            sets: [
                #"instances=[{"name":"one"},{"name":"two","clients":{"count":1}}]"#,
                #"standbys=[{"name":"b","on":"server"}]"#, "duration=200ms", "clients.count=4",
            ])
        let span = try Experiment.runOnce(scenario, seed: 1).whole
        #expect(span.walSenders.map(\.server) == ["one", "two"])
        #expect(span.walSenders.map(\.applicationName) == ["b", "b"])
        #expect(span.walSenders[0].commits > span.walSenders[1].commits && span.walSenders[1].commits > 0)
        #expect(span.walSenders.reduce(0) { $0 + $1.commits } == span.commits)
    }
}
