import SimTime
import WaitEvents

/// Making a checkpoint (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Writes out all that was dirty at the redo point and records that recovery may begin there; false if there was
    /// nothing to do or the server stops (xlog.c, CreateCheckPoint).
    func CreateCheckPoint(_ flags: CheckpointFlags) -> Bool {
        if !flags.contains(.force), !hasImportantWAL(since: server.checkpoints.quietUpTo.load()) { return false }
        let redo = setRedoPoint()
        readCounters()
        awaitCommitsInProgress()
        guard CheckPointGuts(flags) else { return false }
        awaitTruncationsInProgress()
        if server.settings.walLevel > .minimal { LogStandbySnapshot() }
        recordCheckpoint()
        let prior = checkpointer.lastRedo
        let distance = redo - prior
        checkpointer.lastRedo = redo
        checkpointer.distanceEstimate = CheckpointDistance.estimate(
            after: distance, before: checkpointer.distanceEstimate)
        RemoveOldXlogFiles(
            redo: server.traits.keepsWALOfTwoCheckpoints ? prior : redo, estimate: checkpointer.distanceEstimate)
        PreallocXlogFiles(end: server.checkpoints.quietUpTo.load())
        return true
    }

    /// Moves the redo point to the head of the WAL while nobody inserts: from then on every page needs a full image
    /// at its next change.
    private func setRedoPoint() -> XLogRecPtr {
        let xlog = server.xlog
        WALInsertLockAcquireExclusive()
        var redo: XLogRecPtr = 0
        if server.traits.redoPointHasRecord {
            // The locks were only for a consistent look at full_page_writes; the record takes them again.
            WALInsertLockReleaseExclusive()
            redo = XLogInsertCheckpointRedo()
        } else {
            // Who moves it holds an insertion lock, and all of them are this process's.
            redo = xlog.geometry.XLogBytePosToRecPtr(xlog.insertPosition.unprotected.currBytePos)
            xlog.redoRecPtr.store(redo)
            WALInsertLockReleaseExclusive()
        }
        redoRecPtr = redo
        machine.observe(.checkpoint(.redo(redo)))
        xlog.info.withLock(self) { $0.redoRecPtr = redo }
        return redo
    }

    /// The counters that the record carries.
    private func readCounters() {
        LWLockAcquire(server.procArray.xidGenLock, .shared)
        LWLockRelease(server.procArray.xidGenLock, .shared)
    }

    /// Everything that must be on disk: false if the server stopped meanwhile (xlog.c, CheckPointGuts).
    private func CheckPointGuts(_ flags: CheckpointFlags) -> Bool {
        let began = machine.now
        guard BufferSync(flags) else { return false }
        let written = machine.now
        ProcessSyncRequests()
        machine.observe(.checkpoint(.synced(writeTime: written - began, syncTime: machine.now - written)))
        return true
    }

    /// The checkpoint's own record, durable, and then pg_control, which points to it.
    private func recordCheckpoint() {
        let end = XLogInsert(type: server.typeNumber(.checkpointOnline), length: server.traits.checkpointRecordLength)
        XLogFlush(end)
        server.checkpoints.quietUpTo.store(end)
        LWLockAcquire(server.segments.controlFileLock, .exclusive)
        machine.spend(.dataWrite, 1)
        machine.writeDataPage(file: DataFile.control, block: 0)
        if server.settings.fsync {
            machine.report(.ioControlFileSyncUpdate)
            machine.spend(.syncCall)
            machine.syncDataFile(DataFile.control)
            machine.report(.none)
        }
        LWLockRelease(server.segments.controlFileLock)
    }
}
