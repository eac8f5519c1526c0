import Testing

@testable import Postgres

/// The table as `pgbench -i` makes pgbench_accounts, of a few pages.
func accounts(rows: Int = 610, fillfactor: Int = 100) -> HeapTable {
    HeapTable(
        TableSpec(name: "accounts", rows: rows, tupleLength: 121, fillfactor: fillfactor), number: 0, relation: 0,
        indexes: 0..<0, blockLimit: 1_000)
}

@Suite("Room on heap pages")
struct HeapPageTests {
    @Test("Pages hold as many accounts as measured: 61, and 55 at fillfactor 90", arguments: [(100, 61), (90, 55)])
    func rowsPerPage(fillfactor: Int, rows: Int) {
        let layout = HeapLayout(TableSpec(name: "a", rows: 5_000_000, tupleLength: 121, fillfactor: fillfactor))
        #expect(layout.rowsPerPage == rows)
        #expect(layout.pages == (fillfactor == 100 ? 81_968 : 90_910))
    }

    @Test("A full page's image has 8,076 bytes, one of fillfactor 90 after its first update 7,416")
    func images() {
        let full = accounts()
        #expect(full.page(0).pointee.usedSpace(full.layout) == 8_076)
        let roomy = accounts(fillfactor: 90)
        roomy.supersede(0, on: 0, by: 5, leavesPage: false)
        #expect(roomy.page(0).pointee.usedSpace(roomy.layout) == 7_416)
        full.deallocate()
        roomy.deallocate()
    }

    @Test("A full page has room again once the version that left it is pruned, for one HOT update at a time")
    func firstTouchThenHot() {
        let table = accounts()
        let needed = table.layout.alignedLength
        #expect(table.page(0).pointee.freeSpace(table.layout) < needed)
        table.supersede(7, on: 0, by: 10, leavesPage: true)
        table.move(7, to: 10, by: 10)
        #expect(table.block(ofRow: 7) == 10 && table.block(ofRow: 8) == 0)
        #expect(table.prune(0, before: 10).isEmpty, "transaction 10 may still run for somebody")
        #expect(table.prune(0, before: 11) == PruneResult(dead: 1))
        #expect(table.page(0).pointee.freeSpace(table.layout) >= needed)

        table.supersede(8, on: 0, by: 12, leavesPage: false)
        #expect(table.page(0).pointee.freeSpace(table.layout) < needed)
        #expect(table.prune(0, before: 13) == PruneResult(redirected: 1))
        // The row's next version replaces one that only the redirection led to: its line pointer is free again.
        table.supersede(8, on: 0, by: 14, leavesPage: false)
        #expect(table.prune(0, before: 15) == PruneResult(redirected: 1, unused: 1))
        #expect(table.page(0).pointee.unusedLines == 1)
        table.deallocate()
    }

    @Test("Pruning leaves what somebody may still see, and remembers from when on it may go")
    func horizon() {
        let table = accounts(fillfactor: 50)
        for (row, xid) in zip(0..<6, [20, 21, 22, 23, 24, 25] as [TransactionId]) {
            table.supersede(row, on: 0, by: xid, leavesPage: false)
        }
        #expect(table.page(0).pointee.pruneXid == 20)
        #expect(table.prune(0, before: 23).redirected == 3)
        #expect(table.page(0).pointee.pruneXid == 23)
        #expect(table.prune(0, before: 100).redirected == 3)
        #expect(table.page(0).pointee.pruneXid == 0)
        table.deallocate()
    }
}

@Suite("Where rows are")
struct RowMapTests {
    @Test("A hundred thousand moved rows are found, others are not")
    func manyRows() {
        var map = RowMap()
        for row in 0..<100_000 { map.set(row * 7, block: row + 3) }
        for row in 0..<100_000 { map.set(row * 7, block: row + 5) }
        #expect(map.count == 100_000)
        #expect((0..<100_000).allSatisfy { map[$0 * 7] == $0 + 5 })
        #expect((0..<100_000).allSatisfy { map[$0 * 7 + 1] == nil })
        map.deallocate()
    }

    @Test("Hot rows get their share of accesses, and uniform ones theirs")
    func access() {
        let ranges = [RowAccess.Range(end: 10, cumulative: 0.9), RowAccess.Range(end: 1_000, cumulative: 1)]
        let table = HeapTable(
            TableSpec(name: "t", rows: 1_000, tupleLength: 40, access: RowAccess(ranges: ranges)), number: 0,
            relation: 0, indexes: 0..<0, blockLimit: 100)
        let step = UInt64.max / 10_000
        let rows = (0..<10_000).map { table.row(UInt64($0) * step) }
        #expect((8_999...9_001).contains(rows.count { $0 < 10 }))
        #expect(rows.allSatisfy { (0..<1_000).contains($0) })
        #expect(Set(rows.filter { $0 < 10 }).count == 10)
        table.deallocate()
    }

    @Test("Rows touched one after the other begin anew behind the last")
    func oneAfterTheOther() {
        let table = HeapTable(
            TableSpec(name: "t", rows: 3, tupleLength: 40, access: .append), number: 0, relation: 0, indexes: 0..<0,
            blockLimit: 100)
        #expect((0..<5).map { _ in table.row(0) } == [0, 1, 2, 0, 1])
        #expect(table.newKey(0) == 3 && table.newKey(0) == 4)
        table.deallocate()
    }
}
