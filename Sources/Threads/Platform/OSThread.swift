#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One thread of the operating system's that runs a function to its end.
struct OSThread {
    private let handle: pthread_t

    /// Enough for a server process; thousands of threads at the default of 8 MB would exhaust address space first.
    private static let stackBytes = 512 << 10

    /// What the new thread is handed: the function that it runs.
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Starts a thread.
    /// - Throws: `SystemError` if the operating system has no room for one more.
    init(_ run: @escaping () -> Void) throws(SystemError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, Self.stackBytes)
        defer { pthread_attr_destroy(&attributes) }
        let argument = Unmanaged.passRetained(Body(run))
        #if canImport(Darwin)
            var created: pthread_t?
            let status = pthread_create(&created, &attributes, { Self.main($0) }, argument.toOpaque())
        #else
            var created = pthread_t()
            let status = pthread_create(&created, &attributes, { Self.main($0!) }, argument.toOpaque())
        #endif
        guard status == 0 else {
            argument.release()
            throw SystemError(call: "pthread_create", code: status)
        }
        #if canImport(Darwin)
            handle = created!
        #else
            handle = created
        #endif
    }

    /// Waits for the thread's end.
    func join() { pthread_join(handle, nil) }

    private static func main(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }
}
