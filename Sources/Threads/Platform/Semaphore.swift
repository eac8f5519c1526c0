#if canImport(Darwin)
    import Dispatch
#else
    import Glibc
#endif

/// A counting semaphore: on Linux the unnamed POSIX one, as PostgreSQL uses it there (port/posix_sema.c).
final class Semaphore: @unchecked Sendable {
    #if canImport(Darwin)
        // Unnamed POSIX semaphores do not exist here.
        private let semaphore = DispatchSemaphore(value: 0)

        func wait() { semaphore.wait() }
        func post() { semaphore.signal() }
    #else
        private let semaphore: UnsafeMutablePointer<sem_t>

        init() {
            semaphore = .allocate(capacity: 1)
            semaphore.initialize(to: sem_t())
            sem_init(semaphore, 0, 0)
        }

        deinit {
            sem_destroy(semaphore)
            semaphore.deallocate()
        }

        /// Takes one unit, sleeping until there is one. Fails only when a signal interrupts it.
        func wait() { while sem_wait(semaphore) != 0 {} }
        func post() { sem_post(semaphore) }
    #endif
}
