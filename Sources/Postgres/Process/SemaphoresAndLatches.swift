import SimTime

/// Sleeping and waking as a release does it (src/backend/port/posix_sema.c, sysv_sema.c; src/backend/storage/ipc/latch.c
/// and waiteventset.c). What the calls cost beyond the kernel's sleep and wake-up is CPU here.
extension ServerProcess {
    /// Takes one unit from this process's semaphore (pg_sema.h, PGSemaphoreLock).
    @inline(__always)
    func PGSemaphoreLock() {
        if server.traits.usesSystemVSemaphores { machine.accrue(.systemVSemaphore) }
        machine.semaphoreWait()
    }

    /// Adds one unit to another process's semaphore (pg_sema.h, PGSemaphoreUnlock).
    @inline(__always)
    func PGSemaphoreUnlock(_ process: ProcNumber) {
        if server.traits.usesSystemVSemaphores { machine.accrue(.systemVSemaphore) }
        machine.semaphorePost(process)
    }

    /// Sleeps until this process's latch is set (latch.c, WaitLatch).
    func WaitLatch() {
        prepareToWait()
        machine.waitLatch()
        finishWait(latchIsSet: true)
    }

    /// Sleeps until this process's latch is set or `timeout` has passed; true if it is set (latch.c, WaitLatch).
    func WaitLatch(timeout: Nanoseconds) -> Bool {
        prepareToWait()
        let isSet = machine.waitLatch(timeout: timeout)
        finishWait(latchIsSet: isSet)
        return isSet
    }

    fileprivate func prepareToWait() {
        if server.traits.buildsWaitSetPerWait { machine.accrue(.waitEventSet) }
    }

    /// Before 14 a signal's handler sets the latch, and reads the byte that it wrote into a pipe of its own.
    fileprivate func finishWait(latchIsSet: Bool) {
        if latchIsSet && server.traits.buildsWaitSetPerWait { machine.accrue(.latchSignal) }
    }
}

extension ServerProcess where M: ReplicatingMachine {
    /// As `WaitLatch`, but a message on the process's connection ends the sleep, too (latch.c, WaitLatchOrSocket).
    func WaitLatchOrSocket(timeout: Nanoseconds) -> Bool {
        prepareToWait()
        let isSet = machine.waitLatchOrSocket(timeout: timeout)
        finishWait(latchIsSet: isSet)
        return isSet
    }
}
