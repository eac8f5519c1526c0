#if canImport(Glibc)
    // The streams are variables of C, which nobody here sets.
    @preconcurrency import Glibc
#else
    @preconcurrency import Darwin
#endif

/// The three streams that a program is started with, as far as they need care.
public enum StandardStreams {
    /// Puts /dev/null in the place of those that the program was started without, before any file is opened: it would
    /// get their numbers, and messages would end up in it.
    ///
    /// It is opened so that standard output cannot be written (the loss of results has to show), while messages are
    /// dropped.
    public static func fillGaps() {
        for (descriptor, flags) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number, which is this one.
            _ = open("/dev/null", flags)
        }
    }

    /// Writes out what standard output still buffers; throws if anything that was printed has been lost.
    public static func finishOutput() throws(OutputError) {
        let hadFailed = ferror(stdout) != 0
        guard fflush(stdout) != 0 || hadFailed else { return }
        let reason = hadFailed ? "an earlier write failed" : String(cString: strerror(errno))
        throw OutputError(path: "standard output", reason: reason)
    }

    /// Writes to standard error. There is nowhere to complain if that fails.
    public static func say(_ text: String) { fputs(text, stderr) }
}
