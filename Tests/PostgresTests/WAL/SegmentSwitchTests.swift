import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// XLOG_SWITCH, and `archive_timeout`, which asks for it.
@Suite("Ending a segment before it is full")
struct SegmentSwitchTests {
    private static let segment: XLogRecPtr = 1 << 20

    private func script(release: PostgresRelease = .v16, archiveTimeout: Int = 0) -> Script {
        var settings = Settings()
        settings.walSegmentSize = Self.segment
        settings.archiveTimeout = archiveTimeout
        let script = Script("a", "b", release: release, settings: settings, hasCheckpointer: true)
        script.deviceIsInstant = true
        return script
    }

    private func switches(_ script: Script) -> [Int] {
        script.inserted.filter { $0.type == script.server.typeNumber(.xlogSwitch) }.map(\.length)
    }

    @Test("A record of 24 bytes takes the rest of the segment, which is durable when the switch is done")
    func takesTheRest() throws {
        let script = script()
        let end = script.walStart + Self.segment
        try script.play {
            script.begin("a", "insert") { $0.insert(104) }
            script.begin("checkpointer", "switch") { $0.RequestXLogSwitch() }
            #expect(self.switches(script) == [24])
            #expect(script.server.xlog.insertHead == end && script.server.xlog.flushedUpTo == end)
            script.begin("a", "insert") { #expect($0.insert(104) == end + WALFormat.longHeader + 104) }
        }
    }

    @Test("Where a segment begins nothing is inserted")
    func emptySegment() throws {
        let script = script()
        try script.play {
            script.begin("checkpointer", "switch") { $0.RequestXLogSwitch() }
            script.begin("a", "insert") { $0.insert(104) }
            script.begin("checkpointer", "switch twice") { process in
                process.RequestXLogSwitch()
                process.RequestXLogSwitch()
            }
        }
        #expect(switches(script) == [24])
    }

    @Test("A record that ends with its segment takes no further one")
    func fitsExactly() throws {
        let script = script()
        let end = script.walStart + Self.segment
        try script.play {
            script.fill(upTo: end - 24, by: "a")
            script.begin("checkpointer", "switch") { $0.RequestXLogSwitch() }
        }
        #expect(switches(script) == [24] && script.server.xlog.insertHead == end)
    }

    @Test("It waits for those who insert, and everybody who wants to insert waits for it")
    func holdsAllLocks() throws {
        let script = script()
        try script.play {
            script.begin("a", "insert", pausingBefore: .spending(.recordCopy)) { $0.insert(104) }
            script.begin("checkpointer", "switch") { $0.RequestXLogSwitch() }
            #expect(script.session("checkpointer").event == .lwLockWALInsert)
            script.run("a")
            script.session("checkpointer").pausePoint = (.spending(.recordCopy), 0)
            script.run("checkpointer", pausingBefore: .spending(.recordCopy))
            script.begin("b", "insert") { $0.insert(104) }
            #expect(script.session("b").event == .lwLockWALInsert)
            script.run("checkpointer")
            script.runWoken()
        }
        #expect(script.inserted.map(\.length) == [104, 24, 104])
    }

    /// What `CheckArchiveTimeout` has switched by each of some seconds, after what is logged at the first of them.
    private func switched(
        _ release: PostgresRelease, at seconds: [Int64], logging: @escaping (ScriptedProcess) -> Void
    ) throws -> [Int] {
        let script = script(release: release, archiveTimeout: 60)
        var counts: [Int] = []
        try script.play {
            for (index, second) in seconds.enumerated() {
                if index == 0 { script.begin("b", "log", logging) }
                script.clock = .zero + .seconds(second)
                script.begin("checkpointer", "look") { $0.CheckArchiveTimeout() }
                counts.append(self.switches(script).count)
            }
        }
        return counts
    }

    @Test("archive_timeout ends a segment once, when it has passed, and starts anew")
    func archiveTimeout() throws {
        #expect(try switched(.v16, at: [59, 60, 61, 120, 180]) { $0.insert() } == [0, 1, 1, 1, 1])
        #expect(try switched(.v16, at: [60, 119, 120]) { _ in } == [0, 0, 0])
    }

    @Test("Running transactions alone are no reason to end a segment, but in 9.6")
    func unimportant() throws {
        #expect(try switched(.v16, at: [60, 120]) { $0.LogStandbySnapshot() } == [0, 0])
        #expect(try switched(.v96, at: [60, 120]) { $0.LogStandbySnapshot() } == [1, 1])
    }

    /// How many snapshots the background writer has logged after each of some steps, 15 s apart.
    private func snapshots(
        _ release: PostgresRelease, after steps: [@Sendable (ScriptedProcess) -> Void]
    ) throws -> [Int] {
        var settings = Settings()
        settings.walSegmentSize = Self.segment
        let script = Script(
            sessions: ["a", "walwriter", "checkpointer", "bgwriter"],
            of: ServerProcesses(backends: 1, hasCheckpointer: true, hasBackgroundWriter: true), release: release,
            settings: settings)
        script.deviceIsInstant = true
        var counts: [Int] = []
        try script.play {
            script.begin("bgwriter", "main") { $0.BackgroundWriterMain() }
            for step in steps {
                script.begin("checkpointer", "step", step)
                let before = script.inserted.count
                script.clock += .seconds(15)
                script.finishSleep("bgwriter")
                counts.append(script.inserted.count - before)
            }
            script.shutdownRequested = true
            script.finishSleep("bgwriter")
        }
        return counts
    }

    @Test("Nor is an ended segment a reason to log them again, but in 9.6; a checkpoint is")
    func snapshotAfterSwitch() throws {
        let steps: [@Sendable (ScriptedProcess) -> Void] = [
            { $0.insert() }, { $0.RequestXLogSwitch() }, { $0.LogStandbySnapshot() }, { _ in },
            { #expect($0.CreateCheckPoint(.force)) }, { _ in },
        ]
        for release in PostgresRelease.modern { #expect(try snapshots(release, after: steps) == [1, 0, 0, 0, 1, 0]) }
        #expect(try snapshots(.v96, after: steps) == [1, 1, 1, 0, 1, 0])
    }

    @Test("A segment that others have filled meanwhile counts as ended")
    func filledSegment() throws {
        let script = script(archiveTimeout: 60)
        let next = script.walStart + Self.segment
        try script.play {
            script.fill(upTo: next + WALFormat.longHeader, by: "a")
            script.clock = .zero + .seconds(50)
            script.begin("a", "flush, insert") { process in
                process.XLogFlush(next)
                process.insert()
            }
            script.clock = .zero + .seconds(109)
            script.begin("checkpointer", "look") { $0.CheckArchiveTimeout() }
            #expect(self.switches(script).isEmpty)
            script.clock = .zero + .seconds(110)
            script.begin("checkpointer", "look") { $0.CheckArchiveTimeout() }
        }
        #expect(switches(script) == [24])
    }
}
