import Testing
import WaitEvents

@testable import Postgres

/// Commits that wait for a standby, step by step.
@Suite struct SyncRepWaitTests {
    @Test("A commit waits for its standby between the commit log and becoming visible")
    func one() throws {
        let script = Script.primary("A", names: "s1")
        script.deviceIsInstant = true
        try script.play {
            script.connect("s1", to: 0)
            script.clearTranscript()
            script.begin("A", "commit") { $0.commitOne() }
            #expect(script.session("A").process.xid != 0)
            script.run("sender 0")
            script.reply(script.server.xlog.flushedUpTo, from: 0)
            script.run("A")
            #expect(script.session("A").process.xid == 0)
            script.disconnect("sender 0")
        }
        #expect(
            script.transcript == """
                A: commit
                A writes 1 page at 0/1000000
                A sets sender 0's latch
                A waits in IPC:SyncRep
                sender 0 goes on
                sender 0 sends WAL 0/1000000 to 0/10000B8
                sender 0 waits in Activity:WalSenderMain
                sender 0 goes on
                sender 0 sets A's latch
                sender 0 waits in Activity:WalSenderMain
                A goes on
                A is done
                sender 0 goes on
                sender 0 sends end of connection
                sender 0 is done
                """)
    }

    @Test(
        "Each level waits for the position it names",
        arguments: [SynchronousCommit.off, .local, .remoteWrite, .on, .remoteApply])
    func levels(level: SynchronousCommit) throws {
        let script = Script.primary("A", names: "s1", level: level)
        script.deviceIsInstant = true
        try script.play {
            script.connect("s1", to: 0)
            script.begin("A", "commit") { $0.commitOne() }
            var waits = [script.session("A").event == .ipcSyncRep]
            let old = script.walStart, new = script.server.xlog.insertHead
            script.server.xlog.logFlushResult.store(new)
            for (write, flush, apply) in [(new, old, old), (new, new, old), (new, new, new)] {
                script.reply(StandbyPositions(write: write, flush: flush, apply: apply), from: 0)
                if script.session("A").state == .ready { script.run("A") }
                waits.append(script.session("A").event == .ipcSyncRep)
            }
            let expected: [SynchronousCommit: Int] = [.off: 0, .local: 0, .remoteWrite: 1, .on: 2, .remoteApply: 3]
            #expect(waits.prefix { $0 }.count == expected[level])
            script.disconnect("sender 0")
        }
    }

    @Test("Backends are released in the order of their LSNs, whatever the order in which they came to wait")
    func order() throws {
        let script = Script.primary("A", "B", "C", names: "s1")
        try script.play {
            script.connect("s1", to: 0)
            script.clearTranscript()
            script.begin("C", "wait for 300") { $0.SyncRepWaitForLSN(script.walStart + 300) }
            script.begin("A", "wait for 100") { $0.SyncRepWaitForLSN(script.walStart + 100) }
            script.begin("B", "wait for 200") { $0.SyncRepWaitForLSN(script.walStart + 200) }
            #expect(script.server.syncRepQueue(.flush).map(\.process) == [0, 1, 2])
            script.reply(script.walStart + 200, from: 0)
            #expect(script.server.syncRepQueue(.flush).map(\.process) == [2])
            script.runWoken()
            script.reply(script.walStart + 300, from: 0)
            script.runWoken()
            script.disconnect("sender 0")
        }
        #expect(
            script.transcript == """
                C: wait for 300
                C waits in IPC:SyncRep
                A: wait for 100
                A waits in IPC:SyncRep
                B: wait for 200
                B waits in IPC:SyncRep
                sender 0 goes on
                sender 0 sets A's latch
                sender 0 sets B's latch
                sender 0 waits in Activity:WalSenderMain
                A goes on
                A is done
                B goes on
                B is done
                sender 0 goes on
                sender 0 sets C's latch
                sender 0 waits in Activity:WalSenderMain
                C goes on
                C is done
                sender 0 goes on
                sender 0 sends end of connection
                sender 0 is done
                """)
    }

    @Test("What is confirmed already is not waited for")
    func confirmed() throws {
        let script = Script.primary("A", names: "s1")
        try script.play {
            script.connect("s1", to: 0)
            script.reply(script.walStart + 200, from: 0)
            script.clearTranscript()
            script.begin("A", "wait for 200") { $0.SyncRepWaitForLSN(script.walStart + 200) }
            script.disconnect("sender 0")
        }
        #expect(script.lines.prefix(2) == ["A: wait for 200", "A is done"])
    }

    @Test("Without names, and without walsenders, nobody waits")
    func undefined() throws {
        for settings in [Settings(), Self.withoutWalSenders] {
            let script = Script(
                sessions: ["A", "walwriter", "sender 0"], of: ServerProcesses(backends: 1, walSenders: 1),
                release: .v15, settings: settings)
            try script.play { script.begin("A", "wait") { $0.SyncRepWaitForLSN(script.walStart + 200) } }
            #expect(script.lines == ["A: wait", "A is done"])
        }
    }

    private static var withoutWalSenders: Settings {
        var settings = Settings()
        settings.synchronousStandbyNames = "s1"
        settings.maxWALSenders = 0
        return settings
    }

    @Test("A cancelled wait leaves the queue and the transaction committed")
    func cancel() throws {
        let script = Script.primary("A", "B", names: "s1")
        try script.play {
            script.begin("A", "wait for 100") { $0.SyncRepWaitForLSN(script.walStart + 100) }
            script.begin("B", "wait for 200") { $0.SyncRepWaitForLSN(script.walStart + 200) }
            script.session("A").interrupt = .cancel
            script.setLatch(of: "A")
            script.run("A")
            #expect(script.session("A").state == .idle)
            #expect(script.server.syncRepQueue(.flush).map(\.process) == [1])
            script.session("B").interrupt = .shutdown
            script.setLatch(of: "B")
            script.run("B")
            #expect(script.server.syncRepQueue(.flush).isEmpty)
        }
    }

    @Test("A cancel that comes when the wait is just over changes nothing")
    func lateCancel() throws {
        let script = Script.primary("A", names: "s1")
        try script.play {
            script.connect("s1", to: 0)
            script.begin("A", "wait for 100") { $0.SyncRepWaitForLSN(script.walStart + 100) }
            script.reply(script.walStart + 100, from: 0)
            script.session("A").interrupt = .cancel
            script.run("A")
            #expect(script.session("A").interrupt == .cancel)
            script.disconnect("sender 0")
        }
    }

    @Test("When the names are taken away, the walwriter lets everybody go")
    func abolished() throws {
        let script = Script.primary("A", "B", names: "s1")
        try script.play {
            script.begin("A", "wait for 100") { $0.SyncRepWaitForLSN(script.walStart + 100) }
            script.begin("B", "wait for 200") { $0.SyncRepWaitForLSN(script.walStart + 200) }
            var settings = script.server.settings
            settings.synchronousStandbyNames = ""
            script.server.reload(settings)
            script.begin("walwriter", "look") { $0.SyncRepUpdateSyncStandbysDefined() }
            script.runWoken()
            #expect(script.session("A").state == .idle && script.session("B").state == .idle)
        }
        #expect(!script.server.awaitsStandbys)
    }

    @Test("Those who come while latches are set wait for SyncRepLock")
    func lockIsHeldWhileSignalling() throws {
        let script = Script.primary("A", "B", names: "s1")
        try script.play {
            script.connect("s1", to: 0)
            script.begin("A", "wait for 100") { $0.SyncRepWaitForLSN(script.walStart + 100) }
            script.deliver(.reply(Self.all(script.walStart + 100), replyRequested: false), to: "sender 0")
            script.run("sender 0", pausingBefore: .signalling)
            script.clearTranscript()
            script.begin("B", "wait for 100") { $0.SyncRepWaitForLSN(script.walStart + 100) }
            script.run("sender 0")
            script.runWoken()
            script.disconnect("sender 0")
        }
        #expect(script.lines.prefix(2) == ["B: wait for 100", "B waits in LWLock:SyncRep"])
        #expect(script.lines.contains("B is done"))
    }

    private static func all(_ position: XLogRecPtr) -> StandbyPositions {
        StandbyPositions(write: position, flush: position, apply: position)
    }
}
