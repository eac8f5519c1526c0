/// One WAL insertion lock (xlog.c, `WALInsertLock`).
struct WALInsertLock<M: Machine> {
    let lock: LWLock<M>
    /// How far the holder has got; 0 while nobody holds the lock or the holder's position is unknown. Written by the
    /// holder only; read by anybody (before 17 under the lock's wait-list lock).
    let insertingAt: M.Word
}

/// The WAL insertion locks (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// The insertion lock that this process holds or will try.
    var myInsertionLock: WALInsertLock<M> { server.xlog.insertionLocks[myLockNo] }

    /// Takes the insertion lock that this process used last, or the next one if it had to sleep for that
    /// (xlog.c, WALInsertLockAcquire). It never looks for a free one.
    func WALInsertLockAcquire() {
        myLockNo = lockToTry
        if !LWLockAcquire(myInsertionLock.lock, .exclusive) {
            lockToTry = (lockToTry + 1) % server.xlog.insertionLocks.count
        }
    }

    /// Releases the insertion lock and forgets how far the insertion got (xlog.c, WALInsertLockRelease).
    func WALInsertLockRelease() {
        LWLockReleaseClearVar(myInsertionLock.lock, myInsertionLock.insertingAt)
    }

    /// Tells flushers that everything before `position` is copied, because this process may now sleep
    /// (xlog.c, WALInsertLockUpdateInsertingAt).
    func WALInsertLockUpdateInsertingAt(_ position: XLogRecPtr) {
        LWLockUpdateVar(myInsertionLock.lock, myInsertionLock.insertingAt, position)
    }

    /// Sleeps until everything before `upto` is copied into WAL buffers and returns a point, at or beyond it, up to
    /// which that is so (xlog.c, WaitXLogInsertionsToFinish).
    ///
    /// A held lock whose `insertingAt` is 0 must be waited for even if its record lies beyond `upto`: nobody knows.
    func WaitXLogInsertionsToFinish(_ upto: XLogRecPtr) -> XLogRecPtr {
        let xlog = server.xlog
        if server.traits.hasLogInsertResult {
            let known = xlog.logInsertResult.load()
            if upto <= known { return known }
        }
        let reserved = readInsertHead()
        guard upto <= reserved else {
            machine.panic("asked to wait for WAL up to \(formatLSN(upto)), reserved up to \(formatLSN(reserved))")
        }
        var finished = reserved
        for insertion in 0..<xlog.insertionLocks.count {
            if let position = waitForInsertion(xlog.insertionLocks[insertion], upto) {
                finished = min(finished, position)
            }
        }
        return server.traits.hasLogInsertResult ? xlog.logInsertResult.advance(to: finished) : finished
    }

    /// Waits until one insertion lock is free (nil) or its holder is known to be at or beyond `upto`.
    private func waitForInsertion(_ insertion: WALInsertLock<M>, _ upto: XLogRecPtr) -> XLogRecPtr? {
        var seen: XLogRecPtr = 0
        repeat {
            switch LWLockWaitForVar(insertion.lock, insertion.insertingAt, seen) {
            case .free: return nil
            case .changed(let value): seen = value
            }
        } while seen < upto
        return seen
    }
}
