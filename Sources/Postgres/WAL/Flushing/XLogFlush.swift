import SimTime

/// Making WAL durable (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Returns once everything up to `record` is durable: by this process's own flush, which then takes along all
    /// that others have finished inserting, or by somebody else's (xlog.c, XLogFlush).
    func XLogFlush(_ record: XLogRecPtr) {
        if record <= logwrtResult.flush { return }
        machine.accrue(.xlogFlush)
        let xlog = server.xlog
        var wanted = record
        while true {
            guard let request = requestUnlessFlushed(record, wanted) else { break }
            wanted = request
            let insertPosition = WaitXLogInsertionsToFinish(wanted)
            // While we slept the holder may have flushed our record too: look again rather than take the lock.
            if !LWLockAcquireOrWait(xlog.walWriteLock, .exclusive) { continue }
            copyLogwrtResult()
            if record > logwrtResult.flush {
                let end = commitDelay(insertPosition)
                XLogWrite(write: end, flush: end, flexible: false)
            }
            LWLockRelease(xlog.walWriteLock)
            break
        }
        WalSndWakeupProcessRequests()
        guard logwrtResult.flush >= record else {
            machine.panic("xlog flush request \(formatLSN(record)) is not satisfied")
        }
    }

    /// How far the next attempt must get, at least `wanted`; nil if `record` is flushed already.
    private func requestUnlessFlushed(_ record: XLogRecPtr, _ wanted: XLogRecPtr) -> XLogRecPtr? {
        if server.traits.resultsAreAtomic {
            copyLogwrtResult()
            if record <= logwrtResult.flush { return nil }
        }
        let request = server.xlog.info.withLock(self) { info in
            if !server.traits.resultsAreAtomic { copyLogwrtResult() }
            return max(wanted, info.requestedWrite)
        }
        return record <= logwrtResult.flush ? nil : request
    }

    /// Sleeps `commit_delay` with WALWriteLock held if enough other transactions are active, so that their commits
    /// may join this flush; returns how far the flush then can go.
    private func commitDelay(_ insertPosition: XLogRecPtr) -> XLogRecPtr {
        let settings = server.settings
        guard settings.commitDelay > 0, settings.fsync, MinimumActiveBackends(settings.commitSiblings) else {
            return insertPosition
        }
        machine.sleep(.microseconds(Int64(settings.commitDelay)), .commitDelay)
        // Everything up to the old point is finished, so that no inserter who needs WALWriteLock is waited for. Before
        // 17 this may still sleep briefly for one who has not said yet where it inserts.
        return WaitXLogInsertionsToFinish(insertPosition)
    }
}
