import SimTime
import Testing

@testable import Postgres

/// A table of ten full pages, and autovacuum to look at it.
private func script(_ settings: Settings) -> Script {
    let script = Script(
        sessions: ["a", "b", "walwriter", "vacuum"], of: ServerProcesses(backends: 2, hasAutovacuum: true),
        release: .v15, settings: settings, tables: [TableSpec(name: "t", rows: 610, tupleLength: 121)])
    script.deviceIsInstant = true
    return script
}

private var heldBack: Settings {
    var settings = Settings()
    settings.walLogHints = true
    settings.vacuumDeferCleanupAge = 1_000_000
    return settings
}

/// Moves a row to another page in a transaction of its own.
private func update(_ process: ScriptedProcess, _ row: Int) {
    process.GetSnapshotData()
    #expect(process.heap_update(process.server.relations.tables[0], row))
    process.resetXmin()
    process.CommitTransaction()
}

/// A checkpoint begins, and has written every page.
private func checkpoint(_ process: ScriptedProcess) {
    let head = process.server.xlog.insertHead
    process.server.xlog.redoRecPtr.store(head)
    process.server.xlog.info.withLock(process) { $0.redoRecPtr = head }
    for page in process.server.buffers.dirtyPages { process.server.buffers.markClean(page) }
}

extension Script {
    /// How many records of a type were inserted.
    fileprivate func count(_ type: RecordType) -> Int {
        inserted.count { $0.type == server.typeNumber(type) }
    }
}

@Suite("Vacuum")
struct VacuumTests {
    @Test("It sets the hint bits of both versions of a row that moved, and their pages are logged once")
    func hints() throws {
        let script = script(heldBack)
        let table = script.server.relations.tables[0]
        try script.play {
            script.begin("a", "moves rows of pages 0 and 3 to page 10, and a checkpoint comes") { process in
                for row in [5, 185] { update(process, row) }
                checkpoint(process)
            }
            script.begin("vacuum", "visits the table twice") { process in
                process.lazy_vacuum(table)
                #expect(script.count(.fpiForHint) == 3)
                #expect(!table.lacksHints(5) && !table.lacksHints(185))
                process.lazy_vacuum(table)
            }
            script.begin("b", "reads the rows after another checkpoint") { process in
                checkpoint(process)
                process.GetSnapshotData()
                for row in [5, 185] { process.heap_fetch(table, row) }
            }
        }
        #expect(script.count(.fpiForHint) == 3, "nothing is left to note")
        #expect(script.count(.heapPrune) == 0, "somebody might still see the old versions")
        #expect(table.deadVersions == 2)
    }

    @Test("A row whose transaction still runs is left for later")
    func running() throws {
        let script = script(heldBack)
        let table = script.server.relations.tables[0]
        try script.play {
            script.begin("a", "is about to move a row to another page") { process in
                process.GetSnapshotData()
                #expect(process.heap_update(table, 5))
            }
            script.begin("vacuum", "visits the table") { $0.lazy_vacuum(table) }
            script.begin("a", "commits") { process in
                #expect(table.lacksHints(5))
                process.resetXmin()
                process.CommitTransaction()
            }
            script.begin("vacuum", "visits the table") { $0.lazy_vacuum(table) }
        }
        #expect(!table.lacksHints(5))
        #expect(script.count(.fpiForHint) == 0, "the pages had their images at the change")
    }

    @Test("It prunes what nobody can see; the image of the page is in the record of the hint bits, which come first")
    func pruning() throws {
        var settings = Settings()
        settings.walLogHints = true
        let script = script(settings)
        let table = script.server.relations.tables[0]
        try script.play {
            script.begin("a", "moves a row to another page, and a checkpoint comes") { process in
                update(process, 5)
                checkpoint(process)
            }
            script.begin("vacuum", "visits the table") { $0.lazy_vacuum(table) }
        }
        let types = script.inserted.suffix(3).map(\.type)
        #expect(types == [.fpiForHint, .heapPrune, .fpiForHint].map(script.server.typeNumber))
        #expect(script.inserted.suffix(3).map { $0.imageBytes > 0 } == [true, false, true])
        #expect(table.deadVersions == 0)
    }

    @Test("Autovacuum comes after a nap, to tables with more than 50 old versions and a fifth of their rows")
    func threshold() throws {
        let script = script(heldBack)
        let table = script.server.relations.tables[0]
        try script.play {
            script.begin("vacuum", "waits for work") { $0.AutoVacuumMain() }
            script.begin("a", "moves 172 rows") { process in for row in 0..<172 { update(process, row) } }
            script.clock = .zero + .seconds(60)
            script.finishSleep("vacuum")
            #expect(table.lacksHints(171))
            script.begin("a", "moves one more") { update($0, 172) }
            script.clock = .zero + .seconds(120)
            script.finishSleep("vacuum")
            #expect(!table.lacksHints(0) && !table.lacksHints(172))
            script.shutdownRequested = true
            script.finishSleep("vacuum")
        }
    }
}
