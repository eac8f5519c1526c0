import WaitEvents

/// Taking lightweight locks (src/backend/storage/lmgr/lwlock.c).
extension ServerProcess {
    /// Takes the lock if nothing forbids it, whoever may be queued: newcomers overtake the queue
    /// (lwlock.c, LWLockAttemptLock).
    func LWLockAttemptLock(_ lock: LWLock<M>, _ mode: LWLockMode) -> Bool {
        machine.spend(.lwLockAttempt)
        var old = lock.state.load()
        while true {
            let forbidden = mode == .exclusive ? LWLockState.heldMask : LWLockState.exclusive
            guard old & forbidden == 0 else { return false }
            let hold = mode == .exclusive ? LWLockState.exclusive : LWLockState.shared
            let (exchanged, original) = lock.state.compareExchange(expected: old, desired: old + hold)
            if exchanged {
                machine.observe(.lockAcquired(lock.id, exclusive: mode == .exclusive))
                return true
            }
            old = original
        }
    }

    /// Takes the lock, sleeping as often as it takes; true if it never slept (lwlock.c, LWLockAcquire).
    ///
    /// A woken process is not given the lock: it competes again, and goes to the queue's tail if it loses.
    @discardableResult
    func LWLockAcquire(_ lock: LWLock<M>, _ mode: LWLockMode) -> Bool {
        var neverSlept = true
        var extraWaits = 0
        while !LWLockAttemptLock(lock, mode) {
            LWLockQueueSelf(lock, mode)
            if LWLockAttemptLock(lock, mode) {
                LWLockDequeueSelf(lock)
                break
            }
            sleepInQueue(lock, &extraWaits)
            // The releaser that chose us cleared the flag so that nobody else is woken before we run.
            _ = lock.state.fetchOr(LWLockState.releaseOK)
            machine.report(.none)
            neverSlept = false
        }
        repost(extraWaits)
        return neverSlept
    }

    /// Takes the lock if it is free; leaves no trace if it is not (lwlock.c, LWLockConditionalAcquire).
    func LWLockConditionalAcquire(_ lock: LWLock<M>, _ mode: LWLockMode) -> Bool {
        LWLockAttemptLock(lock, mode)
    }

    /// Takes the lock if it is free, else sleeps until somebody releases it and returns false without it
    /// (lwlock.c, LWLockAcquireOrWait). WALWriteLock's waiters hope that the holder's flush served them too.
    func LWLockAcquireOrWait(_ lock: LWLock<M>, _ mode: LWLockMode) -> Bool {
        if LWLockAttemptLock(lock, mode) { return true }
        LWLockQueueSelf(lock, .waitUntilFree)
        if LWLockAttemptLock(lock, mode) {
            LWLockDequeueSelf(lock)
            return true
        }
        var extraWaits = 0
        sleepInQueue(lock, &extraWaits)
        machine.report(.none)
        repost(extraWaits)
        return false
    }

    /// Sleeps until a releaser has taken this process off the lock's queue; wake-ups meant for another wait of this
    /// process are counted, to be given back.
    func sleepInQueue(_ lock: LWLock<M>, _ extraWaits: inout Int) {
        machine.report(lock.event)
        machine.observe(.lockWaitStarted(lock.id))
        awaitRemoval(&extraWaits)
        machine.observe(.lockWaitDone(lock.id))
    }

    /// The part of the wait without the report: LWLockDequeueSelf absorbs a wake-up unseen.
    func awaitRemoval(_ extraWaits: inout Int) {
        while true {
            PGSemaphoreLock()
            if myProc.pointee.lwWaiting.load() == LWLockWaitState.notWaiting.rawValue { return }
            extraWaits += 1
        }
    }

    /// Gives back the wake-ups that were meant for another wait; as a rule there are none.
    @inline(__always)
    func repost(_ extraWaits: Int) {
        if extraWaits > 0 { giveBack(extraWaits) }
    }

    private func giveBack(_ wakeups: Int) {
        for _ in 0..<wakeups { PGSemaphoreUnlock(number) }
    }
}
