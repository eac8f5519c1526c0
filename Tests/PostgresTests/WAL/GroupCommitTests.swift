import Testing

@testable import Postgres

/// Commits that wait for each other's flushes.
@Suite struct GroupCommitTests {
    /// A inserts and leads a flush; B inserts meanwhile and waits.
    private func begin(_ script: Script) {
        for name in ["A", "B"] {
            script.begin(name, "flush \(name.lowercased())1") { $0.XLogFlush($0.insert()) }
        }
        script.finishIO("A")
    }

    @Test("Two committers alternate if the woken follower leads before the other's next commit")
    func alternation() throws {
        let script = Script("A", "B")
        try script.play {
            begin(script)
            script.run("B")
            script.begin("A", "flush a2") { $0.XLogFlush($0.insert()) }
            script.finishIO("B")
            script.run("A")
            script.finishIO("A")
        }
        #expect(
            script.transcript == """
                A: flush a1
                A writes 1 page at 0/1000000
                A waits in IO:WALSync
                B: flush b1
                B waits in LWLock:WALWrite
                A goes on
                A wakes B
                A is done
                B goes on
                B writes 1 page at 0/1000000
                B waits in IO:WALSync
                A: flush a2
                A waits in LWLock:WALWrite
                B goes on
                B wakes A
                B is done
                A goes on
                A writes 1 page at 0/1000000
                A waits in IO:WALSync
                A goes on
                A is done
                """)
        #expect(script.counts.flushes == 3)
    }

    @Test("A follower's flush takes the next commit along if that was inserted before it leads, and needs no lock then")
    func riding() throws {
        let script = Script("A", "B")
        try script.play {
            begin(script)
            script.begin("A", "insert a2") { $0.insert() }
            script.run("B")
            script.begin("A", "flush a2") { $0.XLogFlush($0.xactLastRecEnd) }
            script.finishIO("B")
            script.run("A")
        }
        #expect(
            script.transcript.hasSuffix(
                """
                A: insert a2
                A is done
                B goes on
                B writes 1 page at 0/1000000
                B waits in IO:WALSync
                A: flush a2
                A waits in LWLock:WALWrite
                B goes on
                B wakes A
                B is done
                A goes on
                A is done
                """))
        #expect(script.counts.flushes == 2)
    }

    @Test("A leader flushes what was finished when it looked, not what was inserted after that")
    func insertPositionBeforeTheLock() throws {
        let script = Script("A", "B")
        try script.play {
            script.deviceIsInstant = true
            // The attempt at WALWriteLock comes after A's scan of the insertion locks.
            script.begin("A", "insert") { $0.insert() }
            script.begin("A", "flush", pausingBefore: .spending(.lwLockAttempt)) { $0.XLogFlush($0.xactLastRecEnd) }
            script.begin("B", "insert") { $0.insert() }
            script.run("A")
        }
        let flushed = script.server.xlog.flushedUpTo
        #expect(flushed < script.server.xlog.insertHead)
        #expect(flushed == script.session("A").process.xactLastRecEnd)
    }

    @Test("commit_delay sleeps with WALWriteLock held and no event, and takes along what arrives meanwhile")
    func commitDelay() throws {
        var settings = Settings()
        settings.commitDelay = 500
        settings.commitSiblings = 1
        let script = Script("A", "B", "C", settings: settings)
        try script.play {
            script.begin("B", "assign an xid") { $0.assignTransactionIdIfNeeded() }
            script.begin("A", "commit") { $0.commitOne() }
            script.begin("C", "insert") { $0.insert() }
            script.begin("C", "flush") { $0.XLogFlush($0.xactLastRecEnd) }
            script.finishSleep("A")
            script.finishIO("A")
            script.run("C")
        }
        #expect(
            script.transcript == """
                B: assign an xid
                B is done
                A: commit
                A sleeps 500us
                C: insert
                C is done
                C: flush
                C waits in LWLock:WALWrite
                A goes on
                A writes 1 page at 0/1000000
                A waits in IO:WALSync
                A goes on
                A wakes C
                A is done
                C goes on
                C is done
                """)
        #expect(script.counts.flushes == 1)
    }

    @Test(
        "commit_siblings counts the other transactions that have an xid, whatever they wait for",
        arguments: [(0, 0, true), (1, 1, true), (2, 1, false), (2, 2, true), (5, 4, false)])
    func siblingsGate(siblings: Int, others: Int, sleeps: Bool) throws {
        var settings = Settings()
        settings.commitDelay = 500
        settings.commitSiblings = siblings
        let script = Script("A", "B", "C", "D", "E", "reader", settings: settings)
        try script.play {
            script.deviceIsInstant = true
            script.begin("reader", "take a snapshot") { $0.GetSnapshotData() }
            for name in ["B", "C", "D", "E"].prefix(others) {
                script.begin(name, "assign an xid") { $0.assignTransactionIdIfNeeded() }
            }
            script.begin("A", "commit") { $0.commitOne() }
            #expect(script.transcript.contains("A sleeps 500us") == sleeps)
            if sleeps { script.finishSleep("A") }
        }
    }

    @Test("With fsync off nothing is synced, commit_delay does not apply, and the flush position moves all the same")
    func fsyncOff() throws {
        var settings = Settings()
        settings.fsync = false
        settings.commitDelay = 500
        settings.commitSiblings = 0
        let script = Script("A", settings: settings)
        try script.play { script.begin("A", "commit") { $0.commitOne() } }
        #expect(
            script.transcript == """
                A: commit
                A writes 1 page at 0/1000000
                A is done
                """)
        #expect(script.counts.walSync == 0)
        #expect(script.server.xlog.flushedUpTo == script.server.xlog.insertHead)
    }

    @Test(
        "With open_datasync the time is in the write, and no sync is counted",
        arguments: [WALSyncMethod.openDatasync, .openSync])
    func openDatasync(method: WALSyncMethod) throws {
        var settings = Settings()
        settings.walSyncMethod = method
        let script = Script("A", settings: settings)
        try script.play {
            script.begin("A", "commit") { $0.commitOne() }
            script.finishIO("A")
        }
        #expect(
            script.transcript == """
                A: commit
                A writes 1 page at 0/1000000
                A waits in IO:WALWrite
                A goes on
                A is done
                """)
        #expect(script.counts.walSync == 0)
        #expect(script.counts.walWrite == 1)
    }

    @Test("A process that knows its record to be flushed touches no shared memory")
    func privateCache() throws {
        let script = Script("A")
        try script.play {
            script.deviceIsInstant = true
            script.begin("A", "flush") { $0.XLogFlush($0.insert()) }
            script.begin("A", "flush again", pausingBefore: .spending(.xlogFlush)) { $0.XLogFlush($0.xactLastRecEnd) }
        }
        #expect(!script.transcript.contains("pauses"))
    }
}
