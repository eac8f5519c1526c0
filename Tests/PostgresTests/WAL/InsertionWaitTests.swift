import Testing
import WaitEvents

@testable import Postgres

/// Flushers that wait for insertions in progress, and the choice of an insertion lock.
@Suite struct InsertionWaitTests {
    @Test(
        "A flusher waits for a holder of unknown position, even one beyond it, and not for one known to be past it",
        arguments: PostgresRelease.modern)
    func unknownPosition(release: PostgresRelease) throws {
        // Process numbers choose the insertion locks: i2 takes lock 2, i5 lock 5.
        let script = Script("F", "p1", "i2", "p3", "p4", "i5", release: release)
        try script.play {
            script.deviceIsInstant = true
            script.begin("F", "insert") { $0.insert() }
            script.begin("i2", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert() }
            script.begin("i5", "insert across a page", pausingBefore: .spending(.pageInit)) { $0.insert(9000) }
            script.begin("F", "flush") { $0.XLogFlush($0.xactLastRecEnd) }
            script.run("i2")
            script.run("F")
            script.run("i5")
        }
        #expect(
            script.transcript == """
                F: insert
                F is done
                i2: insert
                i2 pauses
                i5: insert across a page
                i5 pauses
                F: flush
                F waits in LWLock:WALInsert
                i2 goes on
                i2 wakes F
                i2 is done
                F goes on
                F writes 1 page at 0/1000000
                F is done
                i5 goes on
                i5 is done
                """)
        // Up to the page that i5 had announced, and not to the head of the reserved WAL.
        #expect(formatLSN(script.server.xlog.flushedUpTo) == "0/1002000")
    }

    @Test("A holder that is known to be just where a flusher wants to get is not waited for")
    func exactPosition() throws {
        let script = Script("F", "i")
        let page = script.walStart + WALFormat.pageSize
        var finished: XLogRecPtr = 0
        try script.play {
            script.begin("i", "insert across a page", pausingBefore: .spending(.pageInit), after: 1) { $0.insert(9000) }
            script.clearTranscript()
            script.begin("F", "wait") { finished = $0.WaitXLogInsertionsToFinish(page) }
            script.run("i")
        }
        #expect(finished == page)
        #expect(script.lines.starts(with: ["F: wait", "F is done"]))
    }

    @Test("A flusher that is woken may find the lock taken by a newer insertion, and sleeps again")
    func overtaken() throws {
        let script = Script("F", "p1", "i2")
        try script.play {
            script.deviceIsInstant = true
            script.begin("F", "insert") { $0.insert() }
            script.begin("i2", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert() }
            script.begin("F", "flush") { $0.XLogFlush($0.xactLastRecEnd) }
            script.clearTranscript()
            script.run("i2")
            script.begin("i2", "insert again", pausingBefore: .spending(.recordCopy)) { $0.insert() }
            script.run("F")
            script.run("i2")
            script.run("F")
        }
        #expect(
            script.transcript == """
                i2 goes on
                i2 wakes F
                i2 is done
                i2: insert again
                i2 pauses
                F goes on
                F waits in LWLock:WALInsert
                i2 goes on
                i2 wakes F
                i2 is done
                F goes on
                F writes 1 page at 0/1000000
                F is done
                """)
    }

    @Test(
        "An inserter that announces its position wakes the flushers that can do with it",
        arguments: PostgresRelease.modern)
    func announcement(release: PostgresRelease) throws {
        let script = Script("F", "i1", release: release)
        try script.play {
            script.deviceIsInstant = true
            script.begin("F", "insert") { $0.insert() }
            script.begin("i1", "insert across a page", pausingBefore: .spending(.recordCopy)) { $0.insert(9000) }
            script.begin("F", "flush") { $0.XLogFlush($0.xactLastRecEnd) }
            script.clearTranscript()
            script.run("i1", pausingBefore: .spending(.pageInit))
            script.run("F")
            script.run("i1")
        }
        #expect(
            script.transcript == """
                i1 goes on
                i1 wakes F
                i1 pauses
                F goes on
                F writes 1 page at 0/1000000
                F is done
                i1 goes on
                i1 is done
                """)
    }

    @Test(
        "A lock that is freed between the queueing and the second look is not slept for",
        arguments: PostgresRelease.modern)
    func freedBeforeSecondLook(release: PostgresRelease) throws {
        let script = Script("F", "i1", release: release)
        try script.play {
            script.deviceIsInstant = true
            script.begin("F", "insert") { $0.insert() }
            script.begin("i1", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert() }
            script.begin("F", "flush", pausingBefore: .spending(.lwLockAttempt)) { $0.XLogFlush($0.xactLastRecEnd) }
            script.run("i1")
            script.run("F")
        }
        #expect(!script.transcript.contains("F waits"))
        #expect(script.session("F").semaphore == 0)
        #expect(script.server.xlog.flushedUpTo == script.server.xlog.insertHead)
    }

    @Test("Release 17 does not look at the insertion locks again up to where somebody has looked")
    func logInsertResult() throws {
        for release in PostgresRelease.modern {
            let script = Script("F", "i1", release: release)
            try script.play {
                script.begin("F", "insert") { $0.insert() }
                script.begin("F", "look") { _ = $0.WaitXLogInsertionsToFinish($0.xactLastRecEnd) }
                script.begin("i1", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert() }
                script.begin("F", "look") { _ = $0.WaitXLogInsertionsToFinish($0.xactLastRecEnd) }
                #expect(script.lines.last == (release >= .v17 ? "F is done" : "F waits in LWLock:WALInsert"))
                script.run("i1")
                script.runWoken()
            }
        }
    }

    @Test("A process keeps to its insertion lock until it has slept for it, and takes the next one the time after")
    func choice() throws {
        let script = Script("a0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "b0")
        try script.play {
            script.begin("a0", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert() }
            // Lock 0 is a0's; b0 has number 8. Seven locks are free, and it waits.
            script.begin("b0", "insert") { $0.insert() }
            #expect(script.lines.last == "b0 waits in LWLock:WALInsert")
            script.run("a0")
            script.run("b0")
            let b0 = script.session("b0").process!
            #expect(b0.myLockNo == 0)
            script.begin("b0", "insert") { $0.insert() }
            #expect(b0.myLockNo == 1)
            script.begin("b0", "insert") { $0.insert() }
            #expect(b0.myLockNo == 1)
        }
    }

    @Test("Winning an insertion lock at the second attempt does not count as having slept")
    func secondAttemptKeepsLock() throws {
        let script = Script("a0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "b0")
        try script.play {
            script.begin("a0", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert() }
            script.begin("b0", "insert", pausingBefore: .settling) { $0.insert() }
            script.run("a0")
            script.run("b0")
        }
        #expect(script.session("b0").process.lockToTry == 0)
    }
}
