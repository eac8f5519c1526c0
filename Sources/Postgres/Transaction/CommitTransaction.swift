/// Ending a transaction (src/backend/access/transam/xact.c).
extension ServerProcess {
    /// Commits: record, durability, commit log, standbys, visibility, in this order (xact.c, CommitTransaction). Locks
    /// of the transaction are released only after it.
    func CommitTransaction() {
        RecordTransactionCommit()
        if xid != 0 { endTransaction() }
        machine.accrue(.postCommit)
        xactLastRecEnd = 0
    }

    /// Lets others see what the transaction did, then lets go of its locks.
    private func endTransaction() {
        ProcArrayEndTransaction()
        if server.lockManager.isUsed { LockReleaseAll() }
    }

    /// Rolls back: a record that nobody waits for, and the rest of a commit's end (xact.c, AbortTransaction and
    /// RecordTransactionAbort).
    func AbortTransaction() {
        if xid != 0 {
            machine.accrue(.commit)
            let end = XLogInsert(type: server.typeNumber(.abort), length: RecordSize.abort)
            XLogSetAsyncXactLSN(end)
            // The same two bits under the same lock: an abort costs what a commit does.
            TransactionIdCommitTree()
            endTransaction()
        }
        machine.accrue(.postCommit)
        xactLastRecEnd = 0
    }

    /// Writes the commit record and makes it durable, at once or soon (xact.c, RecordTransactionCommit).
    ///
    /// A transaction without an id has nothing to record; if it wrote WAL all the same it takes the asynchronous way.
    private func RecordTransactionCommit() {
        let wroteWAL = xactLastRecEnd != 0
        guard xid != 0 else {
            if wroteWAL { XLogSetAsyncXactLSN(xactLastRecEnd) }
            return
        }
        let level = server.settings.synchronousCommit
        machine.accrue(.commit)
        beginDelayingCheckpoints()
        let length = RecordSize.commit(
            asksForReply: level == .remoteApply, namesDatabase: server.settings.logsForDecoding)
        let end = XLogInsert(type: Workload.commitRecordType, length: length)
        // Before its WAL can go out: only what is flushed is sent.
        server.replayedCommits?.note(end, at: machine.now, level: level)
        // With a transaction that wrote no other WAL (unlogged tables) only the record is lost: it need not wait.
        let isSynchronous = wroteWAL && level != .off
        if isSynchronous {
            XLogFlush(end)
        } else {
            XLogSetAsyncXactLSN(end)
        }
        machine.observe(.committed(end: end, synchronous: isSynchronous))
        TransactionIdCommitTree()
        endDelayingCheckpoints()
        // Still in everybody's snapshots, with all its locks: nobody sees what a standby may not have.
        if wroteWAL { SyncRepWaitForLSN(end) }
    }
}
