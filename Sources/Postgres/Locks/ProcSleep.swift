import SimTime
import WaitEvents

/// Sleeping for a heavyweight lock, and waking those who do (src/backend/storage/lmgr/proc.c).
extension ServerProcess {
    /// Sleeps until the lock is granted; false if that would never happen, as the processes wait in a circle
    /// (proc.c, ProcSleep).
    ///
    /// The caller is in the holder's list and holds the partition lock, which it holds again afterwards.
    func ProcSleep(_ partitionLock: LWLock<M>, for target: LockWait<M>.Target) -> Bool {
        let status = myProc.pointee.lockWait.status
        myProc.pointee.lockWait.target = target
        status.store(LockWait<M>.Status.waiting)
        let isTuple = target == .tuple
        let holder = processAhead(of: number) ?? number
        let lock = server.heavyweightLock(of: holder, isTuple: isTuple)
        machine.observe(.heavyweightWaitStarted(lock, heldBy: holder))
        LWLockRelease(partitionLock)
        machine.report(isTuple ? .lockTuple : .lockTransactionid)
        var timeout: Nanoseconds? = .milliseconds(Int64(server.settings.deadlockTimeout))
        while status.load() == LockWait<M>.Status.waiting {
            let isSet = withWaitEventSet(2) { latchIsSet(within: timeout) }
            machine.resetLatch()
            if isSet || status.load() != LockWait<M>.Status.waiting { continue }
            // Nobody looks twice: a circle that forms later is found by the process that closes it.
            timeout = nil
            if CheckDeadLock() { break }
            // The locks that it took to look have cleared the event.
            machine.report(isTuple ? .lockTuple : .lockTransactionid)
        }
        machine.observe(.heavyweightWaitDone(lock))
        machine.report(.none)
        LWLockAcquire(partitionLock, .exclusive)
        return myProc.pointee.lockWait.target == .nothing
    }

    /// Sleeps until the latch is set, which it is unless a timeout has passed.
    private func latchIsSet(within timeout: Nanoseconds?) -> Bool {
        if let timeout { return machine.waitLatch(timeout: timeout) }
        machine.waitLatch()
        return true
    }

    /// Grants a sleeping process its lock (proc.c, ProcWakeup). Under the partition lock, as PostgreSQL does it.
    func ProcWakeup(_ number: ProcNumber) {
        procs[number].lockWait.target = .nothing
        procs[number].lockWait.status.store(LockWait<M>.Status.notWaiting)
        machine.setLatch(number)
    }
}
