#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Writes all `count` bytes at an offset of a file, however many calls that takes.
///
/// A call that writes less than it was given has not failed, and tells no reason: the next one does.
func writeWhole(
    _ bytes: UnsafeRawPointer, count: Int, to descriptor: Int32, at offset: UInt64
) throws(SystemError) {
    var done = 0
    while done < count {
        let written = pwrite(descriptor, bytes + done, count - done, off_t(offset) + off_t(done))
        if written < 0 && errno == EINTR { continue }
        if written < 0 { throw .last("pwrite") }
        // As PostgreSQL takes it (fd.c, FileWrite).
        if written == 0 { throw SystemError(call: "pwrite", code: ENOSPC) }
        done += written
    }
}
