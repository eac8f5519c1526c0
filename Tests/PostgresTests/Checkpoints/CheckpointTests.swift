import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// What a checkpoint waits for, who waits for it, and when one begins.
@Suite("A checkpoint")
struct CheckpointTests {
    private func script(_ names: String..., release: PostgresRelease = .v17) -> Script {
        let script = Script(names[0], names.count > 1 ? names[1] : "other", release: release, hasCheckpointer: true)
        script.deviceIsInstant = true
        return script
    }

    /// Whether each of the checkpoints told of was timed, and whether it was completed.
    private func outcomes(_ script: Script) -> [(timed: Bool, done: Bool)] {
        var timed: [Bool] = []
        var done: [Bool] = []
        for event in script.checkpointEvents {
            switch event {
            case .started(let isTimed, _): timed.append(isTimed)
            case .ended(let isDone): done.append(isDone)
            default: break
            }
        }
        return zip(timed, done).map { ($0, $1) }
    }

    @Test("A commit that is being flushed keeps the checkpoint polling every 10 ms, and is not held up itself")
    func delayedByCommit() throws {
        let script = script("a")
        try script.play {
            script.deviceIsInstant = false
            script.begin("a", "commit") { $0.commitOne() }
            script.deviceIsInstant = true
            script.clearTranscript()
            script.begin("checkpointer", "checkpoint") { #expect($0.CreateCheckPoint(.force)) }
            script.finishSleep("checkpointer")
            script.finishIO("a")
            script.finishSleep("checkpointer")
        }
        #expect(
            script.transcript.hasPrefix(
                """
                checkpointer: checkpoint
                checkpointer sleeps 10ms in IPC:CheckpointDelayStart
                checkpointer goes on
                checkpointer sleeps 10ms in IPC:CheckpointDelayStart
                a goes on
                a is done
                checkpointer goes on
                """))
    }

