/// Which transactions others may still have to see (src/backend/storage/ipc/procarray.c).
extension ServerProcess {
    /// Notes what this statement's snapshot may have to see, for those who prune (procarray.c, the end of
    /// GetSnapshotData). The caller holds ProcArrayLock.
    func publishXmin() {
        var xmin = TransactionId(truncatingIfNeeded: server.procArray.nextXid.load())
        for other in 0..<server.procGlobal.count {
            let xid = TransactionId(truncatingIfNeeded: procs[other].xid.load())
            if xid != 0 { xmin = min(xmin, xid) }
        }
        snapshotXmin = xmin
        myProc.pointee.xmin.store(UInt64(xmin))
    }

    /// The statement has ended and needs its snapshot no more (snapmgr.c, SnapshotResetXmin).
    func resetXmin() { myProc.pointee.xmin.store(0) }

    /// The oldest transaction that somebody may still have to see as running: what ended before is the same for all
    /// (procarray.c, ComputeXidHorizons; up to 13 GetSnapshotData's RecentGlobalXmin).
    func GetOldestNonRemovableTransactionId() -> TransactionId {
        var oldest = TransactionId(truncatingIfNeeded: server.procArray.nextXid.load())
        for other in 0..<server.procGlobal.count {
            let xid = TransactionId(truncatingIfNeeded: procs[other].xid.load())
            if xid != 0 { oldest = min(oldest, xid) }
            let xmin = TransactionId(truncatingIfNeeded: procs[other].xmin.load())
            if xmin != 0 { oldest = min(oldest, xmin) }
        }
        let age = TransactionId(server.settings.vacuumDeferCleanupAge)
        return oldest > age ? oldest - age : 0
    }
}
