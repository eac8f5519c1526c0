import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// Walsenders: what they send, when they are woken, and when they give a standby up.
@Suite struct WalSenderTests {
    /// Everything up to `offset` behind the start is flushed.
    private func flush(_ script: Script, _ offset: UInt64) {
        script.server.xlog.logWriteResult.store(script.walStart + offset)
        script.server.xlog.logFlushResult.store(script.walStart + offset)
    }

    @Test("Only flushed WAL is sent: a commit that is inserted and written is not")
    func onlyFlushed() throws {
        let script = Script.primary("A", names: "s1")
        try script.play {
            script.connect("s1", to: 0)
            script.clearTranscript()
            script.begin("A", "commit") { $0.commitOne() }
            script.wake("sender 0")
            #expect(script.lines.last == "sender 0 waits in Activity:WalSenderMain")
            #expect(!script.transcript.contains("sends WAL"))
            script.finishIO("A")
            script.run("sender 0")
            #expect(script.transcript.contains("sender 0 sends WAL 0/1000000 to 0/10000B8"))
            script.reply(script.server.xlog.flushedUpTo, from: 0)
            script.run("A")
            script.disconnect("sender 0")
        }
    }

    @Test("A message carries 128 kB at most and then ends on a page boundary")
    func messages() throws {
        let script = Script.primary("A", names: "")
        try script.play {
            flush(script, 300_000)
            script.connect("b", to: 0)
            script.disconnect("sender 0")
        }
        // 300,000 bytes: twice 16 pages, and what is left.
        let sent = script.lines.filter { $0.contains("sends WAL") }
        #expect(
            sent == [
                "sender 0 sends WAL 0/1000000 to 0/1020000", "sender 0 sends WAL 0/1020000 to 0/1040000",
                "sender 0 sends WAL 0/1040000 to 0/10493E0",
            ])
    }

    @Test("A walsender that starts amid a page cuts its messages on page boundaries too")
    func roundsDown() throws {
        let script = Script.primary("A", names: "")
        try script.play {
            flush(script, 100)
            script.connect("b", to: 0)
            flush(script, 200_000)
            script.clearTranscript()
            script.wake("sender 0")
            script.disconnect("sender 0")
        }
        #expect(script.lines.contains("sender 0 sends WAL 0/1000064 to 0/1020000"))
    }

    @Test("A standby is in catchup until it was sent everything, then it streams")
    func states() throws {
        let script = Script.primary("A", names: "s1")
        try script.play {
            flush(script, 1_000)
            script.begin("sender 0", "serve") { $0.WalSenderMain(for: "s1") }
            #expect(script.server.standby(slot: 0)?.state == .catchup)
            script.deliver(.start(at: script.walStart), to: "sender 0")
            script.runWoken()
            #expect(script.server.standby(slot: 0)?.state == .streaming)
            #expect(script.server.standby(slot: 0)?.sent == script.walStart + 1_000)
            script.disconnect("sender 0")
            #expect(script.server.standby(slot: 0) == nil)
        }
    }

    @Test("Only one that streams counts")
    func catchupDoesNotCount() throws {
        let script = Script.primary("A", names: "s1")
        try script.play {
            script.begin("sender 0", "serve") { $0.WalSenderMain(for: "s1") }
            script.begin("A", "wait") { $0.SyncRepWaitForLSN(script.walStart + 8) }
            script.reply(script.walStart + 8, from: 0)
            #expect(script.server.syncRepQueue(.flush).count == 1)
            script.deliver(.start(at: script.walStart), to: "sender 0")
            script.run("sender 0")
            script.reply(script.walStart + 8, from: 0)
            #expect(script.server.syncRepQueue(.flush).isEmpty)
            script.run("A")
            script.disconnect("sender 0")
        }
    }

    @Test(
        "Up to 15 a flush looks at every slot and wakes every standby's walsender; later only those that sleep",
        arguments: [PostgresRelease.v15, .v16, .v17, .v18])
    func wakeups(release: PostgresRelease) throws {
        let script = Script.primary("A", walSenders: 2, names: "", release: release)
        script.deviceIsInstant = true
        try script.play {
            script.connect("b", to: 0)
            script.connect("c", to: 1)
            script.session("sender 1").latchIsSet = true
            script.makeReady(script.session("sender 1"))
            script.run("sender 1", pausingBefore: .spending(.walSenderLoop))
            script.clearTranscript()
            script.begin("A", "commit") { $0.commitOne() }
            script.runWoken()
            script.run("sender 1")
            script.disconnect("sender 0", "sender 1")
        }
        let woken = script.lines.filter { $0.hasPrefix("A sets") }
        let all = ["A sets sender 0's latch", "A sets sender 1's latch"]
        #expect(woken == (release == .v15 ? all : [all[0]]))
        #expect(script.lines.filter { $0.contains("sends WAL") }.count == 2)
    }

    @Test("A follower has moved nothing and wakes nobody")
    func followersWakeNobody() throws {
        let script = Script.primary("A", "B", names: "")
        try script.play {
            script.connect("b", to: 0)
            script.begin("B", "insert") { $0.insert() }
            script.clearTranscript()
            script.begin("A", "insert and flush") { $0.XLogFlush($0.insert()) }
            script.begin("B", "flush") { $0.XLogFlush($0.server.xlog.insertHead) }
            script.finishIO("A")
            script.runWoken()
            script.disconnect("sender 0")
        }
        #expect(script.lines.filter { $0.hasSuffix("sender 0's latch") } == ["A sets sender 0's latch"])
    }

    @Test("A silent standby is asked to answer after half of wal_sender_timeout, and given up after the whole")
    func timeout() throws {
        let script = Script.primary("A", names: "s1")
        try script.play {
            script.connect("s1", to: 0)
            script.clearTranscript()
            script.clock += .seconds(30)
            script.finishSleep("sender 0")
            script.clock += .seconds(30)
            script.finishSleep("sender 0")
        }
        #expect(
            script.transcript == """
                sender 0 goes on
                sender 0 sends keepalive, reply wanted
                sender 0 waits in Activity:WalSenderMain
                sender 0 goes on
                sender 0 sends end of connection
                sender 0 is done
                """)
    }

    @Test("While the socket takes no more, nothing is sent and the walsender sleeps")
    func pendingOutput() throws {
        let script = Script.primary("A", names: "")
        try script.play {
            script.connect("b", to: 0)
            flush(script, 100)
            script.session("sender 0").outputIsPending = true
            script.clearTranscript()
            script.wake("sender 0")
            #expect(!script.transcript.contains("sends"))
            script.session("sender 0").outputIsPending = false
            script.wake("sender 0")
            #expect(script.transcript.contains("sender 0 sends WAL"))
            script.disconnect("sender 0")
        }
    }

    @Test("From 17 on WAL comes out of the buffers, before and for what is gone from them out of the file")
    func buffers() throws {
        for (release, reads) in [(PostgresRelease.v16, true), (.v17, false)] {
            let script = Script.primary("A", names: "", release: release)
            script.deviceIsInstant = true
            try script.play {
                script.begin("A", "commit") { $0.commitOne() }
                script.begin("sender 0", "serve") { $0.WalSenderMain(for: "b") }
                script.deliver(.start(at: script.walStart), to: "sender 0")
                script.run("sender 0", pausingBefore: .spending(.walRead))
                #expect((script.session("sender 0").state == .paused) == reads)
                if reads { script.run("sender 0") }
                script.disconnect("sender 0")
            }
        }
    }

    @Test("After a change of the names a standby's priority is looked up again")
    func reload() throws {
        let script = Script.primary("A", names: "x, s1")
        try script.play {
            script.connect("s1", to: 0)
            script.reply(script.walStart, from: 0)
            #expect(script.server.standby(slot: 0)?.priority == 2)
            var settings = script.server.settings
            settings.synchronousStandbyNames = "ANY 1 (s1)"
            script.server.reload(settings)
            script.wake("sender 0")
            #expect(script.server.standby(slot: 0)?.priority == 1)
            #expect(script.server.standby(slot: 0)?.syncState == "quorum")
            script.disconnect("sender 0")
        }
    }

    @Test(
        "A standby that has not said what it has flushed is shown as an asynchronous one",
        arguments: PostgresRelease.allCases)
    func withoutReply(release: PostgresRelease) throws {
        let script = Script.primary("A", names: "x, s1", release: release)
        try script.play {
            script.connect("s1", to: 0)
            let silent = try! #require(script.server.standby(slot: 0))
            #expect(silent.state == .streaming && silent.priority == 0 && silent.syncState == "async")
            script.reply(script.walStart, from: 0)
            let known = try! #require(script.server.standby(slot: 0))
            #expect(known.priority == 2 && known.syncState == "sync")
            script.disconnect("sender 0")
        }
    }
}
