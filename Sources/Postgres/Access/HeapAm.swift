/// Changing and reading rows (src/backend/access/heap/heapam.c).
extension ServerProcess {
    /// Updates a row: on its page if there is room, which needs no new index entries (HOT), else on another one
    /// (heapam.c, heap_update); false if that would mean to wait for ever.
    func heap_update(_ table: HeapTable, _ row: Int) -> Bool {
        var block = index_fetch_heap(table, row)
        let outcome = lockRow(lockTag(row, of: table))
        // Between the look at the index and the lock another transaction may have moved the row, and be through with
        // it.
        let hasMoved = table.block(ofRow: row) != block
        if outcome != .free || hasMoved { unpin(table.id(block)) }
        if outcome == .deadlock { return false }
        if outcome == .updatedMeanwhile || hasMoved {
            machine.accrue(.evalPlanQual)
            block = index_fetch_heap(table, row)
            heap_lock_tuple(table, block)
        }
        let page = table.id(block)
        let contentLock = server.buffers.contentLock(of: page)
        LWLockAcquire(contentLock, .exclusive)
        if table.layout.alignedLength <= table.page(block).pointee.freeSpace(table.layout) {
            updateInPlace(table, row, block)
            LWLockRelease(contentLock)
        } else {
            // Others may see that the row is being changed while its page is unlocked to look for room elsewhere.
            logRowLock(table, block)
            LWLockRelease(contentLock)
            updateElsewhere(table, row, block)
            for index in table.indexes { btinsert(server.relations.indexes[index], row, replacing: true) }
        }
        unpin(page)
        return true
    }

    /// Finds a row's page through the index, pins it, prunes it if it is time to, and reads the row, which sets its
    /// hint bits (indexam.c, index_fetch_heap); returns the page's block number. The caller unpins it. The entry of a
    /// version that the row has left behind on another page leads there first.
    private func index_fetch_heap(_ table: HeapTable, _ row: Int) -> Int {
        // How this transaction's own update ends is not known yet.
        let setsHints = table.lacksHints(row) && !isMine(table, row)
        if let stale = table.staleEntry(ofRow: row) {
            // Versions of the last update alone lack hint bits: if that moved the row, one is on the page it left.
            visit(table, stale.block, setsHints && !table.isHeapOnly(row))
            unpin(table.id(stale.block))
            killItem(table, row, stale)
        }
        let block = table.block(ofRow: row)
        visit(table, block, setsHints)
        if setsHints { table.noteHints(row) }
        return block
    }

    /// Whether this transaction has updated the row that the session touched last, and this is that one.
    private func isMine(_ table: HeapTable, _ row: Int) -> Bool {
        let session = server.relations.session(of: number, table: table.number)
        return xid != 0 && session.pointee.updatedBy == xid && session.pointee.row == row
    }

    /// A scan that finds that nobody can see an entry's version any more marks it, and nobody follows it again
    /// (nbtutils.c, _bt_killitems).
    private func killItem(_ table: HeapTable, _ row: Int, _ stale: StaleEntry) {
        guard stale.xid < snapshotXmin, stale.xid < GetOldestNonRemovableTransactionId() else { return }
        table.removeStaleEntry(ofRow: row)
    }

    private func visit(_ table: HeapTable, _ block: Int, _ setsHints: Bool) {
        let page = table.id(block)
        pin(page)
        heap_page_prune_opt(table, block)
        let contentLock = server.buffers.contentLock(of: page)
        LWLockAcquire(contentLock, .shared)
        if setsHints { setHintBits(table, block) }
        LWLockRelease(contentLock, .shared)
    }

    /// Reads a row and lets go of it.
    func heap_fetch(_ table: HeapTable, _ row: Int) { unpin(table.id(index_fetch_heap(table, row))) }

    /// Locks the newest version of a row that another transaction has just updated, so that the statement can be
    /// evaluated again for it (heapam.c, heap_lock_tuple).
    private func heap_lock_tuple(_ table: HeapTable, _ block: Int) {
        let contentLock = server.buffers.contentLock(of: table.id(block))
        LWLockAcquire(contentLock, .exclusive)
        logRowLock(table, block)
        LWLockRelease(contentLock)
    }

    private func logRowLock(_ table: HeapTable, _ block: Int) {
        let image = table.page(block).pointee.usedSpace(table.layout)
        XLogInsert(
            RegisteredRecord(
                type: .heapLock, mainData: RecordSize.heapLockMainData,
                first: RegisteredBuffer(page: table.id(block), image: image)))
    }

    private func updateInPlace(_ table: HeapTable, _ row: Int, _ block: Int) {
        table.supersede(row, on: block, by: xid, leavesPage: false)
        let image = table.page(block).pointee.usedSpace(table.layout)
        let isLogical = server.settings.logsForDecoding
        let data = isLogical ? RecordSize.loggedTuple(table.layout.tupleLength) : RecordSize.hotUpdateData
        XLogInsert(
            RegisteredRecord(
                type: .heapHotUpdate, mainData: RecordSize.heapUpdateMainData,
                first: RegisteredBuffer(page: table.id(block), data: data, keepsData: isLogical, image: image)))
    }

    private func updateElsewhere(_ table: HeapTable, _ row: Int, _ block: Int) {
        let newBlock = RelationGetBufferForTuple(table, otherBlock: block)
        table.supersede(row, on: block, by: xid, leavesPage: true)
        table.move(row, to: newBlock, by: xid)
        let new = table.page(newBlock)
        new.pointee.addTuple()
        let isFirst = new.pointee.lines == 1
        let layout = table.layout
        let newBuffer = RegisteredBuffer(
            page: table.id(newBlock), data: RecordSize.loggedTuple(layout.tupleLength),
            keepsData: server.settings.logsForDecoding, image: isFirst ? 0 : new.pointee.usedSpace(layout))
        let oldBuffer = RegisteredBuffer(
            page: table.id(block), reference: RecordSize.sameRelationReference,
            image: table.page(block).pointee.usedSpace(layout))
        XLogInsert(
            RegisteredRecord(
                type: isFirst ? .heapUpdateInit : .heapUpdate, mainData: RecordSize.heapUpdateMainData,
                first: newBuffer, second: oldBuffer))
        unlock(table.id(block), table.id(newBlock))
    }

    /// Adds a row, where this session added its last one if there is room (heapam.c, heap_insert).
    func heap_insert(_ table: HeapTable) {
        assignTransactionIdIfNeeded()
        let block = RelationGetBufferForTuple(table, otherBlock: nil)
        let page = table.page(block)
        page.pointee.addTuple()
        let isFirst = page.pointee.lines == 1
        XLogInsert(
            RegisteredRecord(
                type: isFirst ? .heapInsertInit : .heapInsert, mainData: RecordSize.heapInsertMainData,
                first: RegisteredBuffer(
                    page: table.id(block), data: RecordSize.loggedTuple(table.layout.tupleLength),
                    keepsData: server.settings.logsForDecoding,
                    image: isFirst ? 0 : page.pointee.usedSpace(table.layout))))
        LWLockRelease(server.buffers.contentLock(of: table.id(block)))
        guard !table.indexes.isEmpty else { return }
        let key = table.newKey(nextRowNumber())
        for index in table.indexes { btinsert(server.relations.indexes[index], key, replacing: false) }
    }
}
