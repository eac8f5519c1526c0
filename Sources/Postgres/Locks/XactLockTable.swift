/// Locks on transactions and rows (src/backend/storage/lmgr/lmgr.c).
extension ServerProcess {
    /// Sleeps until a transaction has ended (lmgr.c, XactLockTableWait); false in a deadlock.
    ///
    /// All who wait for the same transaction are woken together.
    func XactLockTableWait(_ xid: TransactionId, of holder: ProcNumber, for row: RowID) -> Bool {
        let partitionLock = server.lockManager.partitionLock(of: holder)
        machine.accrue(.lockWait)
        LWLockAcquire(partitionLock, .exclusive)
        enterLockWait(xid, of: holder, for: row)
        procs[holder].lockWait.isAwaited.store(1)
        // It may have ended meanwhile. If it has not, it will see the mark when it does.
        var isGranted = true
        if TransactionId(truncatingIfNeeded: procs[holder].xid.load()) == xid {
            isGranted = ProcSleep(partitionLock, for: .transaction)
        }
        if myProc.pointee.lockWait.hasTupleLock { endLockWait() } else { leaveLockWait(on: holder) }
        LWLockRelease(partitionLock)
        return isGranted
    }

    /// Gets in line for a row that a running transaction has changed: only the first in line waits for the transaction
    /// itself (heapam.c, heap_acquire_tuplock); false in a deadlock.
    func LockTuple(_ row: RowID, changedBy xid: TransactionId, of holder: ProcNumber) -> Bool {
        let partitionLock = server.lockManager.partitionLock(of: holder)
        LWLockAcquire(partitionLock, .exclusive)
        let isTaken = firstLockWait(on: holder) { $0.hasTupleLock && $0.row == row && $0.xid == xid } != nil
        enterLockWait(xid, of: holder, for: row)
        var isGranted = true
        if isTaken {
            isGranted = ProcSleep(partitionLock, for: .tuple)
            if !isGranted { leaveLockWait(on: holder) }
        } else {
            myProc.pointee.lockWait.hasTupleLock = true
        }
        LWLockRelease(partitionLock)
        return isGranted
    }

    /// Lets the next in line for the row go on (lmgr.c, UnlockTuple).
    func UnlockTuple() {
        let mine = myProc.pointee.lockWait
        guard mine.hasTupleLock else { return }
        let partitionLock = server.lockManager.partitionLock(of: mine.holder)
        LWLockAcquire(partitionLock, .exclusive)
        leaveLockWait(on: mine.holder)
        machine.observe(.heavyweightReleased(server.heavyweightLock(of: number, isTuple: true)))
        let next = firstLockWait(on: mine.holder) { $0.target == .tuple && $0.row == mine.row && $0.xid == mine.xid }
        if let next {
            procs[next].lockWait.hasTupleLock = true
            ProcWakeup(next)
        }
        LWLockRelease(partitionLock)
    }

    /// Lets go of what this transaction had, which no longer counts as running, and wakes all that wait for it
    /// (lock.c, LockReleaseAll).
    func LockReleaseAll() {
        while let mark = rowMarks.takeNext() {
            server.lockManager.rows.remove(mark)
            rowMarks.recycle(mark)
        }
        let isAwaited = myProc.pointee.lockWait.isAwaited
        machine.settle()
        guard isAwaited.load() != 0 else { return }
        let partitionLock = server.lockManager.partitionLock(of: number)
        LWLockAcquire(partitionLock, .exclusive)
        isAwaited.store(0)
        machine.observe(.heavyweightReleased(server.heavyweightLock(of: number, isTuple: false)))
        var waiter = procs[number].lockWait.head
        while waiter != invalidProcNumber {
            let next = procs[waiter].lockWait.next
            if procs[waiter].lockWait.target == .transaction { ProcWakeup(waiter) }
            waiter = next
        }
        LWLockRelease(partitionLock)
    }

    private func enterLockWait(_ xid: TransactionId, of holder: ProcNumber, for row: RowID) {
        myProc.pointee.lockWait.holder = holder
        myProc.pointee.lockWait.xid = xid
        myProc.pointee.lockWait.row = row
        if !myProc.pointee.lockWait.isListed { listLockWait(number, on: holder) }
    }

    private func leaveLockWait(on holder: ProcNumber) {
        unlistLockWait(number, on: holder)
        myProc.pointee.lockWait.hasTupleLock = false
        endLockWait()
    }

    private func endLockWait() {
        myProc.pointee.lockWait.target = .nothing
        myProc.pointee.lockWait.status.store(LockWait<M>.Status.notWaiting)
    }
}
