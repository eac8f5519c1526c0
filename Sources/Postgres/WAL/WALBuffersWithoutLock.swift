/// Initialising WAL pages without WALBufMappingLock, as release 18's betas did (xlog.c before it was taken back on
/// 22 August 2025).
///
/// Each page is reserved by one process, which waits until the page before it in the same buffer is initialised and
/// written, and makes the new one. Pages may be ready out of order: `initializedUpTo` moves over all that are, and
/// whoever moves it tells those who wait.
extension ServerProcess {
    /// `AdvanceXLInsertBuffer` of that design.
    func advanceWithoutMappingLock(_ upto: XLogRecPtr, opportunistic: Bool) {
        let xlog = server.xlog
        var page = xlog.initializeReserved.load()
        while opportunistic || upto >= page {
            let evicted = evictedPageEnd(for: page)
            if opportunistic && logwrtResult.write < evicted { break }
            let (isOurs, original) = xlog.initializeReserved.compareExchange(
                expected: page, desired: page + WALFormat.pageSize)
            if isOurs {
                initializeReservedPage(page, evicting: evicted)
                page = xlog.initializeReserved.load()
            } else {
                page = original
            }
        }
        guard !opportunistic else { return }
        // Others may be at work on the pages that were reserved before.
        awaitCondition(xlog.initializedUpToCondVar, .ipcWalBufferInit) { upto < xlog.initializedUpTo.load() }
    }

    /// The end of the page that had the same buffer before; 0 if the buffer was never used.
    private func evictedPageEnd(for page: XLogRecPtr) -> XLogRecPtr {
        let capacity = UInt64(server.xlog.bufferCount) * WALFormat.pageSize
        let end = page + WALFormat.pageSize
        return end > server.xlog.start + capacity ? end - capacity : 0
    }

    private func initializeReservedPage(_ page: XLogRecPtr, evicting evicted: XLogRecPtr) {
        let xlog = server.xlog
        awaitCondition(xlog.initializedUpToCondVar, .ipcWalBufferInit) { evicted <= xlog.initializedUpTo.load() }
        if logwrtResult.write < evicted {
            requestWrite(upTo: evicted)
            if logwrtResult.write < evicted { writeEvicted(upTo: evicted) }
        }
        let slot = xlog.slot(of: page)
        fillPage(page, slot)
        advanceInitializedUpTo(from: page)
    }

    /// Moves the end of the initialised pages over this one and over those behind it that are ready; nothing if one
    /// before it is not.
    private func advanceInitializedUpTo(from page: XLogRecPtr) {
        let xlog = server.xlog
        var start = page
        var hasMoved = false
        while xlog.xlblocks[xlog.slot(of: start)].load() == start + WALFormat.pageSize,
            xlog.initializedUpTo.compareExchange(expected: start, desired: start + WALFormat.pageSize).exchanged
        {
            hasMoved = true
            start += WALFormat.pageSize
        }
        if hasMoved { ConditionVariableBroadcast(xlog.initializedUpToCondVar) }
    }
}
