import SimTime

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The operating system's monotonic clock, counted from an epoch that its owner chose.
struct Clock: Sendable {
    private let epoch: Int64

    /// A clock that reads zero now.
    init() { epoch = Self.read(CLOCK_MONOTONIC) }

    var now: Instant { Instant(nanoseconds: Self.read(CLOCK_MONOTONIC) - epoch) }

    /// CPU time of all threads of this OS process so far.
    static var processCPU: Nanoseconds { Nanoseconds(read(CLOCK_PROCESS_CPUTIME_ID)) }

    /// Processors that threads of this OS process can run on.
    static var onlineProcessors: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

    /// Sleeps until the clock reads `deadline`; signals do not cut it short.
    ///
    /// An absolute deadline: a relative sleep that is resumed after a signal would drift.
    func sleep(until deadline: Instant) {
        #if canImport(Darwin)
            while case let rest = deadline - now, rest > .zero {
                var span = Self.timespec(rest.count)
                nanosleep(&span, nil)
            }
        #else
            var moment = Self.timespec(deadline.nanoseconds + epoch)
            while clock_nanosleep(CLOCK_MONOTONIC, Int32(TIMER_ABSTIME), &moment, nil) == EINTR {}
        #endif
    }

    /// The moment `span` from now, as timed waits of the C library on the monotonic clock take it.
    static func deadline(after span: Nanoseconds) -> timespec { timespec(read(CLOCK_MONOTONIC) + span.count) }

    /// A span as the C library writes it.
    static func timespec(_ nanoseconds: Int64) -> timespec {
        #if canImport(Darwin)
            Darwin.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        #else
            Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        #endif
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        #if canImport(Darwin)
            var moment = Darwin.timespec()
        #else
            var moment = Glibc.timespec()
        #endif
        clock_gettime(clock, &moment)
        return Int64(moment.tv_sec) * 1_000_000_000 + Int64(moment.tv_nsec)
    }
}
