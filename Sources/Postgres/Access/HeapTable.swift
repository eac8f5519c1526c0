/// A table's pages and rows: handles. A page belongs to whoever holds its content lock; where rows are, and their old
/// versions, change between two calls of the machine only, so that one process at a time is at it.
struct HeapTable {
    /// Its number among the server's tables, and the relation's number among all relations.
    let number: Int
    let relation: Int
    let layout: HeapLayout
    let access: RowAccess
    /// Its indexes among those of the server.
    let indexes: Range<Int>
    private let pages: LazyArray<HeapPage>
    /// One bit a row: its newest version is one that no index entry points to.
    private let heapOnly: LazyArray<UInt64>
    /// One bit a row: it was updated, and nobody has read it since and noted on its versions how that ended.
    private let hintless: LazyArray<UInt64>
    private let state: UnsafeMutablePointer<State>

    private struct State {
        var versions = RowVersions()
        var moved = RowMap()
        var stale = StaleEntries()
        /// The row that comes next if statements touch one after the other, and where the next new one goes in the
        /// order of the indexes.
        var nextRow = 0
        var nextNewRow: Int
    }

    init(_ spec: TableSpec, number: Int, relation: Int, indexes: Range<Int>, blockLimit: Int) {
        self.number = number
        self.relation = relation
        self.indexes = indexes
        layout = HeapLayout(spec)
        access = spec.access
        pages = LazyArray(initial: HeapPage(), limit: blockLimit)
        heapOnly = LazyArray(initial: 0, limit: spec.rows / 64 + 1)
        hintless = LazyArray(initial: 0, limit: spec.rows / 64 + 1)
        state = .allocate(capacity: 1)
        state.initialize(to: State(nextNewRow: spec.rows))
    }

