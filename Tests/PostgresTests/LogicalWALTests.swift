import Testing
import WaitEvents

@testable import Postgres

/// What `wal_level = logical` adds to the WAL.
@Suite("With wal_level = logical")
struct LogicalWALTests {
    private func script(
        _ level: WALLevel, tupleLength: Int = 121, rows: Int = 100, commit: SynchronousCommit = .on
    ) -> Script {
        var settings = Settings()
        settings.walLevel = level
        settings.synchronousCommit = commit
        let script = Script(
            sessions: ["a", "b", "walwriter"], of: ServerProcesses(backends: 2), release: .v15, settings: settings,
            tables: [TableSpec(name: "t", rows: rows, tupleLength: tupleLength)])
        script.deviceIsInstant = true
        return script
    }

    private func records(_ script: Script, _ type: RecordType) -> [(length: Int, imageBytes: Int)] {
        script.inserted.filter { $0.type == script.server.typeNumber(type) }.map { ($0.length, $0.imageBytes) }
    }

    @Test(
        "A commit names its database: 12 bytes more, of which remote_apply has four anyway",
        arguments: [
            (WALLevel.minimal, SynchronousCommit.on, 34), (.replica, .on, 34), (.replica, .remoteApply, 38),
            (.logical, .on, 46), (.logical, .off, 46), (.logical, .remoteApply, 46),
        ])
    func commit(level: WALLevel, commit: SynchronousCommit, length: Int) throws {
        let script = script(level, commit: commit)
        try script.play {
            script.begin("a", "commit") { $0.commitOne() }
            script.begin("b", "abort") { process in
                process.assignTransactionIdIfNeeded()
                process.AbortTransaction()
            }
        }
        #expect(script.inserted.last?.length == 34, "an abort says no more than ever")
        #expect(script.inserted.dropLast().last?.length == length)
    }

    /// Records of two updates of a row on its page: the first one with an image of that.
    private func updates(_ level: WALLevel, tupleLength: Int) throws -> [(length: Int, imageBytes: Int)] {
        let script = script(level, tupleLength: tupleLength, rows: 10)
        try script.play {
            script.begin("a", "update twice") { process in
                let table = process.server.relations.tables[0]
                for _ in 0..<2 {
                    process.GetSnapshotData()
                    #expect(process.heap_update(table, 5))
                    process.resetXmin()
                    process.CommitTransaction()
                }
            }
        }
        return records(script, .heapHotUpdate)
    }

    @Test(
        "An update on the page carries the whole new row, beside an image of the page too",
        arguments: [(121, 163), (36, 78), (32, 74)])
    func hotUpdate(tupleLength: Int, length: Int) throws {
        let logical = try updates(.logical, tupleLength: tupleLength)
        let replica = try updates(.replica, tupleLength: tupleLength)
        #expect(replica.map { $0.length - $0.imageBytes } == [24 + 20 + 5 + 2 + 14, 72])
        #expect(logical.map { $0.length - $0.imageBytes } == [24 + 20 + 5 + 2 + 14 + length - 60, length])
        #expect(logical.map(\.imageBytes) == replica.map(\.imageBytes))
    }

    /// How much longer a record is for the tuple that stands beside the image, if any record does that.
    private func excess(
        _ type: RecordType, rows: Int, _ step: @escaping (ScriptedProcess, HeapTable) -> Void
    ) throws -> Int {
        let lengths = try [WALLevel.replica, .logical].map { level in
            let script = script(level, rows: rows)
            try script.play {
                script.begin("a", "step") { process in
                    let table = process.server.relations.tables[0]
                    process.GetSnapshotData()
                    step(process, table)
                    process.server.xlog.redoRecPtr.store(process.server.xlog.insertHead)
                    step(process, table)
                }
            }
            let record = try #require(self.records(script, type).last)
            #expect(record.imageBytes > 0)
            return record.length
        }
        return lengths[1] - lengths[0]
    }

    @Test("An insertion, and an update to another page, carry the row beside an image of the page")
    func keptData() throws {
        #expect(try excess(.heapInsert, rows: 10) { process, table in process.heap_insert(table) } == 5 + 121 - 23)
        var row = 0
        let moved = try excess(.heapUpdate, rows: 610) { process, table in
            row = (row + 61) % 610
            #expect(process.heap_update(table, row))
        }
        #expect(moved == 5 + 121 - 23)
    }

    @Test(
        "Nobody ends a transaction until the running ones are logged; else only nobody begins one",
        arguments: [
            (WALLevel.replica, false), (.logical, true),
        ])
    func snapshot(level: WALLevel, waits: Bool) throws {
        let script = script(level)
        try script.play {
            script.begin("b", "begin") { $0.assignTransactionIdIfNeeded() }
            script.begin("a", "log", pausingBefore: .spending(.recordCopy)) { $0.LogStandbySnapshot() }
            script.begin("b", "end") { $0.ProcArrayEndTransaction() }
            #expect((script.session("b").event == .lwLockProcArray) == waits)
            script.run("a")
            script.runWoken()
        }
        #expect(records(script, .runningXacts).map(\.length) == [54])
    }
}
