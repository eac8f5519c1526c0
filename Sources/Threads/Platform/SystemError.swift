#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A call to the operating system that failed.
struct SystemError: Error {
    let call: String
    let code: Int32

    /// The call that has just failed on this thread.
    static func last(_ call: String) -> SystemError { SystemError(call: call, code: errno) }

    /// Such as `pwrite: No space left on device`.
    var reason: String { "\(call): \(String(cString: strerror(code)))" }
}
