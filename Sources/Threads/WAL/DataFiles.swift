import Postgres

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The files that a checkpoint writes pages to. The server has no contents of pages: each is a page of its number's
/// bytes, but its write, its write-back and its sync are the operating system's own.
///
/// Used by one process at a time, under the device's lock.
final class DataFiles {
    private let directory: DataDirectory
    private var descriptors: [Int: Int32] = [:]

    init(_ directory: DataDirectory) { self.directory = directory }

    deinit { for descriptor in descriptors.values { close(descriptor) } }

    /// Writes a page.
    func write(file: Int, block: Int) throws(ThreadRunError) {
        let descriptor = try descriptor(file)
        let page = [UInt64](repeating: UInt64(block), count: Int(WALFormat.pageSize) / 8)
        do throws(SystemError) {
            let size = Int(WALFormat.pageSize)
            try writeWhole(page, count: size, to: descriptor, at: UInt64(block) * UInt64(size))
        } catch {
            throw failed(file, error)
        }
    }

    /// Has the operating system begin to write pages out: fd.c, pg_flush_data, by the call that Swift's view of the
    /// C library has. A hint: where there is none, nothing is lost.
    func writeBack(file: Int, firstBlock: Int, count: Int) throws(ThreadRunError) {
        #if !canImport(Darwin)
            let size = off_t(WALFormat.pageSize)
            _ = posix_fadvise(
                try descriptor(file), off_t(firstBlock) * size, off_t(count) * size, POSIX_FADV_DONTNEED)
        #endif
    }

    /// Makes a file durable.
    func sync(file: Int) throws(ThreadRunError) {
        guard fsync(try descriptor(file)) == 0 else { throw failed(file, .last("fsync")) }
    }

    private func name(_ file: Int) -> String { file == DataFile.control ? "pg_control" : "relation.\(file)" }

    private func descriptor(_ file: Int) throws(ThreadRunError) -> Int32 {
        if let known = descriptors[file] { return known }
        directory.willMake(name(file))
        let descriptor = open("\(directory.path)/\(name(file))", O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw failed(file, .last("open")) }
        descriptors[file] = descriptor
        return descriptor
    }

    private func failed(_ file: Int, _ error: SystemError) -> ThreadRunError {
        .file(path: "\(directory.path)/\(name(file))", reason: error.reason)
    }
}
