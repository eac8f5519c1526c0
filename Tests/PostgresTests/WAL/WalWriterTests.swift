import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// Asynchronous commits and the walwriter.
@Suite struct WalWriterTests {
    private func async(_ change: (inout Settings) -> Void = { _ in }) -> Settings {
        var settings = Settings()
        settings.synchronousCommit = .off
        change(&settings)
        return settings
    }

    private func nudges(_ script: Script) -> Int { script.lines.filter { $0 == "A sets walwriter's latch" }.count }

    @Test("An asynchronous commit neither writes nor waits", arguments: PostgresRelease.modern)
    func noWait(release: PostgresRelease) throws {
        let script = Script("A", release: release, settings: async())
        try script.play { script.begin("A", "commit") { $0.commitOne() } }
        #expect(script.transcript == "A: commit\nA is done")
        #expect(script.server.xlog.flushedUpTo == script.walStart)
    }

    @Test("Before release 17 every asynchronous commit wakes the walwriter once a whole page is not flushed")
    func nudgePerPage() throws {
        for release in [PostgresRelease.v15, .v16] {
            let script = Script("A", release: release, settings: async())
            try script.play {
                script.begin("A", "commit in the first page") { $0.commitOne() }
                #expect(nudges(script) == 0)
                script.begin("A", "commit in the second page") { $0.commitOne(8200) }
                #expect(nudges(script) == 1)
                for _ in 0..<3 { script.begin("A", "commit") { $0.commitOne() } }
                #expect(nudges(script) == 4)
            }
        }
    }

    @Test("From release 17 on an asynchronous commit wakes the walwriter when wal_writer_flush_after pages wait")
    func nudgeByPages() throws {
        let script = Script("A", release: .v17, settings: async())
        try script.play {
            script.begin("A", "commit") { $0.commitOne(126 * 8192) }
            #expect(nudges(script) == 0)
            script.begin("A", "commit") { $0.commitOne(8192) }
            script.begin("A", "commit") { $0.commitOne(8192) }
            #expect(nudges(script) == 1)
        }
    }

    @Test("From release 17 on wal_writer_flush_after = 0 makes every asynchronous commit wake the walwriter")
    func nudgeAlways() throws {
        let script = Script("A", release: .v17, settings: async { $0.walWriterFlushAfter = 0 })
        try script.play { script.begin("A", "commit") { $0.commitOne() } }
        #expect(nudges(script) == 1)
    }

    @Test("A hibernating walwriter is woken by the first asynchronous commit", arguments: PostgresRelease.modern)
    func hibernation(release: PostgresRelease) throws {
        let script = Script("A", release: release, settings: async())
        try script.play {
            script.deviceIsInstant = true
            script.begin("walwriter", "main loop") { $0.WalWriterMain() }
            for _ in 0..<48 { script.finishSleep("walwriter") }
            #expect(script.lines.last == "walwriter waits at most 200ms in Activity:WalWriterMain")
            #expect(!script.server.xlog.info.unprotected.walWriterSleeping)
            // In the round that begins the long sleep, not after it.
            script.finishSleep("walwriter")
            #expect(script.lines.last == "walwriter waits at most 5s in Activity:WalWriterMain")
            #expect(script.server.xlog.info.unprotected.walWriterSleeping)
            script.begin("A", "commit") { $0.commitOne() }
            script.run("walwriter")
            #expect(script.server.xlog.flushedUpTo == script.server.xlog.insertHead)
            // It says that it is awake at the start of its next round.
            script.finishSleep("walwriter")
            #expect(!script.server.xlog.info.unprotected.walWriterSleeping)
            script.shutdownRequested = true
            script.begin("A", "stop") { $0.machine.setLatch($0.server.walWriter) }
            script.run("walwriter")
        }
    }

