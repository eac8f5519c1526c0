/// Finding processes that wait for each other in a circle (src/backend/storage/lmgr/deadlock.c).
extension ServerProcess {
    /// Whether this process waits for itself over others (proc.c, CheckDeadLock; deadlock.c, DeadLockCheck). Looked at
    /// once a wait has lasted `deadlock_timeout`, with every partition of the lock manager locked.
    ///
    /// Each process waits for one lock, which one process holds: the search follows a chain. PostgreSQL can also put
    /// waiters of one lock into another order to undo a circle; of the locks here none has that choice.
    func CheckDeadLock() -> Bool {
        let partitionLocks = server.lockManager.partitionLocks
        for lock in partitionLocks { LWLockAcquire(lock, .exclusive) }
        machine.accrue(.lockWait)
        let isCircle = waitsForItself()
        for lock in partitionLocks.reversed() { LWLockRelease(lock) }
        return isCircle
    }

    private func waitsForItself() -> Bool {
        var process = number
        // A circle without this process in it has others to find it.
        for _ in 0..<server.procGlobal.count {
            guard let next = processAhead(of: process) else { return false }
            if next == number { return true }
            process = next
        }
        return false
    }

    /// Whom a process waits for, who has the transaction or the tuple lock; nil if it sleeps for no heavyweight lock.
    func processAhead(of process: ProcNumber) -> ProcNumber? {
        let wait = procs[process].lockWait
        switch wait.target {
        case .nothing: return nil
        case .transaction: return wait.holder
        case .tuple:
            return firstLockWait(on: wait.holder) { $0.hasTupleLock && $0.row == wait.row && $0.xid == wait.xid }
        }
    }
}
