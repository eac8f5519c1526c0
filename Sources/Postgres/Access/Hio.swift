/// Finding room for a row (src/backend/access/heap/hio.c), and the locks and pins of its pages.
extension ServerProcess {
    /// A page with room for a new row, with its content lock held, and that of `otherBlock`: the page that this session
    /// filled last, at first the table's last one, and if that is full a new page. The free space map knows of no
    /// other: only a vacuum would tell it (hio.c, RelationGetBufferForTuple).
    func RelationGetBufferForTuple(_ table: HeapTable, otherBlock: Int?) -> Int {
        let session = server.relations.session(of: number, table: table.number)
        let blockCount = server.buffers.relations[table.relation].blockCount
        if session.pointee.targetBlock < 0 { session.pointee.targetBlock = Int(blockCount.load()) - 1 }
        let target = session.pointee.targetBlock
        if target >= 0 {
            lock(table.id(target), otherBlock.map(table.id))
            let needed = table.layout.alignedLength + table.layout.reserve
            if needed <= table.page(target).pointee.freeSpace(table.layout) { return target }
            unlock(table.id(target), otherBlock.map(table.id))
        }
        let new = Int(blockCount.fetchAdd(1))
        guard new < BufferLimits.blocks(atStart: table.layout.pages) else {
            machine.panic("relation \(table.relation) would get more than \(new) pages")
        }
        session.pointee.targetBlock = new
        lock(table.id(new), otherBlock.map(table.id))
        return new
    }

    /// Takes the content locks of one or two pages of a relation, in an order in which nobody waits in a circle.
    func lock(_ page: PageID, _ other: PageID?) {
        let first = server.buffers.contentLock(of: page)
        guard let second = other.map(server.buffers.contentLock), second.id != first.id else {
            LWLockAcquire(first, .exclusive)
            return
        }
        LWLockAcquire(first.id < second.id ? first : second, .exclusive)
        LWLockAcquire(first.id < second.id ? second : first, .exclusive)
    }

    /// Releases what `lock` took.
    func unlock(_ page: PageID, _ other: PageID?) {
        let first = server.buffers.contentLock(of: page)
        LWLockRelease(first)
        guard let second = other.map(server.buffers.contentLock), second.id != first.id else { return }
        LWLockRelease(second)
    }

    /// Keeps others from pruning a page while this process looks at it (bufmgr.c, PinBuffer).
    @inline(__always)
    func pin(_ page: PageID) { _ = server.buffers.pins(of: page).fetchAdd(1) }

    /// bufmgr.c, UnpinBuffer.
    @inline(__always)
    func unpin(_ page: PageID) { _ = server.buffers.pins(of: page).fetchAdd(.max) }
}
