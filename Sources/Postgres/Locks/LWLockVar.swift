/// Waiting for a variable that an LWLock's holder publishes (src/backend/storage/lmgr/lwlock.c).
extension ServerProcess {
    /// What LWLockWaitForVar found.
    enum VarWait {
        /// Nobody holds the lock exclusively.
        case free
        /// The holder has published a value other than the one that the caller knew.
        case changed(UInt64)
    }

    /// Sleeps until the lock is free or its variable differs from `old` (lwlock.c, LWLockWaitForVar).
    ///
    /// A flush asks this of every insertion lock, most of which nobody holds: that answer costs no call.
    @inline(__always)
    func LWLockWaitForVar(_ lock: LWLock<M>, _ variable: M.Word, _ old: UInt64) -> VarWait {
        lock.state.load() & LWLockState.exclusive == 0 ? .free : waitForVarOfHeld(lock, variable, old)
    }

    /// LWLockWaitForVar for a lock that was held a moment ago.
    private func waitForVarOfHeld(_ lock: LWLock<M>, _ variable: M.Word, _ old: UInt64) -> VarWait {
        var extraWaits = 0
        defer { repost(extraWaits) }
        while true {
            if let found = LWLockConflictsWithVar(lock, variable, old) { return found }
            LWLockQueueSelf(lock, .waitUntilFree)
            // A release between our look and our queueing must wake us, even if a woken process has not run yet.
            _ = lock.state.fetchOr(LWLockState.releaseOK)
            // The second look takes its time, in which the holder may release the lock and dequeue us.
            machine.spend(.lwLockAttempt)
            if let found = LWLockConflictsWithVar(lock, variable, old) {
                LWLockDequeueSelf(lock)
                return found
            }
            sleepInQueue(lock, &extraWaits)
            machine.report(.none)
        }
    }

    /// Nil while the lock is held exclusively and its variable still is `old` (lwlock.c, LWLockConflictsWithVar).
    private func LWLockConflictsWithVar(_ lock: LWLock<M>, _ variable: M.Word, _ old: UInt64) -> VarWait? {
        guard lock.state.load() & LWLockState.exclusive != 0 else { return .free }
        let value: UInt64
        if server.traits.insertingAtUnderWaitListLock {
            LWLockWaitListLock(lock)
            value = variable.load()
            LWLockWaitListUnlock(lock)
        } else {
            value = variable.load()
        }
        return value == old ? nil : .changed(value)
    }

    /// Publishes a new value of the variable and wakes all that wait for the lock to be free
    /// (lwlock.c, LWLockUpdateVar). The caller holds the lock.
    func LWLockUpdateVar(_ lock: LWLock<M>, _ variable: M.Word, _ value: UInt64) {
        if server.traits.insertingAtUnderWaitListLock {
            LWLockWaitListLock(lock)
            variable.store(value)
        } else {
            // What the new value announces must have taken its time before anybody sees it.
            machine.settle()
            variable.store(value)
            LWLockWaitListLock(lock)
        }
        var first = invalidProcNumber
        var last = invalidProcNumber
        while lock.queue.head != invalidProcNumber {
            let number = lock.queue.head
            // They all stand at the head, so the first of another kind ends the search.
            guard procs[number].lwWaitMode == .waitUntilFree else { break }
            lock.queue.remove(number, procs)
            append(number, &first, &last)
        }
        LWLockWaitListUnlock(lock)
        post(first)
    }
}
