import SimTime
import Testing

@testable import Postgres

/// What a checkpoint does under all insertion locks: here nobody holds one.
private func moveRedoPoint(_ process: ScriptedProcess) {
    let head = process.server.xlog.insertHead
    process.server.xlog.redoRecPtr.store(head)
    process.server.xlog.info.withLock(process) { $0.redoRecPtr = head }
}

@Suite("Full-page images")
struct PageImageTests {
    private let table = TableSpec(
        name: "t", rows: 10_000, tupleLength: 121, fillfactor: 50, access: .uniform(rows: 10_000))

    private func script(_ settings: Settings = Settings(), _ names: String...) -> Script {
        Script(
            sessions: names + ["walwriter"], of: ServerProcesses(backends: names.count), release: .v15,
            settings: settings, tables: [table])
    }

    @Test("Compression is kept only if it makes the image smaller, its two bytes for the hole included")
    func compression() {
        #expect(PageImage(length: 7_416, compression: .init(0.1)).bytes == 742)
        #expect(PageImage(length: 7_416, compression: .init(0.1)).header == 7)
        #expect(
            PageImage(length: 8_192, compression: .init(0.5)).header == 5, "a page without a hole needs no word for it")
        #expect(PageImage(length: 7_416, compression: .init(0.9999)).bytes == 7_416)
        #expect(PageImage(length: 7_416, compression: nil).header == 5)
    }

    @Test("A page that is less full compresses worse: its first row and the tables of codes stay")
    func fixedPart() {
        let size = ImageCompression.Size(0.05, fixed: 150)
        #expect(PageImage(length: 8_000, compression: size).bytes == 550)
        #expect(PageImage(length: 4_000, compression: size).bytes == 350)
        #expect(PageImage(length: 150, compression: size).bytes == 150, "larger than the page: stored as it is")
    }

    @Test("The first change of a page after the redo point has an image, the second has none")
    func firstTouch() throws {
        let script = script(Settings(), "a")
        script.deviceIsInstant = true
        try script.play {
            script.begin("a", "updates a row twice") { process in
                process.GetSnapshotData()
                _ = process.heap_update(process.server.relations.tables[0], 0)
                _ = process.heap_update(process.server.relations.tables[0], 1)
            }
        }
        let layout = HeapLayout(table)
        let image = 24 + (layout.rowsPerPage + 1) * 132
        #expect(script.inserted.map(\.imageBytes) == [image, 0])
        #expect(script.inserted.map(\.length) == [65 + image, 72])
    }

    @Test("With full_page_writes off nothing has an image")
    func pageWritesOff() throws {
        var settings = Settings()
        settings.fullPageWrites = false
        let script = script(settings, "a")
        script.deviceIsInstant = true
        try script.play {
            script.begin("a", "updates a row") { process in
                process.GetSnapshotData()
                _ = process.heap_update(process.server.relations.tables[0], 0)
            }
        }
        #expect(script.inserted.map(\.imageBytes) == [0])
    }

    @Test("A redo point that moves between assembly and insertion makes the record start again, now with an image")
    func staleRedoPoint() throws {
        let script = script(Settings(), "a", "checkpointer")
        script.deviceIsInstant = true
        try script.play {
            script.begin("a", "touches the page") { process in
                process.GetSnapshotData()
                _ = process.heap_update(process.server.relations.tables[0], 0)
            }
            // Assembled without an image, and not yet at the insertion lock.
            script.begin("a", "changes it again", pausingBefore: .spending(.recordAssembly)) { process in
                process.GetSnapshotData()
                _ = process.heap_update(process.server.relations.tables[0], 1)
            }
            script.begin("checkpointer", "moves the redo point") { moveRedoPoint($0) }
            script.run("a")
        }
        let layout = HeapLayout(table)
        let image = 24 + (layout.rowsPerPage + 2) * 132
        #expect(script.inserted.map(\.imageBytes) == [24 + (layout.rowsPerPage + 1) * 132, image])
    }

    @Test("wal_log_hints logs a page whose hint bits a row's first reader after a checkpoint sets")
    func hintBits() throws {
        var settings = Settings()
        settings.walLogHints = true
        let script = script(settings, "a")
        script.deviceIsInstant = true
        try script.play {
            script.begin("a", "changes a page, which a checkpoint writes, and reads it") { process in
                let table = process.server.relations.tables[0]
                process.GetSnapshotData()
                _ = process.heap_update(table, 0)
                process.server.buffers.markClean(table.id(0))
                moveRedoPoint(process)
                process.heap_fetch(table, 1)
                #expect(table.lacksHints(0) && !table.lacksHints(1))
                process.heap_fetch(table, 0)
                process.heap_fetch(table, 0)
            }
        }
        let hints = script.server.typeNumber(.fpiForHint)
        #expect(script.inserted.count == 2)
        #expect(script.inserted[1].type == hints)
        #expect(script.inserted[1].length - script.inserted[1].imageBytes == 49)
    }

    @Test("Dirty pages come in order, and are clean once written")
    func dirtyPages() {
        let script = script(Settings(), "a")
        let buffers = script.server.buffers
        for block in [90, 3, 41] { buffers.markDirty(PageID(relation: 0, block: block), lsn: 8_000) }
        buffers.markDirty(PageID(relation: 0, block: 3), lsn: 9_000)
        #expect(buffers.dirtyCount == 3)
        #expect(buffers.dirtyPages.map(\.block) == [3, 41, 90])
        #expect(buffers.pageLSN(of: PageID(relation: 0, block: 3)) == 9_000)
        buffers.markClean(PageID(relation: 0, block: 41))
        buffers.markClean(PageID(relation: 0, block: 41))
        #expect(buffers.dirtyPages.map(\.block) == [3, 90] && buffers.dirtyCount == 2)
        #expect(buffers.pageLSN(of: PageID(relation: 0, block: 41)) == 8_000)
    }
}
