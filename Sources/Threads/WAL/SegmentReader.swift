import Postgres

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reads WAL pages from a directory's segment files.
final class SegmentReader {
    private let directory: String
    private let format: WALPageFormat
    private var segment: UInt64?
    private var descriptor: Int32 = -1

    init(directory: String, format: WALPageFormat) {
        self.directory = directory
        self.format = format
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Reads the page at `address`; false if its segment does not exist or ends before it.
    func read(_ address: XLogRecPtr, into page: UnsafeMutableRawPointer) throws(ThreadRunError) -> Bool {
        let wanted = address / format.geometry.segmentSize
        guard try select(wanted) else { return false }
        let offset = off_t(address % format.geometry.segmentSize)
        var count: Int
        repeat {
            count = pread(descriptor, page, Int(WALFormat.pageSize), offset)
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw failed(wanted, .last("pread")) }
        return count == Int(WALFormat.pageSize)
    }

    private func select(_ wanted: UInt64) throws(ThreadRunError) -> Bool {
        guard segment != wanted else { return true }
        if descriptor >= 0 { close(descriptor) }
        segment = nil
        descriptor = open(path(wanted), O_RDONLY)
        guard descriptor >= 0 else {
            if errno == ENOENT { return false }
            throw failed(wanted, .last("open"))
        }
        segment = wanted
        return true
    }

    private func path(_ segment: UInt64) -> String { "\(directory)/\(format.fileName(segment))" }

    private func failed(_ segment: UInt64, _ error: SystemError) -> ThreadRunError {
        .file(path: path(segment), reason: error.reason)
    }
}
