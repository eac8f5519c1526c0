/// An LWLock's queue and the spin bit that protects it (src/backend/storage/lmgr/lwlock.c).
extension ServerProcess {
    /// Locks the queue, spinning while another process has it (lwlock.c, LWLockWaitListLock).
    func LWLockWaitListLock(_ lock: LWLock<M>) {
        machine.settle()
        while lock.state.fetchOr(LWLockState.locked) & LWLockState.locked != 0 {
            // Each round learns for itself, even if another process is first again when it ends.
            var delay = SpinDelay(spinsPerDelay: spinsPerDelay)
            repeat { performSpinDelay(&delay) } while lock.state.load() & LWLockState.locked != 0
            finishSpinDelay(delay)
        }
    }

    /// Unlocks the queue, which was held for as long as a change of it takes (lwlock.c, LWLockWaitListUnlock).
    func LWLockWaitListUnlock(_ lock: LWLock<M>) {
        machine.spend(.lwLockQueue)
        _ = lock.state.fetchAnd(~LWLockState.locked)
    }

    /// Queues this process: those that wait for the lock to be free at the head, newest first, all others at the tail
    /// (lwlock.c, LWLockQueueSelf).
    func LWLockQueueSelf(_ lock: LWLock<M>, _ mode: LWLockMode) {
        // Between the failed attempt and the queueing the holder may release the lock and wake nobody.
        machine.accrue(.lwLockQueue)
        LWLockWaitListLock(lock)
        _ = lock.state.fetchOr(LWLockState.hasWaiters)
        myProc.pointee.lwWaiting.store(LWLockWaitState.waiting.rawValue)
        myProc.pointee.lwWaitMode = mode
        if mode == .waitUntilFree {
            lock.queue.pushHead(number, procs)
        } else {
            lock.queue.pushTail(number, procs)
        }
        LWLockWaitListUnlock(lock)
    }

    /// Takes this process off the queue again after its second attempt succeeded (lwlock.c, LWLockDequeueSelf).
    func LWLockDequeueSelf(_ lock: LWLock<M>) {
        LWLockWaitListLock(lock)
        let wasQueued = myProc.pointee.lwWaiting.load() == LWLockWaitState.waiting.rawValue
        if wasQueued { lock.queue.remove(number, procs) }
        if lock.queue.isEmpty { _ = lock.state.fetchAnd(~LWLockState.hasWaiters) }
        LWLockWaitListUnlock(lock)
        if wasQueued {
            myProc.pointee.lwWaiting.store(LWLockWaitState.notWaiting.rawValue)
            return
        }
        // A releaser took us off and may have cleared the flag on our account; its post is on the way and must be
        // absorbed, or it would end some later wait of ours.
        _ = lock.state.fetchOr(LWLockState.releaseOK)
        var extraWaits = 0
        awaitRemoval(&extraWaits)
        repost(extraWaits)
    }
}
