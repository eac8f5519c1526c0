import Testing

@testable import Postgres

@Suite("Index entries of moved rows")
struct StaleEntryTests {
    @Test("A scan for a moved row visits the page that it left, too, and may prune it; then the entry is dead")
    func visit() throws {
        let script = Script(
            sessions: ["a", "b", "walwriter"], of: ServerProcesses(backends: 2), release: .v15, settings: Settings(),
            tables: [TableSpec(name: "t", rows: 610, tupleLength: 121)])
        script.deviceIsInstant = true
        let table = script.server.relations.tables[0]
        try script.play {
            script.begin("a", "moves a row off its full page, and reads it") { process in
                process.GetSnapshotData()
                #expect(process.heap_update(table, 0))
                process.heap_fetch(table, 0)
                #expect(table.staleEntry(ofRow: 0) == StaleEntry(block: 0, xid: 3), "b may still need the version")
                process.resetXmin()
                process.CommitTransaction()
            }
            script.begin("b", "reads the row twice") { process in
                process.GetSnapshotData()
                process.heap_fetch(table, 0)
                #expect(table.staleEntry(ofRow: 0) == nil)
                process.heap_fetch(table, 0)
            }
        }
        let prunes = script.inserted.filter { $0.type == script.server.typeNumber(.heapPrune) }
        #expect(prunes.count == 1)
        #expect(table.page(0).pointee.versions == RowVersions.none)
    }

    @Test("Of each row the newest entry is known")
    func newest() {
        var entries = StaleEntries()
        #expect(entries[7] == nil)
        entries.add(7, StaleEntry(block: 1, xid: 10))
        entries.add(7, StaleEntry(block: 2, xid: 20))
        #expect(entries[7] == StaleEntry(block: 2, xid: 20))
        entries.remove(7)
        #expect(entries[7] == nil)
        entries.add(7, StaleEntry(block: 3, xid: 30))
        #expect(entries[7] == StaleEntry(block: 3, xid: 30))
        entries.deallocate()
    }
}