    @Test("Up to 16 the same poll shows no event")
    func delayWithoutEvent() throws {
        let script = script("a", release: .v16)
        try script.play {
            script.deviceIsInstant = false
            script.begin("a", "commit") { $0.commitOne() }
            script.deviceIsInstant = true
            script.begin("checkpointer", "checkpoint") { #expect($0.CreateCheckPoint(.force)) }
            script.finishIO("a")
            script.finishSleep("checkpointer")
        }
        #expect(script.transcript.contains("checkpointer sleeps 10ms\n"))
    }

    @Test("The next commit of the same process is not waited for")
    func nextCommit() throws {
        let script = script("a")
        try script.play {
            script.deviceIsInstant = false
            script.begin("a", "commit") { $0.commitOne() }
            script.begin("checkpointer", "checkpoint") { #expect($0.CreateCheckPoint(.force)) }
            script.finishIO("a")
            script.begin("a", "commit again") { $0.commitOne() }
            script.clearTranscript()
            script.deviceIsInstant = true
            script.finishSleep("checkpointer")
            script.finishIO("a")
            script.runWoken()
        }
        #expect(!script.transcript.contains("CheckpointDelayStart"))
    }

    @Test("The redo point waits for a record that is being copied, and keeps others from inserting meanwhile")
    func redoPoint() throws {
        let script = script("a", "b", release: .v16)
        try script.play {
            // Process 0 uses the first insertion lock, process 1 the second.
            script.begin("b", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert() }
            script.begin("checkpointer", "checkpoint") { #expect($0.CreateCheckPoint(.force)) }
            script.begin("a", "insert") { $0.insert() }
            script.run("b")
            script.runWoken()
        }
        #expect(
            script.transcript.hasPrefix(
                """
                b: insert
                b pauses
                checkpointer: checkpoint
                checkpointer waits in LWLock:WALInsert
                a: insert
                a waits in LWLock:WALInsert
                b goes on
                b wakes checkpointer
                b is done
                checkpointer goes on
                checkpointer wakes a
                """))
    }

    @Test(
        "The redo point is the place of its record from 17 on, and the head of the WAL before",
        arguments: [
            PostgresRelease.v16, .v17,
        ])
    func redoPosition(release: PostgresRelease) throws {
        let script = script("a", release: release)
        var head: XLogRecPtr = 0
        try script.play {
            script.begin("a", "insert") { $0.insert() }
            head = script.server.xlog.insertHead
            script.begin("checkpointer", "checkpoint") { #expect($0.CreateCheckPoint(.force)) }
        }
        #expect(script.server.xlog.redoRecPtr.load() == head)
        #expect(script.server.xlog.info.unprotected.redoRecPtr == head)
        // RUNNING_XACTS of 50 bytes and CHECKPOINT_ONLINE of 114, from 17 on behind CHECKPOINT_REDO of 30: each padded.
        let written = script.server.xlog.insertHead - head
        #expect(written == (release >= .v17 ? 32 : 0) + 56 + 120)
        #expect(script.server.xlog.flushedUpTo == script.server.xlog.insertHead)
    }

    @Test(
        "Checkpoints come by the clock; one that finds nothing to do counts as one", arguments: PostgresRelease.modern)
    func timed(release: PostgresRelease) throws {
        let script = script("a", release: release)
        try script.play {
            script.begin("checkpointer", "main") { $0.CheckpointerMain() }
            script.clock += .seconds(300)
            script.finishSleep("checkpointer")
            script.begin("a", "insert") { $0.insert() }
            script.clock += .seconds(300)
            script.finishSleep("checkpointer")
            script.shutdownRequested = true
            script.finishSleep("checkpointer")
        }
        #expect(outcomes(script).map(\.timed) == [true, true])
        #expect(outcomes(script).map(\.done) == [false, true])
        let waits = script.lines.filter { $0.contains("Activity:CheckpointerMain") }
        #expect(waits.map { $0.split(separator: " ")[4] } == ["300s", "300s", "300s"])
    }

    @Test("The next checkpoint is due a checkpoint_timeout after the last one began, however long that took")
    func fromBeginning() throws {
        let script = script("a")
        try script.play {
            script.begin("checkpointer", "main") { $0.CheckpointerMain() }
            script.deviceIsInstant = false
            script.begin("a", "commit") { $0.commitOne() }
            script.deviceIsInstant = true
            script.clock += .seconds(300)
            script.finishSleep("checkpointer")
            // It polls for the commit meanwhile.
            script.clock += .seconds(20)
            script.finishIO("a")
            script.finishSleep("checkpointer")
            script.shutdownRequested = true
            script.finishSleep("checkpointer")
        }
        let waits = script.lines.filter { $0.contains("Activity:CheckpointerMain") }
        #expect(waits.map { $0.split(separator: " ")[4] } == ["300s", "280s"])
    }

    @Test("A request comes at once and need not wait for the clock")
    func requested() throws {
        let script = script("a")
        try script.play {
            script.begin("checkpointer", "main") { $0.CheckpointerMain() }
            script.clock += .seconds(7)
            script.begin("a", "ask") { $0.RequestCheckpoint([.force, .immediate]) }
            script.runWoken()
            script.shutdownRequested = true
            script.finishSleep("checkpointer")
        }
        #expect(outcomes(script).map(\.timed) == [false])
        #expect(outcomes(script).map(\.done) == [true])
    }

    @Test("WAL volume that asks for checkpoints sooner than checkpoint_warning is told of")
    func warning() throws {
        let script = script("a")
        try script.play {
            script.begin("checkpointer", "main") { $0.CheckpointerMain() }
            for span in [31, 29] as [Int64] {
                script.clock += .seconds(span)
                script.begin("a", "write and ask") { process in
                    process.insert()
                    process.RequestCheckpoint(.causeXLog)
                }
                script.runWoken()
            }
            script.shutdownRequested = true
            script.finishSleep("checkpointer")
        }
        let warned = script.checkpointEvents.compactMap { event -> Bool? in
            guard case .started(_, let tooOften) = event else { return nil }
            return tooOften
        }
        #expect(warned == [false, true])
    }

    @Test("Segments before the redo point become segments to come, as far as they are worth having")
    func recycling() throws {
        var settings = Settings()
        settings.walSegmentSize = 1 << 20
        settings.minWALSize = 2
        settings.maxWALSize = 1024
        let script = Script("a", settings: settings, hasCheckpointer: true, recycledSegments: 6)
        script.deviceIsInstant = true
        try script.play {
            // From segment 1 into segment 5.
            script.fill(upTo: script.walStart + (4 << 20) + 40, by: "a")
            script.begin("a", "flush") { $0.XLogFlush(script.walStart + (4 << 20)) }
            script.begin("checkpointer", "checkpoint") { #expect($0.CreateCheckPoint(.force)) }
        }
        // Four segments were used: with 4 x 1.9 x 1.1 = 8.4 more to come, up to segment 14; 7 was the newest.
        let moves = script.lines.filter { $0.contains("renames") || $0.contains("removes") }
        #expect(
            moves == (1...4).map { "checkpointer renames segment \($0) to \($0 + 7)" })
        #expect(script.server.oldestSegment == 5)
        #expect(script.server.newestSegment == 11)
    }

    @Test("Without wal_recycle they are removed, and wal_keep_size keeps them")
    func removing() throws {
        for (keep, removed) in [(0, 4), (2, 2), (100, 0)] {
            var settings = Settings()
            settings.walSegmentSize = 1 << 20
            settings.walRecycle = false
            settings.walKeepSize = keep
            let script = Script("a", settings: settings, hasCheckpointer: true, recycledSegments: 6)
            script.deviceIsInstant = true
            try script.play {
                script.fill(upTo: script.walStart + (4 << 20) + 40, by: "a")
                script.begin("checkpointer", "checkpoint") { #expect($0.CreateCheckPoint(.force)) }
            }
            #expect(script.lines.filter { $0.contains("removes") }.count == removed)
            #expect(script.server.oldestSegment == UInt64(1 + removed))
        }
    }
}
