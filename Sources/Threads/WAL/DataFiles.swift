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
        let count = pwrite(descriptor, page, Int(WALFormat.pageSize), off_t(block) * off_t(WALFormat.pageSize))
        guard count == Int(WALFormat.pageSize) else { throw failed(file, "pwrite") }
    }

    /// Has the operating system begin to write pages out. A hint: where there is no such call, nothing is lost.
    func writeBack(file: Int, firstBlock: Int, count: Int) throws(ThreadRunError) {
        #if !canImport(Darwin)
            let size = off_t(WALFormat.pageSize)
            _ = sync_file_range(
                try descriptor(file), off_t(firstBlock) * size, off_t(count) * size, UInt32(SYNC_FILE_RANGE_WRITE))
        #endif
    }

    /// Makes a file durable.
    func sync(file: Int) throws(ThreadRunError) {
        guard fsync(try descriptor(file)) == 0 else { throw failed(file, "fsync") }
    }

    private func name(_ file: Int) -> String { file == DataFile.control ? "pg_control" : "relation.\(file)" }

    private func descriptor(_ file: Int) throws(ThreadRunError) -> Int32 {
        if let known = descriptors[file] { return known }
        directory.willMake(name(file))
        let descriptor = open("\(directory.path)/\(name(file))", O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw failed(file, "open") }
        descriptors[file] = descriptor
        return descriptor
    }

    private func failed(_ file: Int, _ call: String) -> ThreadRunError {
        .file(path: "\(directory.path)/\(name(file))", reason: SystemError.last(call).reason)
    }
}
