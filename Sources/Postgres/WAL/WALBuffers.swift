/// The WAL buffers: finding a page's buffer and making room for new pages (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// The buffer of the page that holds `position`, which this process is about to fill (xlog.c, GetXLogBuffer).
    func GetXLogBuffer(_ position: XLogRecPtr) -> Int {
        let page = WALFormat.pageStart(position)
        if page == cachedPage { return cachedSlot }
        let xlog = server.xlog
        let slot = xlog.slot(of: position)
        let end = page + WALFormat.pageSize
        if xlog.xlblocks[slot].load() != end {
            // Making room may mean sleeping for others, who in turn may sleep for us: say how far we are. Just behind
            // a page header nothing of this page is ours yet, so that the page's start is as true, and of more use.
            let isBehindHeader = position == page + xlog.geometry.headerSize(page)
            WALInsertLockUpdateInsertingAt(isBehindHeader ? page : position)
            AdvanceXLInsertBuffer(position, opportunistic: false)
            guard xlog.xlblocks[slot].load() == end else {
                machine.panic("could not find WAL buffer for \(formatLSN(position))")
            }
        }
        cachedPage = page
        cachedSlot = slot
        return slot
    }

    /// Initialises WAL pages up to the one that holds `upto`, evicting old ones; opportunistically only as many as
    /// need no writing (xlog.c, AdvanceXLInsertBuffer).
    func AdvanceXLInsertBuffer(_ upto: XLogRecPtr, opportunistic: Bool) {
        let xlog = server.xlog
        if !server.variants.hasWALBufMappingLock {
            return advanceWithoutMappingLock(upto, opportunistic: opportunistic)
        }
        LWLockAcquire(xlog.walBufMappingLock, .exclusive)
        while opportunistic || upto >= xlog.initializedUpTo.load() {
            let pageStart = xlog.initializedUpTo.load()
            let slot = xlog.slot(of: pageStart)
            let evicted = xlog.xlblocks[slot].load()
            if logwrtResult.write < evicted {
                if opportunistic { break }
                if !makeRoom(evicting: evicted) { continue }
            }
            fillPage(pageStart, slot)
            xlog.initializedUpTo.store(pageStart + WALFormat.pageSize)
        }
        LWLockRelease(xlog.walBufMappingLock)
    }

    /// Sees to it that the page that ends at `evicted` is written. False if WALBufMappingLock was dropped meanwhile,
    /// so that somebody else may have initialised the page.
    private func makeRoom(evicting evicted: XLogRecPtr) -> Bool {
        let xlog = server.xlog
        requestWrite(upTo: evicted)
        if logwrtResult.write >= evicted { return true }
        LWLockRelease(xlog.walBufMappingLock)
        writeEvicted(upTo: evicted)
        LWLockAcquire(xlog.walBufMappingLock, .exclusive)
        return false
    }

    /// Writes what has to leave its buffer, once those who still copy into it are done.
    func writeEvicted(upTo evicted: XLogRecPtr) {
        let xlog = server.xlog
        _ = WaitXLogInsertionsToFinish(evicted)
        LWLockAcquire(xlog.walWriteLock, .exclusive)
        refreshLogwrtResult()
        if logwrtResult.write < evicted {
            machine.observe(.walBufferEvicted)
            XLogWrite(write: evicted, flush: 0, flexible: false)
        }
        LWLockRelease(xlog.walWriteLock)
    }

    /// Zeroes a buffer for the page that starts at `pageStart`. The caller holds WALBufMappingLock, or has reserved the
    /// page.
    func fillPage(_ pageStart: XLogRecPtr, _ slot: Int) {
        let xlog = server.xlog
        // Nobody may take the half-made page for a ready one.
        xlog.xlblocks[slot].store(0)
        machine.spend(.pageInit, 1)
        machine.initializeWALPage(slot: slot, pageAddress: pageStart)
        xlog.xlblocks[slot].store(pageStart + WALFormat.pageSize)
    }
}
