import Postgres

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The WAL segment that is open for writing, one at a time (xlog.c, `openLogFile`).
final class SegmentFile {
    private let directory: DataDirectory
    private let openFlags: Int32
    private var segment: UInt64?
    private var descriptor: Int32 = -1

    init(_ directory: DataDirectory, method: WALSyncMethod, fsync: Bool) {
        self.directory = directory
        openFlags = fsync ? Self.flags(method) : 0
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// What makes each write durable by itself (xlog.c, get_sync_bit).
    private static func flags(_ method: WALSyncMethod) -> Int32 {
        switch method {
        case .openDatasync: O_DSYNC
        case .openSync: O_SYNC
        case .fdatasync, .fsync, .fsyncWritethrough: 0
        }
    }

    /// Opens a segment, which is made if it does not exist, and closes the one before.
    func select(_ wanted: UInt64) throws(ThreadRunError) {
        guard segment != wanted else { return }
        if descriptor >= 0 { close(descriptor) }
        segment = nil
        try directory.createSegment(wanted)
        descriptor = open(directory.segmentPath(wanted), O_RDWR | openFlags)
        guard descriptor >= 0 else { throw failed(wanted, .last("open")) }
        segment = wanted
    }

    /// Writes all of `bytes` at an offset of the selected segment.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(ThreadRunError) {
        do throws(SystemError) {
            try writeWhole(bytes.baseAddress!, count: bytes.count, to: descriptor, at: offset)
        } catch {
            throw failed(segment!, error)
        }
    }

    /// Makes the selected segment durable.
    func sync(_ method: WALSyncMethod) throws(ThreadRunError) {
        while Self.syncCall(descriptor, method) != 0 {
            if errno != EINTR { throw failed(segment!, .last(method.rawValue)) }
        }
    }

    private static func syncCall(_ descriptor: Int32, _ method: WALSyncMethod) -> Int32 {
        #if canImport(Darwin)
            return method == .fsyncWritethrough ? fcntl(descriptor, F_FULLFSYNC) : fsync(descriptor)
        #else
            return method == .fdatasync ? fdatasync(descriptor) : fsync(descriptor)
        #endif
    }

    private func failed(_ segment: UInt64, _ error: SystemError) -> ThreadRunError {
        .file(path: directory.segmentPath(segment), reason: error.reason)
    }
}
