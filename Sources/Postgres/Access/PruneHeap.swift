/// Getting room back from old versions of rows (src/backend/access/heap/pruneheap.c), and hint bits.
extension ServerProcess {
    /// Prunes a page that this process has pinned, if it is short of room, if something on it is old enough, and if
    /// nobody else has it pinned or locked just now (pruneheap.c, heap_page_prune_opt).
    @inline(__always)
    func heap_page_prune_opt(_ table: HeapTable, _ block: Int) {
        let page = table.page(block)
        // No horizon is beyond this statement's own snapshot.
        guard page.pointee.pruneXid != 0, page.pointee.pruneXid < snapshotXmin else { return }
        pruneIfWorthwhile(table, block, page)
    }

    @inline(never)
    private func pruneIfWorthwhile(_ table: HeapTable, _ block: Int, _ page: UnsafeMutablePointer<HeapPage>) {
        let wanted = max(table.layout.reserve, PageLayout.size / 10)
        guard page.pointee.flags.contains(.isFull) || page.pointee.freeSpace(table.layout) < wanted else { return }
        let horizon = GetOldestNonRemovableTransactionId()
        guard page.pointee.pruneXid < horizon, conditionalLockForCleanup(table.id(block)) else { return }
        // Somebody may have been faster.
        heap_page_prune(table, block, horizon)
        LWLockRelease(server.buffers.contentLock(of: table.id(block)))
    }

    /// Takes away what no transaction from `horizon` on can see. The caller has the page locked for cleanup. A look at
    /// all versions comes first, which sets hint bits: where these are logged, that has the page's image.
    func heap_page_prune(_ table: HeapTable, _ block: Int, _ horizon: TransactionId) {
        let page = table.page(block)
        guard page.pointee.pruneXid != 0, page.pointee.pruneXid < horizon else { return }
        if server.settings.logsHintBits, page.pointee.flags.contains(.lacksHints) { setHintBits(table, block) }
        let result = table.prune(block, before: horizon)
        machine.accrue(.heapPrune, result.redirected + result.dead + result.unused)
        if !result.isEmpty { logPruning(table, block, result) }
    }

    /// Takes a page's content lock if it is free and no other process has the page pinned
    /// (bufmgr.c, ConditionalLockBufferForCleanup).
    func conditionalLockForCleanup(_ page: PageID) -> Bool {
        let contentLock = server.buffers.contentLock(of: page)
        guard LWLockConditionalAcquire(contentLock, .exclusive) else { return false }
        if server.buffers.pins(of: page).load() == 1 { return true }
        LWLockRelease(contentLock)
        return false
    }

    private func logPruning(_ table: HeapTable, _ block: Int, _ result: PruneResult) {
        let size = server.traits.pruneRecord(result)
        XLogInsert(
            RegisteredRecord(
                type: .heapPrune, mainData: size.mainData,
                first: RegisteredBuffer(
                    page: table.id(block), data: size.data, image: table.page(block).pointee.usedSpace(table.layout))))
    }

    /// The first reader of a tuple after its transaction's end notes on it how that ended. With `wal_log_hints` or
    /// checksums the first such change of a page after a checkpoint logs the page (bufmgr.c, MarkBufferDirtyHint;
    /// xloginsert.c, XLogSaveBufferForHint). The caller holds the page's content lock, shared.
    @inline(never)
    func setHintBits(_ table: HeapTable, _ block: Int) {
        let id = table.id(block)
        if server.buffers.isDirty(id) { return }
        let lsn = server.buffers.pageLSN(of: id)
        guard server.settings.logsHintBits, lsn <= GetRedoRecPtr() else {
            server.buffers.markDirty(id, lsn: lsn)
            return
        }
        XLogInsert(
            RegisteredRecord(
                type: .fpiForHint, mainData: 0,
                first: RegisteredBuffer(
                    page: id, image: table.page(block).pointee.usedSpace(table.layout), isForced: true)))
    }
}
