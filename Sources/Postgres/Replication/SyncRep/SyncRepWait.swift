import WaitEvents

/// The committing backend's side of synchronous replication (src/backend/replication/syncrep.c).
extension ServerProcess {
    /// Waits until the standbys that count have what ends at `lsn`, as far as `synchronous_commit` asks; there is no
    /// timeout (syncrep.c, SyncRepWaitForLSN).
    @inline(__always)
    func SyncRepWaitForLSN(_ lsn: XLogRecPtr) {
        // The check that costs nothing where no standby is to be waited for.
        guard server.walSndCtl.syncStandbysDefined.load() != 0 else { return }
        waitForStandbys(lsn)
    }

    @inline(never)
    private func waitForStandbys(_ lsn: XLogRecPtr) {
        guard server.settings.maxWALSenders > 0, let mode = SyncRepMode(server.settings.synchronousCommit) else {
            return
        }
        guard SyncRepEnqueue(lsn, mode) else { return }
        machine.observe(.syncRepWaitStarted(lsn: lsn, mode: mode))
        let interrupt = awaitRelease(mode)
        myProc.pointee.syncRepState.store(SyncRepState.notWaiting.rawValue)
        myProc.pointee.waitLSN = 0
        machine.observe(.syncRepWaitDone(lsn: lsn, mode: mode, interrupt: interrupt))
    }

    /// Goes into the queue; false if the wait is over before it begins.
    private func SyncRepEnqueue(_ lsn: XLogRecPtr, _ mode: SyncRepMode) -> Bool {
        let control = server.walSndCtl
        LWLockAcquire(control.syncRepLock, .exclusive)
        // Another backend's wait may have been released with ours meanwhile, or waiting been abolished.
        guard control.syncStandbysDefined.load() != 0, lsn > control.released[mode.rawValue] else {
            LWLockRelease(control.syncRepLock)
            return false
        }
        machine.accrue(.syncRepEnqueue)
        myProc.pointee.waitLSN = lsn
        myProc.pointee.syncRepState.store(SyncRepState.waiting.rawValue)
        control.queues[mode.rawValue].insert(number, procs)
        LWLockRelease(control.syncRepLock)
        return true
    }

    /// Sleeps until a walsender says that the wait is over, or somebody cancels it: the transaction is committed here
    /// all the same, and PostgreSQL warns that it may not be on the standby.
    private func awaitRelease(_ mode: SyncRepMode) -> Interrupt? {
        while true {
            machine.resetLatch()
            if myProc.pointee.syncRepState.load() == SyncRepState.complete.rawValue { return nil }
            if let interrupt = machine.takeInterrupt() {
                SyncRepCancelWait(mode)
                return interrupt
            }
            withWaitEventSet(2) {
                machine.report(.ipcSyncRep)
                machine.waitLatch()
                machine.report(.none)
            }
        }
    }

    /// Leaves the queue, unless a walsender has just seen to that (syncrep.c, SyncRepCancelWait).
    private func SyncRepCancelWait(_ mode: SyncRepMode) {
        let control = server.walSndCtl
        LWLockAcquire(control.syncRepLock, .exclusive)
        if myProc.pointee.isInSyncRepQueue { control.queues[mode.rawValue].remove(number, procs) }
        LWLockRelease(control.syncRepLock)
    }

    /// Releases the backends of a queue that wait for no more than what is confirmed, or all of them; every one's latch
    /// is set while SyncRepLock is held (syncrep.c, SyncRepWakeQueue). Returns how many there were.
    @discardableResult
    func SyncRepWakeQueue(_ mode: SyncRepMode, all: Bool = false) -> Int {
        let control = server.walSndCtl
        let lsn = control.released[mode.rawValue]
        var count = 0
        while true {
            let first = control.queues[mode.rawValue].head
            guard first != invalidProcNumber, all || procs[first].waitLSN <= lsn else { return count }
            control.queues[mode.rawValue].remove(first, procs)
            procs[first].syncRepState.store(SyncRepState.complete.rawValue)
            machine.setLatch(first)
            count += 1
        }
    }

    /// Follows a change of `synchronous_standby_names`: once nobody is to be waited for, nobody waits
    /// (syncrep.c, SyncRepUpdateSyncStandbysDefined; the checkpointer's duty there).
    func SyncRepUpdateSyncStandbysDefined() {
        let control = server.walSndCtl
        let isDefined: UInt64 = server.syncRepConfig == nil ? 0 : 1
        guard isDefined != control.syncStandbysDefined.load() else { return }
        LWLockAcquire(control.syncRepLock, .exclusive)
        if isDefined == 0 {
            for mode in SyncRepMode.allCases { SyncRepWakeQueue(mode, all: true) }
        }
        control.syncStandbysDefined.store(isDefined)
        LWLockRelease(control.syncRepLock)
    }
}
