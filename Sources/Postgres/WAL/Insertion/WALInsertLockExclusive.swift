/// Keeping everybody from inserting (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Takes all insertion locks, one after the other (xlog.c, WALInsertLockAcquireExclusive).
    func WALInsertLockAcquireExclusive() {
        let locks = server.xlog.insertionLocks
        let last = locks.count - 1
        for index in 0..<last {
            LWLockAcquire(locks[index].lock, .exclusive)
            // Nobody need wait for this one: the last lock alone tells how far the holder of all has got.
            LWLockUpdateVar(locks[index].lock, locks[index].insertingAt, .max)
        }
        LWLockAcquire(locks[last].lock, .exclusive)
        myLockNo = last
    }

    /// Releases all insertion locks (xlog.c, WALInsertLockRelease while `holdingAllLocks`).
    func WALInsertLockReleaseExclusive() {
        for insertion in server.xlog.insertionLocks { LWLockReleaseClearVar(insertion.lock, insertion.insertingAt) }
    }

    /// Where the last record of note was inserted. PostgreSQL looks at a field of each insertion lock, which takes each
    /// lock for a moment; the field is kept in one place here (xlog.c, GetLastImportantRecPtr).
    func hasImportantWAL(since position: XLogRecPtr) -> Bool {
        for insertion in server.xlog.insertionLocks {
            LWLockAcquire(insertion.lock, .exclusive)
            LWLockRelease(insertion.lock)
        }
        return readInsertHead() > position
    }
}