    func deallocate() {
        pages.deallocate()
        heapOnly.deallocate()
        hintless.deallocate()
        state.pointee.versions.deallocate()
        state.pointee.moved.deallocate()
        state.pointee.stale.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    // MARK: Pages

    /// A page, which is as it was loaded if nobody has looked at it before.
    @inline(__always)
    func page(_ block: Int) -> UnsafeMutablePointer<HeapPage> {
        let page = pages.pointer(block)
        if !page.pointee.flags.contains(.isKnown) {
            let rows = UInt16(layout.loadedRows(block: block))
            page.pointee = HeapPage(lines: rows, tuples: rows, flags: .isKnown)
        }
        return page
    }

    /// The pages that were looked at since the table was loaded, in their order: no other has changed.
    var changedBlocks: [Int] {
        var blocks: [Int] = []
        pages.forEachKept { block, page in
            if page.pointee.flags.contains(.isKnown) { blocks.append(block) }
        }
        return blocks
    }

    func id(_ block: Int) -> PageID { PageID(relation: relation, block: block) }

    // MARK: Rows

    /// The page that the newest version of a row is on.
    @inline(__always)
    func block(ofRow row: Int) -> Int { state.pointee.moved[row] ?? row / layout.rowsPerPage }

    /// Whether no index entry points to a row's newest version.
    func isHeapOnly(_ row: Int) -> Bool { heapOnly.load(row / 64) >> UInt64(row % 64) & 1 != 0 }

    /// Whether a row's last update left versions without hint bits.
    @inline(__always)
    func lacksHints(_ row: Int) -> Bool { hintless.load(row / 64) >> UInt64(row % 64) & 1 != 0 }

    /// A reader has set the hint bits of a row's versions.
    func noteHints(_ row: Int) { hintless.pointer(row / 64).pointee &= ~(UInt64(1) << UInt64(row % 64)) }

    /// Calls `body` for each row whose last update left versions without hint bits, in the order of rows.
    func forEachRowWithoutHints(_ body: (Int) -> Void) {
        hintless.forEachKept { index, word in
            var bits = word.pointee
            while bits != 0 {
                body(index * 64 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }

    /// How many old versions of rows the pages hold (`n_dead_tup`).
    var deadVersions: Int { state.pointee.versions.count }

    /// Puts a newer version of a row on the same page (HOT), or, without a tuple there, leaves the page.
    func supersede(_ row: Int, on block: Int, by xid: TransactionId, leavesPage: Bool) {
        let page = page(block)
        let version = RowVersion(xid: xid, isHeapOnly: isHeapOnly(row), leavesPage: leavesPage)
        page.pointee.versions = state.pointee.versions.push(version, before: page.pointee.versions)
        page.pointee.setPrunable(xid)
        page.pointee.flags.insert(.lacksHints)
        let bit = UInt64(1) << UInt64(row % 64)
        hintless.pointer(row / 64).pointee |= bit
        if leavesPage {
            page.pointee.flags.insert(.isFull)
            heapOnly.pointer(row / 64).pointee &= ~bit
        } else {
            page.pointee.addTuple()
            heapOnly.pointer(row / 64).pointee |= bit
        }
    }

    /// A row's newest version is on another page from now on; index entries lead to the one before too.
    func move(_ row: Int, to block: Int, by xid: TransactionId) {
        state.pointee.stale.add(row, StaleEntry(block: self.block(ofRow: row), xid: xid))
        state.pointee.moved.set(row, block: block)
    }

    /// The index entry of a version that the row has left behind; nil if there is none that scans still follow.
    @inline(__always)
    func staleEntry(ofRow row: Int) -> StaleEntry? { state.pointee.stale[row] }

    /// The entry has been marked as dead.
    func removeStaleEntry(ofRow row: Int) { state.pointee.stale.remove(row) }

    /// Takes a page's versions away that a transaction before `horizon` made old (pruneheap.c, heap_page_prune).
    func prune(_ block: Int, before horizon: TransactionId) -> PruneResult {
        let page = page(block)
        var result = PruneResult()
        var chained = 0
        var oldestLeft: TransactionId = 0
        page.pointee.versions = state.pointee.versions.remove(from: page.pointee.versions) { version in
            guard version.xid < horizon else {
                oldestLeft = oldestLeft == 0 ? version.xid : min(oldestLeft, version.xid)
                return false
            }
            page.pointee.tuples -= 1
            if version.isHeapOnly { result.unused += 1 }
            if version.leavesPage {
                result.dead += 1
            } else if version.isHeapOnly {
                chained += 1
            } else {
                result.redirected += 1
            }
            return true
        }
        page.pointee.unusedLines += UInt16(result.unused)
        page.pointee.pruneXid = oldestLeft
        page.pointee.flags.subtract([.isFull, .lacksHints])
        // Of several versions of one row only the root's redirection is logged.
        result.redirected += min(chained, max(Int(page.pointee.tuples) - result.redirected, 0))
        return result
    }

    // MARK: What statements touch

    /// The row that a statement touches: `uniform` is evenly distributed over 0 ..< 2^64.
    func row(_ uniform: UInt64) -> Int {
        guard let last = access.ranges.last else {
            defer { state.pointee.nextRow = (state.pointee.nextRow + 1) % max(layout.rows, 1) }
            return state.pointee.nextRow
        }
        if access.ranges.count == 1 { return Int(uniform.multipliedFullWidth(by: UInt64(last.end)).high) }
        return skewedRow(Double(uniform >> 11) * 0x1p-53)
    }

    private func skewedRow(_ probability: Double) -> Int {
        var low = 0
        var high = access.ranges.count - 1
        while low < high {
            let middle = (low + high) / 2
            if access.ranges[middle].cumulative > probability { high = middle } else { low = middle + 1 }
        }
        let range = access.ranges[low]
        let start = low == 0 ? RowAccess.Range(end: 0, cumulative: 0) : access.ranges[low - 1]
        let share = (probability - start.cumulative) / (range.cumulative - start.cumulative)
        return min(start.end + Int(share * Double(range.end - start.end)), range.end - 1)
    }

    /// Where a new row goes in the order of the indexes.
    func newKey(_ uniform: UInt64) -> Int {
        guard access.ranges.isEmpty else { return row(uniform) }
        state.pointee.nextNewRow += 1
        return state.pointee.nextNewRow - 1
    }
}

/// What pruning did to a page's line pointers; each is an entry of the record.
struct PruneResult: Equatable {
    /// Now lead to a newer version on the page (LP_REDIRECT).
    var redirected = 0
    /// Are all that is left of a row, until a vacuum removes the index entries (LP_DEAD).
    var dead = 0
    /// May be used again (LP_UNUSED).
    var unused = 0

    var isEmpty: Bool { redirected + dead + unused == 0 }
}
