import SimTime

/// What a page's visit costs a vacuum before it pauses (src/backend/commands/vacuum.c).
private enum VacuumCost {
    /// `vacuum_cost_page_hit`: the page is in shared buffers, as all are here.
    static let pageHit = 1
    /// `vacuum_cost_page_dirty`: it was clean.
    static let pageDirty = 20
    /// `vacuum_cost_limit`.
    static let limit = 200
    /// A pause is at most so many times `autovacuum_vacuum_cost_delay`.
    static let longestPause = 4.0
}

/// Vacuuming a table (src/backend/access/heap/vacuumlazy.c), as far as its first pass over the table goes: it prunes
/// each page and sets the hint bits of all versions whose transactions have ended. Index entries of what it pruned stay
/// for scans to find, and nobody learns of the room.
extension ServerProcess {
    /// A version without hint bits on a page, and whether it is the row's newest.
    private typealias Unsettled = (block: Int, row: Int, isNewest: Bool)

    /// Visits the pages that changed since the table was loaded, in their order (vacuumlazy.c, lazy_scan_heap).
    func lazy_vacuum(_ table: HeapTable) {
        let unsettled = versionsWithoutHints(table)
        var next = 0
        var cost = 0
        for block in table.changedBlocks {
            guard !machine.shutdownRequested else { return }
            vacuum_delay_point(&cost)
            let first = next
            while next < unsettled.count, unsettled[next].block <= block { next += 1 }
            cost += vacuum(table, block, unsettled[first..<next])
        }
    }

    private func versionsWithoutHints(_ table: HeapTable) -> [Unsettled] {
        var versions: [Unsettled] = []
        table.forEachRowWithoutHints { row in
            versions.append((table.block(ofRow: row), row, true))
            if !table.isHeapOnly(row), let stale = table.staleEntry(ofRow: row) {
                versions.append((stale.block, row, false))
            }
        }
        return versions.sorted { ($0.block, $0.row) < ($1.block, $1.row) }
    }

    /// Prunes a page and sets its hint bits, unless somebody else is at it; returns what that cost.
    private func vacuum(_ table: HeapTable, _ block: Int, _ unsettled: ArraySlice<Unsettled>) -> Int {
        let page = table.id(block)
        pin(page)
        defer { unpin(page) }
        machine.accrue(.heapPrune, Int(table.page(block).pointee.tuples))
        guard conditionalLockForCleanup(page) else { return VacuumCost.pageHit }
        let wasDirty = server.buffers.isDirty(page)
        heap_page_prune(table, block, GetOldestNonRemovableTransactionId())
        let settled = unsettled.filter { table.lacksHints($0.row) && !isBeingChanged(table, $0.row) }
        if !settled.isEmpty { setHintBits(table, block) }
        // The row may have moved on since the list was made: its bits are set where it is now only if that is here.
        for version in settled where version.isNewest && table.block(ofRow: version.row) == block {
            table.noteHints(version.row)
        }
        let isDirty = server.buffers.isDirty(page)
        LWLockRelease(server.buffers.contentLock(of: page))
        return VacuumCost.pageHit + (isDirty && !wasDirty ? VacuumCost.pageDirty : 0)
    }

    /// Whether the transaction that changed a row last may still run.
    private func isBeingChanged(_ table: HeapTable, _ row: Int) -> Bool {
        server.lockManager.rows.isMarked(lockTag(row, of: table)) { mark in
            TransactionId(truncatingIfNeeded: procs[mark.holder].xid.load()) == mark.xid
        }
    }

    /// Pauses once enough work is done, the longer the more (vacuum.c, vacuum_delay_point).
    private func vacuum_delay_point(_ cost: inout Int) {
        let delay = server.settings.autovacuumVacuumCostDelay
        guard delay > 0, cost >= VacuumCost.limit else { return }
        let pause = min(delay * Double(cost) / Double(VacuumCost.limit), delay * VacuumCost.longestPause)
        cost = 0
        machine.report(.timeoutVacuumDelay)
        _ = machine.waitLatch(timeout: .microseconds(Int64(pause * 1000)))
        machine.resetLatch()
        machine.report(.none)
    }
}