    @Test("The walwriter writes completed pages first, and goes to the newest commit only when none is left")
    func completedPagesFirst() throws {
        let script = Script("A", settings: async())
        try script.play {
            script.deviceIsInstant = true
            script.begin("A", "commit") { $0.commitOne(8200) }
            script.clearTranscript()
            script.begin("walwriter", "round 1") { _ = $0.XLogBackgroundFlush() }
            #expect(script.server.xlog.writtenUpTo == script.walStart + 8192)
            script.clock += .milliseconds(200)
            script.begin("walwriter", "round 2") { _ = $0.XLogBackgroundFlush() }
        }
        #expect(script.server.xlog.flushedUpTo == script.server.xlog.insertHead)
        #expect(
            script.transcript == """
                walwriter: round 1
                walwriter writes 1 page at 0/1000000
                walwriter is done
                walwriter: round 2
                walwriter writes 1 page at 0/1002000
                walwriter is done
                """)
    }

    @Test("Between flushes the walwriter only writes, until wal_writer_delay has passed or enough pages wait")
    func flushDecision() throws {
        let script = Script("A", settings: async { $0.walBuffers = 512 })
        func round(after wait: Nanoseconds, pages: Int) -> (writes: Int, syncs: Int) {
            script.clock += wait
            script.begin("A", "commit") { $0.commitOne(pages * 8192) }
            let before = script.counts
            script.begin("walwriter", "round") { _ = $0.XLogBackgroundFlush() }
            return (script.counts.walWrite - before.walWrite, script.counts.walSync - before.walSync)
        }
        try script.play {
            script.deviceIsInstant = true
            #expect(round(after: .zero, pages: 2).syncs == 1)
            #expect(round(after: .milliseconds(199), pages: 2) == (1, 0))
            #expect(round(after: .milliseconds(1), pages: 2).syncs == 1)
            #expect(round(after: .milliseconds(1), pages: 126) == (1, 0))
            #expect(round(after: .milliseconds(1), pages: 4).syncs == 1)
        }
    }

    @Test("wal_writer_flush_after pages are enough for a flush before its time, and one page less is not")
    func enoughPages() throws {
        let script = Script("A", settings: async { $0.walBuffers = 512 })
        let xlog = script.server.xlog
        func pending() -> UInt64 { WALFormat.pageNumber(xlog.insertHead) - WALFormat.pageNumber(xlog.flushedUpTo) }
        func syncs(withPending pages: UInt64) -> Int {
            while pending() < pages { script.begin("A", "commit") { $0.commitOne(8000) } }
            #expect(pending() == pages)
            let before = script.counts.walSync
            script.begin("walwriter", "round") { _ = $0.XLogBackgroundFlush() }
            return script.counts.walSync - before
        }
        try script.play {
            script.deviceIsInstant = true
            #expect(syncs(withPending: 1) == 1)
            #expect(syncs(withPending: 127) == 0)
            #expect(syncs(withPending: 128) == 1)
        }
    }

    @Test("Before release 17 most nudges between flushes find nothing to write but still take WALWriteLock")
    func uselessRounds() throws {
        let script = Script("A", settings: async())
        try script.play {
            script.deviceIsInstant = true
            script.begin("A", "commit") { $0.commitOne(8200) }
            script.begin("walwriter", "round") { _ = $0.XLogBackgroundFlush() }
            script.begin("A", "commit") { $0.commitOne(8200) }
            script.begin("walwriter", "round") { _ = $0.XLogBackgroundFlush() }
            let writes = script.counts.walWrite
            script.begin("A", "commit") { $0.commitOne() }
            #expect(nudges(script) == 3)
            script.begin("A", "hold") { $0.LWLockAcquire(script.walWriteLock, .exclusive) }
            script.begin("walwriter", "round") { _ = $0.XLogBackgroundFlush() }
            #expect(script.lines.last == "walwriter waits in LWLock:WALWrite")
            script.release("A", script.walWriteLock)
            script.runWoken()
            #expect(script.counts.walWrite == writes)
        }
    }

    @Test("After its round the walwriter has initialised all pages that need no writing, and no more")
    func pagesAhead() throws {
        let script = Script("A", settings: async { $0.walBuffers = 8 })
        try script.play {
            script.deviceIsInstant = true
            script.begin("A", "commit") { $0.commitOne() }
            script.begin("walwriter", "round") { _ = $0.XLogBackgroundFlush() }
        }
        // The page that is written in part still needs its buffer.
        #expect(script.server.xlog.initializedUpTo.load() == script.walStart + 8 * 8192)
    }

    @Test("A transaction without an xid that wrote WAL does not wait, whatever synchronous_commit says")
    func noXid() throws {
        let script = Script("A")
        try script.play {
            script.begin("A", "prune and commit") { process in
                process.insert()
                process.CommitTransaction()
            }
        }
        #expect(script.transcript == "A: prune and commit\nA is done")
        #expect(script.server.xlog.info.unprotected.asyncXactLSN == script.server.xlog.insertHead)
    }

    @Test("A transaction that neither has an xid nor wrote WAL leaves no trace")
    func readOnly() throws {
        let script = Script("A")
        try script.play { script.begin("A", "commit") { $0.CommitTransaction() } }
        #expect(script.server.xlog.info.unprotected.asyncXactLSN == 0)
        #expect(script.server.xlog.insertHead == script.walStart)
    }
}
