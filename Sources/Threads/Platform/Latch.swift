import SimTime

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A flag that threads can sleep on until it is set (latch.c): a mutex and a condition variable.
final class Latch: @unchecked Sendable {
    private let lock = NativeLock()
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    /// Protected by `lock`.
    private var flag = false

    /// Waits longer than this are cut to it, so that deadlines cannot overflow.
    private static let longestWait = Nanoseconds.seconds(86_400)

    init() {
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        #if canImport(Darwin)
            pthread_cond_init(condition, nil)
        #else
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(condition, &attributes)
            pthread_condattr_destroy(&attributes)
        #endif
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
    }

    /// Sets the flag and wakes everybody who sleeps on it.
    func set() {
        lock.withLock {
            flag = true
            pthread_cond_broadcast(condition)
        }
    }

    var isSet: Bool { lock.withLock { flag } }

    func reset() { lock.withLock { flag = false } }

    /// Sleeps until the flag is set or `timeout` has passed; returns the flag.
    func wait(timeout: Nanoseconds) -> Bool {
        let clock = Clock()
        let end = Instant.zero + min(timeout, Self.longestWait)
        return lock.withLock {
            while !flag, case let rest = end - clock.now, rest > .zero { sleep(rest) }
            return flag
        }
    }

    /// One wait on the condition, which may end early. The caller holds `lock`.
    private func sleep(_ rest: Nanoseconds) {
        #if canImport(Darwin)
            var span = Clock.timespec(rest.count)
            pthread_cond_timedwait_relative_np(condition, lock.mutex, &span)
        #else
            var deadline = Clock.deadline(after: rest)
            pthread_cond_timedwait(condition, lock.mutex, &deadline)
        #endif
    }
}
