/// Telling standbys which transactions run (src/backend/storage/ipc/standby.c).
extension ServerProcess {
    /// Logs the running transactions and lets the walwriter flush that soon; returns the record's end
    /// (standby.c, LogStandbySnapshot and LogCurrentRunningXacts; procarray.c, GetRunningTransactionData).
    @discardableResult
    func LogStandbySnapshot() -> XLogRecPtr {
        let procArray = server.procArray
        LWLockAcquire(procArray.lock, .shared)
        LWLockAcquire(procArray.xidGenLock, .shared)
        machine.accrue(.snapshot)
        let running = (0..<server.procGlobal.count).count { procs[$0].xid.load() != 0 }
        // Who decodes must not find a transaction among the running ones whose commit stands before them.
        let keepsLock = server.settings.logsForDecoding
        if !keepsLock { LWLockRelease(procArray.lock, .shared) }
        let end = XLogInsertQuietly(
            type: server.typeNumber(.runningXacts), length: RecordSize.runningTransactions(running))
        if keepsLock { LWLockRelease(procArray.lock, .shared) }
        LWLockRelease(procArray.xidGenLock, .shared)
        XLogSetAsyncXactLSN(end)
        return end
    }

    /// Inserts a record that is no reason for a checkpoint (xloginsert.h, XLOG_MARK_UNIMPORTANT).
    private func XLogInsertQuietly(type: Int, length: Int) -> XLogRecPtr {
        let end = XLogInsert(type: type, length: length)
        let geometry = server.xlog.geometry
        let start = geometry.XLogRecPtrToBytePos(end) - WALFormat.aligned(length)
        noteUnimportant(from: geometry.XLogBytePosToRecPtr(start), upTo: end)
        return end
    }

    /// A record of no note is at these positions: what it directly follows of that kind is longer now.
    func noteUnimportant(from start: XLogRecPtr, upTo end: XLogRecPtr) {
        let geometry = server.xlog.geometry
        let startByte = geometry.XLogRecPtrToBytePos(start)
        let checkpoints = server.checkpoints
        for quiet in [checkpoints.quietUpTo, checkpoints.snapshotQuietUpTo, server.xlog.segmentSwitch.quietUpTo]
        where geometry.XLogRecPtrToBytePos(quiet.load()) == startByte { quiet.store(end) }
    }
}
