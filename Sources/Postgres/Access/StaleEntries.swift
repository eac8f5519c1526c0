/// An index entry of a version that its row has left behind on another page.
struct StaleEntry: Equatable {
    /// The page that it leads to.
    var block: Int
    /// The transaction that moved the row.
    var xid: TransactionId
}

/// The index entries of a table that lead to pages which rows have left, and that no scan has marked as dead yet
/// (LP_DEAD): for each row the newest, 16 bytes a row that ever moved.
struct StaleEntries {
    private var blocks = RowMap()
    private var movers = RowMap()

    func deallocate() {
        blocks.deallocate()
        movers.deallocate()
    }

    @inline(__always)
    subscript(row: Int) -> StaleEntry? {
        guard let xid = movers[row], xid != Self.dead else { return nil }
        return StaleEntry(block: blocks[row]!, xid: TransactionId(xid))
    }

    mutating func add(_ row: Int, _ entry: StaleEntry) {
        blocks.set(row, block: entry.block)
        movers.set(row, block: Int(entry.xid))
    }

    /// Scans follow the row's entry no more.
    mutating func remove(_ row: Int) { movers.set(row, block: Self.dead) }

    /// No transaction's number (InvalidTransactionId).
    private static var dead: Int { 0 }
}
