import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// A standby: receiving, replying, replaying.
@Suite struct StandbyTests {
    private func wal(_ script: Script, _ from: UInt64, _ to: UInt64) -> ReplicationMessage {
        .wal(from: script.walStart + from, to: script.walStart + to, walEnd: script.walStart + to)
    }

    /// A walreceiver that has asked for WAL, and a startup process that sleeps.
    private func begin(_ script: Script) {
        script.begin("startup", "replay") { $0.StartupProcessMain() }
        script.begin("receiver", "receive") { $0.WalReceiverMain() }
        script.setLatch(of: "receiver")
        script.runWoken()
        script.clearTranscript()
    }

    /// The first 100 bytes arrive and are flushed.
    private func receive100(_ script: Script) {
        script.deliver(wal(script, 0, 100), to: "receiver")
        script.run("receiver")
        script.finishIO("receiver")
    }

    private func end(_ script: Script) {
        script.shutdownRequested = true
        for name in ["startup", "receiver"] {
            script.wake(name)
        }
    }

    @Test("One flush serves all that has come: a reply when it is written, another when it is flushed")
    func drain() throws {
        let script = Script.standby()
        try script.play {
            begin(script)
            script.deliver(wal(script, 0, 100), to: "receiver")
            script.deliver(wal(script, 100, 300), to: "receiver")
            script.run("receiver")
            #expect(script.session("receiver").state == .waitingForDevice)
            script.deliver(wal(script, 300, 400), to: "receiver")
            script.finishIO("receiver")
            script.finishIO("receiver")
            script.runWoken()
            end(script)
        }
        #expect(
            script.transcript.hasPrefix(
                """
                receiver goes on
                receiver writes 100 bytes at 0/1000000
                receiver writes 200 bytes at 0/1000064
                receiver sends reply 0/100012C 0/1000000 0/1000000
                receiver waits in IO:WALSync
                receiver goes on
                receiver sets startup's latch
                receiver sends reply 0/100012C 0/100012C 0/1000000
                receiver writes 100 bytes at 0/100012C
                receiver sends reply 0/1000190 0/100012C 0/1000000
                receiver waits in IO:WALSync
                """))
        #expect(script.counts.walSync == 2)
    }

    @Test("A flush in progress is not cut short by a latch")
    func deviceSleep() throws {
        let script = Script.standby()
        try script.play {
            begin(script)
            script.deliver(wal(script, 0, 100), to: "receiver")
            script.run("receiver")
            script.setLatch(of: "receiver")
            #expect(script.session("receiver").state == .waitingForDevice)
            script.finishIO("receiver")
            script.runWoken()
            end(script)
        }
    }

    @Test("Only what is flushed is replayed, and at the end of it the primary hears how far replay has come")
    func replay() throws {
        let script = Script.standby()
        try script.play {
            begin(script)
            script.deliver(wal(script, 0, 100), to: "receiver")
            script.run("receiver")
            #expect(script.server.walRcv.replayedUpto.load() == script.walStart)
            script.finishIO("receiver")
            script.run("startup")
            #expect(script.server.walRcv.replayedUpto.load() == script.walStart + 100)
            script.runWoken()
            #expect(script.lines.last == "receiver waits in Activity:WalReceiverMain")
            #expect(script.lines.contains("receiver sends reply 0/1000064 0/1000064 0/1000064"))
            end(script)
        }
    }

    @Test("A commit that waits for its replay has the reply sent as soon as it is replayed")
    func applyFeedback() throws {
        let script = Script.standby()
        let commits = ReplayedCommits(standbys: 1)
        script.server.replayedCommits = commits
        try script.play {
            begin(script)
            commits.note(script.walStart + 40, at: .zero, level: .remoteApply)
            commits.note(script.walStart + 60, at: .zero, level: .on)
            receive100(script)
            script.run("startup", pausingBefore: .spending(.replay), after: 1)
            #expect(script.server.walRcv.replayedUpto.load() == script.walStart + 40)
            script.run("receiver")
            #expect(script.lines.suffix(2).first == "receiver sends reply 0/1000064 0/1000064 0/1000028")
            script.run("startup")
            script.runWoken()
            end(script)
        }
    }

    /// A standby that replays each commit a second late.
    private func delayed(release: PostgresRelease = .v15) -> (Script, ReplayedCommits) {
        var settings = Settings()
        settings.recoveryMinApplyDelay = 1_000
        let script = Script.standby(release: release, settings: settings)
        let commits = ReplayedCommits(standbys: 1)
        commits.keepsAll = true
        script.server.replayedCommits = commits
        return (script, commits)
    }

    @Test("recovery_min_apply_delay holds commits back, not what is before them, and not flushes")
    func applyDelay() throws {
        let (script, commits) = delayed()
        try script.play {
            begin(script)
            commits.note(script.walStart + 100, at: .zero, level: .on)
            receive100(script)
            script.run("startup")
            #expect(script.lines.last == "startup waits at most 1s in Timeout:RecoveryApplyDelay")
            #expect(script.lines.contains("receiver sends reply 0/1000064 0/1000064 0/1000000"))
            script.clock += .seconds(1)
            script.finishSleep("startup")
            #expect(script.server.walRcv.replayedUpto.load() == script.walStart + 100)
            script.runWoken()
            end(script)
        }
    }

    @Test("With wal_receiver_status_interval 0 the primary hears nothing of flushes")
    func noStatus() throws {
        var settings = Settings()
        settings.walReceiverStatusInterval = 0
        let script = Script.standby(settings: settings)
        try script.play {
            script.begin("receiver", "receive") { $0.WalReceiverMain() }
            script.clearTranscript()
            receive100(script)
            #expect(!script.transcript.contains("sends reply"))
            script.deliver(.keepalive(walEnd: script.walStart + 100, replyRequested: true), to: "receiver")
            script.run("receiver")
            #expect(script.transcript.contains("receiver sends reply 0/1000064 0/1000064 0/1000000"))
            script.disconnect("receiver")
        }
    }

    @Test("In 9.6 the wait for that delay makes a set of events, too")
    func applyDelaySet() throws {
        let (script, commits) = delayed(release: .v96)
        try script.play {
            begin(script)
            commits.note(script.walStart + 100, at: .zero, level: .on)
            receive100(script)
            script.run("startup", pausingBefore: .spending(.eventSetCreate))
            #expect(script.session("startup").state == .paused)
            script.run("startup")
            #expect(script.lines.last == "startup waits at most 1s")
            script.clock += .seconds(1)
            script.finishSleep("startup")
            script.runWoken()
            end(script)
        }
    }

    @Test("From 16 on a standby says where it stands as soon as it streams", arguments: PostgresRelease.allCases)
    func firstReply(release: PostgresRelease) throws {
        let script = Script.standby(release: release)
        script.server.walRcv.flushedUpto.store(script.walStart + 20_000_000)
        script.server.walRcv.replayedUpto.store(script.walStart + 20_000_000)
        try script.play {
            script.begin("receiver", "receive") { $0.WalReceiverMain() }
            script.disconnect("receiver")
        }
        let reply = "receiver sends reply 0/2312D00 0/2312D00 0/2312D00"
        #expect(script.lines[1] == "receiver sends START_REPLICATION 0/2000000")
        #expect(script.lines.filter { $0.contains("reply") } == (release >= .v16 ? [reply] : []))
    }

    @Test("A finished segment is flushed at once, and the primary told, before what follows is written")
    func segmentEnd() throws {
        let script = Script.standby()
        let size = script.server.xlog.geometry.segmentSize
        try script.play {
            script.begin("receiver", "receive") { $0.WalReceiverMain() }
            script.clearTranscript()
            script.deliver(wal(script, size - 100, size + 100), to: "receiver")
            script.run("receiver")
            #expect(script.session("receiver").state == .waitingForDevice)
            script.finishIO("receiver")
            script.finishIO("receiver")
            script.disconnect("receiver")
        }
        #expect(
            script.lines.filter { $0.contains("writes") || $0.contains("reply") } == [
                "receiver writes 100 bytes at 0/1FFFF9C", "receiver sends reply 0/2000000 0/2000000 0/1000000",
                "receiver writes 100 bytes at 0/2000000", "receiver sends reply 0/2000064 0/2000000 0/1000000",
                "receiver sends reply 0/2000064 0/2000064 0/1000000",
            ])
        #expect(script.counts.walSync == 2)
    }

    @Test("A standby that comes back asks for WAL from the start of its segment")
    func restart() throws {
        let script = Script.standby()
        script.server.walRcv.flushedUpto.store(script.walStart + 20_000_000)
        try script.play {
            script.begin("receiver", "receive") { $0.WalReceiverMain() }
            script.disconnect("receiver")
        }
        #expect(script.lines[1] == "receiver sends START_REPLICATION 0/2000000")
    }

    @Test("A silent primary is asked to answer after half of wal_receiver_timeout, and given up after the whole")
    func timeout() throws {
        let script = Script.standby(release: .v16)
        try script.play {
            script.begin("receiver", "receive") { $0.WalReceiverMain() }
            script.clock += .seconds(30)
            script.finishSleep("receiver")
            script.clearTranscript()
            script.clock += .seconds(30)
            script.finishSleep("receiver")
        }
        #expect(script.lines == ["receiver goes on", "receiver sends end of connection", "receiver is done"])
    }
}
