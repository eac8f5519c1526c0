/// Releasing lightweight locks and waking their waiters (src/backend/storage/lmgr/lwlock.c).
extension ServerProcess {
    /// Releases the lock; from then on anybody may take it (lwlock.c, LWLockRelease).
    func LWLockRelease(_ lock: LWLock<M>, _ mode: LWLockMode = .exclusive) {
        // What was done under the lock must have taken its time before anybody else gets it.
        machine.settle()
        let hold = mode == .exclusive ? LWLockState.exclusive : LWLockState.shared
        machine.observe(.lockReleased(lock.id))
        let state = lock.state.fetchAdd(0 &- hold) &- hold
        let wanted = LWLockState.hasWaiters | LWLockState.releaseOK
        machine.accrue(.lwLockRelease)
        if state & wanted == wanted && state & LWLockState.heldMask == 0 { LWLockWakeup(lock) }
    }

    /// Clears the variable that the lock protects and releases the lock (lwlock.c, LWLockReleaseClearVar).
    func LWLockReleaseClearVar(_ lock: LWLock<M>, _ variable: M.Word) {
        if server.traits.insertingAtUnderWaitListLock {
            LWLockWaitListLock(lock)
            variable.store(0)
            LWLockWaitListUnlock(lock)
        } else {
            machine.settle()
            variable.store(0)
        }
        LWLockRelease(lock)
    }

    /// Wakes every waiter that only wants the lock to be free, and either all shared waiters or the first exclusive
    /// one (lwlock.c, LWLockWakeup). The releaser pays for each post before it goes on with its own work.
    func LWLockWakeup(_ lock: LWLock<M>) {
        var first = invalidProcNumber
        var last = invalidProcNumber
        var releaseOK = true
        LWLockWaitListLock(lock)
        var number = lock.queue.head
        while number != invalidProcNumber {
            let next = procs[number].lwWaitNext
            let mode = procs[number].lwWaitMode
            if releaseOK || mode != .exclusive {
                lock.queue.remove(number, procs)
                append(number, &first, &last)
                if mode != .waitUntilFree { releaseOK = false }
                if mode == .exclusive { break }
            }
            number = next
        }
        finishWakeup(lock, releaseOK: releaseOK)
        post(first)
    }

    /// Chains a dequeued process to the private list of those to wake; its own link is free for that now.
    func append(_ number: ProcNumber, _ first: inout ProcNumber, _ last: inout ProcNumber) {
        procs[number].lwWaiting.store(LWLockWaitState.pendingWakeup.rawValue)
        procs[number].lwWaitNext = invalidProcNumber
        if last == invalidProcNumber { first = number } else { procs[last].lwWaitNext = number }
        last = number
    }

    /// Publishes what the wake-up pass decided, and unlocks the wait list, in one atomic step.
    private func finishWakeup(_ lock: LWLock<M>, releaseOK: Bool) {
        machine.spend(.lwLockQueue)
        let isEmpty = lock.queue.isEmpty
        var old = lock.state.load()
        while true {
            var desired = old & ~LWLockState.locked
            desired = releaseOK ? desired | LWLockState.releaseOK : desired & ~LWLockState.releaseOK
            if isEmpty { desired &= ~LWLockState.hasWaiters }
            let (exchanged, original) = lock.state.compareExchange(expected: old, desired: desired)
            if exchanged { return }
            old = original
        }
    }

    /// Posts the processes of a private list, one after the other.
    func post(_ first: ProcNumber) {
        var number = first
        while number != invalidProcNumber {
            // Once it is marked as not waiting the process may queue itself elsewhere and reuse its link.
            let next = procs[number].lwWaitNext
            procs[number].lwWaiting.store(LWLockWaitState.notWaiting.rawValue)
            PGSemaphoreUnlock(number)
            number = next
        }
    }
}
