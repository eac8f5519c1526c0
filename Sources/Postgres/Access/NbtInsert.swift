/// Inserting into an index (src/backend/access/nbtree/nbtinsert.c).
extension ServerProcess {
    /// Adds an entry for a row's new version, or for a new row (nbtree.c, btinsert; nbtinsert.c, _bt_doinsert).
    /// - Parameter replacing: the row has an entry already, of a version that is old now.
    func btinsert(_ index: BtreeIndex, _ key: Int, replacing: Bool) {
        let newestLast = server.traits.indexOrdersByPlace
        var block = index.leafBlock(key, newestLast: newestLast)
        LWLockAcquire(server.buffers.contentLock(of: index.id(block)), .exclusive)
        // The leaf may have been split while this process waited for it.
        while true {
            let present = index.leafBlock(key, newestLast: newestLast)
            if present == block { break }
            LWLockRelease(server.buffers.contentLock(of: index.id(block)))
            block = present
            LWLockAcquire(server.buffers.contentLock(of: index.id(block)), .exclusive)
        }
        machine.accrue(.indexInsert)
        let leaf = index.leaf(block)
        if Int(leaf.pointee.entries) >= index.layout.maxEntries { deleteDeadEntries(index, block) }
        if replacing { leaf.pointee.noteDead(xid) }
        if Int(leaf.pointee.entries) < index.layout.maxEntries {
            insert(index, block)
        } else {
            split(index, block, key)
        }
        LWLockRelease(server.buffers.contentLock(of: index.id(block)))
    }

    private func insert(_ index: BtreeIndex, _ block: Int) {
        let leaf = index.leaf(block)
        leaf.pointee.entries += 1
        XLogInsert(
            RegisteredRecord(
                type: .btreeInsertLeaf, mainData: RecordSize.btreeInsertMainData,
                first: RegisteredBuffer(
                    page: index.id(block), data: index.layout.tupleLength,
                    image: index.layout.imageLength(entries: Int(leaf.pointee.entries)))))
    }

    /// Before a leaf is split, entries go whose rows' versions nobody can see (nbtinsert.c,
    /// _bt_delete_or_dedup_one_page; before 14 only those that a scan had marked: here all of them are).
    private func deleteDeadEntries(_ index: BtreeIndex, _ block: Int) {
        let leaf = index.leaf(block)
        let dead = Int(leaf.pointee.deadOld)
        guard dead > 0, leaf.pointee.deadOldXid < GetOldestNonRemovableTransactionId() else { return }
        leaf.pointee.entries -= UInt16(dead)
        leaf.pointee.deadOld = 0
        XLogInsert(
            RegisteredRecord(
                type: .btreeDelete, mainData: server.traits.btreeDeleteMainData,
                first: RegisteredBuffer(
                    page: index.id(block), data: 2 * dead,
                    image: index.layout.imageLength(entries: Int(leaf.pointee.entries)))))
    }

    /// Makes two leaves of a full one, with the new entry in either, and tells their parent (nbtinsert.c, _bt_split and
    /// _bt_insert_parent).
    private func split(_ index: BtreeIndex, _ block: Int, _ key: Int) {
        let newBlock = Int(server.buffers.relations[index.relation].blockCount.fetchAdd(1))
        guard newBlock < BufferLimits.blocks(atStart: index.layout.pages) else {
            machine.panic("index \(index.relation) would get more than \(newBlock) pages")
        }
        let traits = server.traits
        let split = index.split(block, for: key, newBlock: newBlock, takesFirstFit: traits.btreeSplitsAtFirstFit)
        let layout = index.layout
        // The left page's new high key, and the new entry if it went there.
        let leftData = layout.tupleLength * ((split.newIsLeft ? 1 : 0) + (traits.btreeSplitLogsHighKey ? 1 : 0))
        // All of the right page, with its high key if it is not the last one.
        let rightItems = split.rightEntries + (split.sibling == nil ? 0 : 1)
        let left = RegisteredBuffer(
            page: index.id(block), data: leftData,
            image: layout.imageLength(entries: Int(index.leaf(block).pointee.entries)))
        let right = RegisteredBuffer(
            page: index.id(newBlock), reference: RecordSize.sameRelationReference,
            data: layout.tupleLength * rightItems, image: 0)
        let sibling = split.sibling.map {
            RegisteredBuffer(
                page: index.id($0), reference: RecordSize.sameRelationReference,
                image: layout.imageLength(entries: Int(index.leaf($0).pointee.entries)))
        }
        XLogInsert(
            RegisteredRecord(
                type: split.newIsLeft ? .btreeSplitLeft : .btreeSplitRight,
                mainData: traits.btreeSplitMainData, first: left, second: right, third: sibling))
        insertIntoParent(index, block, split)
    }

    private func insertIntoParent(_ index: BtreeIndex, _ block: Int, _ split: BtreeSplit) {
        let layout = index.layout
        let parent = RegisteredBuffer(
            page: index.id(split.parent), data: layout.tupleLength,
            image: layout.imageLength(entries: layout.childrenPerParent))
        let child = RegisteredBuffer(
            page: index.id(block), reference: RecordSize.sameRelationReference,
            image: layout.imageLength(entries: Int(index.leaf(block).pointee.entries)))
        XLogInsert(
            RegisteredRecord(
                type: .btreeInsertUpper, mainData: RecordSize.btreeInsertMainData, first: parent, second: child))
    }
}
