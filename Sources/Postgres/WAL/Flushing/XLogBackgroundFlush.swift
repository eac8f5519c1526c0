import SimTime

/// Asynchronous commits and the walwriter's share of the work (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Notes that a commit ending at `position` must become durable soon, and wakes the walwriter if it should act
    /// before its next round (xlog.c, XLogSetAsyncXactLSN).
    func XLogSetAsyncXactLSN(_ position: XLogRecPtr) {
        let (previous, isSleeping) = server.xlog.info.withLock(self) { info in
            if !server.traits.resultsAreAtomic { copyLogwrtResult() }
            let previous = info.asyncXactLSN
            info.asyncXactLSN = max(previous, position)
            return (previous, info.walWriterSleeping)
        }
        if !server.traits.nudgesWalWriterPerPage && position <= previous { return }
        if isSleeping || shouldNudgeWalWriter(position) { machine.setLatch(server.walWriter) }
    }

    private func shouldNudgeWalWriter(_ position: XLogRecPtr) -> Bool {
        if server.traits.nudgesWalWriterPerPage {
            return WALFormat.pageStart(position) > logwrtResult.flush
        }
        copyLogwrtResult()
        let flushAfter = server.settings.walWriterFlushAfter
        let pending = WALFormat.pageNumber(position) &- WALFormat.pageNumber(logwrtResult.flush)
        return flushAfter == 0 || Int64(bitPattern: pending) >= Int64(flushAfter)
    }

    /// Writes finished pages, or up to the newest asynchronous commit if there are none, and flushes as
    /// `wal_writer_delay` and `wal_writer_flush_after` ask; false if there was nothing to do
    /// (xlog.c, XLogBackgroundFlush).
    func XLogBackgroundFlush() -> Bool {
        let xlog = server.xlog
        var flexible = true
        let requested = xlog.info.withLock(self) { info in
            if !server.traits.resultsAreAtomic { copyLogwrtResult() }
            return info.requestedWrite
        }
        if server.traits.resultsAreAtomic { copyLogwrtResult() }
        var write = WALFormat.pageStart(requested)
        if write <= logwrtResult.flush {
            write = xlog.info.withLock(self) { $0.asyncXactLSN }
            flexible = false
        }
        if write <= logwrtResult.flush { return false }
        let flush = shouldFlush(upTo: write) ? write : 0

        _ = WaitXLogInsertionsToFinish(write)
        LWLockAcquire(xlog.walWriteLock, .exclusive)
        copyLogwrtResult()
        if write > logwrtResult.write || flush > logwrtResult.flush {
            XLogWrite(write: write, flush: flush, flexible: flexible)
        }
        LWLockRelease(xlog.walWriteLock)
        WalSndWakeupProcessRequests()
        AdvanceXLInsertBuffer(0, opportunistic: true)
        return true
    }

    /// The first round, one `wal_writer_delay` after the last flush, and enough pages to be worth it.
    private func shouldFlush(upTo write: XLogRecPtr) -> Bool {
        let settings = server.settings
        let now = machine.now
        let pages = WALFormat.pageNumber(write) - WALFormat.pageNumber(logwrtResult.flush)
        let isDue = lastBackgroundFlush.map { now - $0 >= .milliseconds(Int64(settings.walWriterDelay)) } ?? true
        guard settings.walWriterFlushAfter == 0 || isDue || pages >= UInt64(settings.walWriterFlushAfter) else {
            return false
        }
        // Noted when decided, before the I/O.
        lastBackgroundFlush = now
        return true
    }
}
