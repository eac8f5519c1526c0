/// What came of wanting to change a row.
enum RowLockResult {
    /// Nobody else was changing it.
    case free
    /// It took waiting for others, who have made a newer version of the row: PostgreSQL locks that one with a record of
    /// its own (Heap/LOCK) and evaluates the statement again for it.
    case updatedMeanwhile
    /// The wait would never have ended: the transaction must abort.
    case deadlock
}

/// Changing a row that others may be changing (src/backend/access/heap/heapam.c, heapam_handler.c).
extension ServerProcess {
    /// Makes sure that no other running transaction has changed the row, and none can until this one ends.
    ///
    /// Call it before the page is locked: the waits in it hold no content lock, as PostgreSQL's do not.
    @inline(__always)
    func lockRow(_ row: RowID) -> RowLockResult {
        assignTransactionIdIfNeeded()
        machine.settle()
        guard let other = markRow(row) else { return .free }
        return waitForRow(other)
    }

    /// Writes this transaction's id into the row's header; returns the mark of the running one that came first, if any.
    private func markRow(_ row: RowID) -> RowMark? {
        let mark = rowMarks.make(row, xid, number)
        let procs = self.procs
        let number = self.number
        let other = server.lockManager.rows.put(mark) { present in
            present.holder == number
                || TransactionId(truncatingIfNeeded: procs[present.holder].xid.load()) == present.xid
        }
        guard let other else {
            rowMarks.keep(mark)
            return nil
        }
        rowMarks.recycle(mark)
        return other.holder == number ? nil : other
    }

    /// Waits in line for the row as it was found, then follows the row to its newest version (heapam.c, heap_update;
    /// heapam_handler.c, heapam_tuple_lock).
    ///
    /// Only the old version has an orderly line. When its line dissolves, each process finds the row updated, lets the
    /// next one go and waits for whoever has the newest version, so that all of them end up waiting for one transaction
    /// and are woken together when it ends.
    @inline(never)
    private func waitForRow(_ found: RowMark) -> RowLockResult {
        let row = found.row
        guard LockTuple(row, changedBy: found.xid, of: found.holder) else { return .deadlock }
        let hasEnded = XactLockTableWait(found.xid, of: found.holder, for: row)
        // heap_update found it updated, and left it to its caller to follow the row.
        UnlockTuple()
        guard hasEnded else { return .deadlock }
        while let other = markRow(row) {
            guard XactLockTableWait(other.xid, of: other.holder, for: row) else { return .deadlock }
        }
        return .updatedMeanwhile
    }
}
