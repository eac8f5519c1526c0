/// Semaphores as a release uses them (src/backend/port/posix_sema.c, sysv_sema.c): System V's cost more per call.
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
}
