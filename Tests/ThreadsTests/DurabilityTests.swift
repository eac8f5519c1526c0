import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Threads

@Suite("Commits on real threads", .serialized)
struct DurabilityTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(
        "Synchronous commits are durable before they are acknowledged, and none is lost",
        arguments: PostgresRelease.allCases)
    func synchronousCommits(release: PostgresRelease) throws {
        let outcome = try Fixture.soundRun(Fixture.spec(directory, release: release))
        #expect(outcome.audit.premature.isEmpty)
        #expect(outcome.audit.acknowledged.count == 80)
        #expect(outcome.wal.commitEnds == outcome.audit.acknowledged.sorted())
        #expect(outcome.wal.records == 160)
        #expect(outcome.wal.recordBytes == 80 * (144 + 34))
        #expect(outcome.durableUpTo == outcome.wal.end)
    }

    @Test("Every method of making WAL durable does", arguments: WALSyncMethod.allCases)
    func syncMethods(method: WALSyncMethod) throws {
        var spec = Fixture.spec(directory)
        spec.settings.walSyncMethod = method
        #if !canImport(Darwin)
            guard method != .fsyncWritethrough else {
                #expect(throws: ThreadRunError.self) { try runOnThreads(spec) }
                return
            }
        #endif
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.audit.acknowledged.count == 80)
        #expect(outcome.durableUpTo == outcome.wal.end)
        #expect((outcome.result.whole.pgStatWAL.walSync == 0) == method.syncsOnWrite)
    }

    @Test("A flush commits at least one transaction and at most one for each client", arguments: [1, 2, 5, 16])
    func transactionsPerFlush(clients: Int) throws {
        var spec = Fixture.spec(directory, clients: clients)
        spec.syncLatency = .milliseconds(1)
        let whole = try Fixture.soundRun(spec).result.whole
        #expect(whole.commits == UInt64(20 * clients))
        #expect(whole.commits <= whole.flushes * UInt64(clients))
        // The walwriter's rounds may flush WAL in which no commit is.
        let rounds = UInt64(whole.span.count / 10_000_000_000 + 1)
        #expect(whole.flushes <= whole.commits + rounds)
    }

    @Test("Records wider than all WAL buffers together are written whole")
    func tinyBuffers() throws {
        var spec = Fixture.spec(directory, clients: 8, count: 5, transaction: Fixture.insert(length: 50_000))
        spec.settings.walBuffers = 4
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.wal.records == 80)
        #expect(outcome.wal.recordBytes == 40 * (50_000 + 34))
        #expect(outcome.result.whole.pgStatWAL.walBuffersFull > 0)
    }

    @Test("WAL goes on across segments", arguments: PostgresRelease.allCases)
    func segmentSwitches(release: PostgresRelease) throws {
        let transaction = Fixture.insert(length: 60_000, records: 4)
        var spec = Fixture.spec(directory, release: release, count: 5, transaction: transaction)
        spec.keepsSegments = true
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.wal.records == 100)
        #expect(outcome.wal.end > 5 * spec.settings.walSegmentSize)
        #expect(directory.entries == (1...5).map { "00000001000000000000000\($0)" })
    }

    @Test("Asynchronous commits reach the files by the walwriter's work alone", arguments: PostgresRelease.allCases)
    func asynchronousCommits(release: PostgresRelease) throws {
        var spec = Fixture.spec(directory, release: release, count: nil)
        spec.settings.synchronousCommit = .off
        spec.settings.walWriterDelay = 10
        spec.think = .milliseconds(1)
        spec.duration = .seconds(30)
        let (segmentSize, path) = (spec.settings.walSegmentSize, directory.path)
        let outcome = try runOnThreadsWithEvidence(spec) {
            let check = try? verifyWAL(directory: path, release: release, segmentSize: segmentSize)
            return check.map { $0.commitEnds.count >= 10 } ?? false
        }
        #expect(outcome.result.interrupted, "the files held ten commits before the time was over")
        #expect(outcome.defects == [])
        #expect(outcome.audit.acknowledged.isEmpty)
        #expect(outcome.wal.commitEnds.count <= outcome.audit.acknowledgedAsynchronous)
        #expect(outcome.durableUpTo > outcome.wal.start)
    }

    @Test("With fsync off nothing becomes durable and nothing that was written is lost")
    func fsyncOff() throws {
        var spec = Fixture.spec(directory)
        spec.settings.fsync = false
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.durableUpTo == outcome.wal.start)
        #expect(outcome.wal.records == 160)
        #expect(outcome.result.whole.pgStatWAL.walSync == 0)
    }

    @Test("Insertions that nothing slows down never overlap", arguments: PostgresRelease.allCases)
    func contendedInsertions(release: PostgresRelease) throws {
        let transaction = Fixture.insert(length: 30, records: 100)
        var spec = Fixture.spec(directory, release: release, clients: 8, count: 60, transaction: transaction)
        spec.settings.fsync = false
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.wal.records == 8 * 60 * 101)
        #expect(outcome.wal.recordBytes == 8 * 60 * (100 * 30 + 34))
    }

    @Test("A commit_delay changes nothing about durability")
    func commitDelay() throws {
        var spec = Fixture.spec(directory, clients: 8)
        spec.settings.commitDelay = 500
        spec.settings.commitSiblings = 0
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.wal.commitEnds.count == 160)
        let asleep = outcome.result.whole.activity.first {
            $0.backendType == .clientBackend && $0.state == .asleepWithoutEvent
        }
        #expect(asleep!.total >= TotalTime(.microseconds(500)))
    }

    @Test("Transactions of many statements, and records that few executions write, commit soundly")
    func manyStatements() throws {
        let spec = Fixture.spec(directory, transaction: Fixture.insert(records: 3, times: 5, every: 4))
        let outcome = try Fixture.soundRun(spec)
        #expect(outcome.result.whole.transactions == 80)
        // 80 transactions execute the statement 5 times each; each of its 3 records is written at every 4th execution.
        #expect(outcome.wal.records - outcome.wal.commitEnds.count == 80 * 5 * 3 / 4)
        #expect(outcome.wal.commitEnds == outcome.audit.acknowledged.sorted())
    }
}
