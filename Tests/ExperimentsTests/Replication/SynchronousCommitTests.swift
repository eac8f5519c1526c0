import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Experiments

/// What each level of synchronous_commit costs, on a machine where that can be computed by hand.
@Suite("Levels of synchronous_commit with a standby") struct SynchronousCommitTests {
    /// The mean latency of one client at a level, in microseconds.
    private func latency(_ level: SynchronousCommit, _ change: (inout StandbyMachine) -> Void = { _ in }) throws
        -> Double
    {
        var machine = StandbyMachine()
        machine.level = level
        change(&machine)
        return try machine.run().whole.latency.meanMicroseconds!
    }

    @Test("Locally one sync, with remote_write next to nothing more, with on the standby's sync after it")
    func levels() throws {
        let local = try latency(.local)
        #expect(isWithin(0.01, local, of: LawMachine(clients: 1).latencyAlone.microseconds))
        #expect(try latency(.off) < 100)
        let written = try latency(.remoteWrite) - local
        #expect(written > 10 && written < 60)
        let flushed = try latency(.on) - local
        #expect(flushed > 5_000 && flushed < 5_080)
    }

    @Test("remote_apply waits for the replay as well")
    func apply() throws {
        let flushed = try latency(.on)
        // A transaction writes 160 bytes: 16 us at 100 ns a byte.
        let applied = try latency(.remoteApply) { $0.replayPerByte = 100 }
        #expect(applied - flushed > 16 && applied - flushed < 60)
    }

    @Test("A network adds its round trip")
    func network() throws {
        for level in [SynchronousCommit.remoteWrite, .on] {
            let near = try latency(level) { $0.roundTrip = .microseconds(1) }
            let far = try latency(level) { $0.roundTrip = .milliseconds(2) }
            #expect(isWithin(0.02, far - near, of: 2_000))
        }
    }

    @Test("Local and remote sync come one after the other, never at once: WAL is sent when it is flushed")
    func sequence() throws {
        var machine = StandbyMachine()
        machine.sync = .milliseconds(3)
        let span = try machine.run().whole
        #expect(isWithin(0.02, span.latency.meanMicroseconds!, of: 8_070))
        #expect(isWithin(0.02, span.sessions(in: "IPC:SyncRep"), of: 3.0 / 8.07))
        #expect(isWithin(0.02, span.sessions(in: "IO:WALSync"), of: 5.0 / 8.07))
    }

    @Test("A standby that no name covers costs nothing but CPU")
    func asynchronous() throws {
        var machine = StandbyMachine(clients: 8)
        machine.names = ""
        let with = try machine.run().whole
        machine.standbys = []
        let without = try machine.run().whole
        #expect(isWithin(0.01, with.tps, of: without.tps))
        #expect(with.sessions(in: "IPC:SyncRep") == 0)
        #expect(with.standbys.first?.syncState == "async")
    }

    @Test("One flush of the standby serves all that came meanwhile: its rate stays, however many clients there are")
    func batching() throws {
        let few = try flushedByStandby(clients: 4)
        let many = try flushedByStandby(clients: 16)
        #expect(few.syncs > 100 && isWithin(0.1, Double(many.syncs), of: Double(few.syncs)))
        #expect(many.span.replication.released > 4 * many.span.replication.sends)
        #expect(many.span.replication.waits > 0)
    }

    @Test("A standby streams no faster than its device takes the bytes")
    func bandwidth() throws {
        var machine = StandbyMachine(clients: 8)
        machine.bandwidth = 1e6
        let span = try machine.run().whole
        let row = try #require(span.standbys.first)
        #expect(row.flush > 100_000)
        #expect(Double(span.pgStatWAL.walBytes) / span.span.seconds < 1.1e6)
    }

    private func flushedByStandby(clients: Int) throws -> (syncs: UInt64, span: SpanResult) {
        var machine = StandbyMachine(clients: clients)
        machine.level = .on
        let span = try machine.run().whole
        let syncs = span.waitEvents.first { $0.backendType == .walReceiver && $0.event?.event == "WALSync" }
        return (UInt64(try #require(syncs).waits.count), span)
    }

    @Test(
        "pg_stat_replication shows how far the standby is, and how long it takes", arguments: PostgresRelease.allCases)
    func view(release: PostgresRelease) throws {
        var machine = StandbyMachine(clients: 2)
        machine.law.release = release
        let row = try #require(try machine.run().whole.standbys.first)
        #expect(row.applicationName == "b" && row.state == "streaming")
        #expect(row.syncState == "sync" && row.syncPriority == 1)
        #expect(row.sent >= row.write && row.write >= row.flush && row.flush >= row.replay)
        // Between the two replies of one flush it is that of the flush so far.
        #expect(row.flushLag! > .zero && row.flushLag! < .microseconds(5_100))
        #expect(row.writeLag! < .microseconds(100))
    }
}
