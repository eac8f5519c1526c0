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

    /// Sleeps until this process's latch is set or `timeout` has passed; true if it is set (latch.c, WaitLatch).
    func WaitLatch(timeout: Nanoseconds) -> Bool {
        guard server.traits.buildsWaitSetPerWait else { return machine.waitLatch(timeout: timeout) }
        machine.accrue(.waitEventSet)
        let isSet = machine.waitLatch(timeout: timeout)
        // The signal's handler, and the byte in the pipe that it wrote to itself.
        if isSet { machine.accrue(.latchSignal) }
        return isSet
    }
}
