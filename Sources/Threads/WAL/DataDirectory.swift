import Postgres

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The empty directory that a run writes its WAL segments to. It knows what it made there and can remove it again.
final class DataDirectory {
    let path: String
    let format: WALPageFormat
    /// Segments and other files that were made here. The device's lock protects them once the run has begun.
    private var segments: Set<UInt64> = []
    private var otherFiles: Set<String> = []

    /// The name of a segment that is still being filled with zeros.
    private static let temporaryName = "xlogtemp"
    private static let chunkBytes = 1 << 20

    /// - Throws: `ThreadRunError.dataDirectory` unless `path` is a directory that is empty and can be written.
    init(path: String, format: WALPageFormat) throws(ThreadRunError) {
        self.path = path
        self.format = format
        if let reason = Self.whyUnusable(path) {
            throw .dataDirectory(path: path, reason: reason)
        }
    }

    private static func whyUnusable(_ path: String) -> String? {
        guard let directory = opendir(path) else { return SystemError.last("opendir").reason }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { return "not empty, it contains \(name); give an empty directory" }
        }
        return access(path, W_OK | X_OK) == 0 ? nil : SystemError.last("access").reason
    }

    /// How many segments there are.
    var segmentCount: Int { segments.count }

    func segmentPath(_ segment: UInt64) -> String { "\(path)/\(format.fileName(segment))" }

    /// Makes a segment's file unless it exists: all zeros and durable, so that writing to it later changes nothing but
    /// its content (xlog.c, XLogFileInitInternal). It appears under its name only when it is whole.
    func createSegment(_ segment: UInt64) throws(ThreadRunError) {
        guard !segments.contains(segment) else { return }
        let temporary = "\(path)/\(Self.temporaryName)"
        do throws(SystemError) {
            try fillWithZeros(temporary)
            guard rename(temporary, segmentPath(segment)) == 0 else { throw SystemError.last("rename") }
            segments.insert(segment)
            try syncDirectory()
        } catch {
            unlink(temporary)
            throw .file(path: segmentPath(segment), reason: error.reason)
        }
    }

    private func fillWithZeros(_ file: String) throws(SystemError) {
        let descriptor = open(file, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw .last("open") }
        defer { close(descriptor) }
        try writeZeros(descriptor)
        guard fsync(descriptor) == 0 else { throw .last("fsync") }
    }

    /// Fills a segment's file with zeros.
    func writeZeros(_ descriptor: Int32) throws(SystemError) {
        let zeros = [UInt8](repeating: 0, count: Self.chunkBytes)
        var offset: UInt64 = 0
        while offset < format.geometry.segmentSize {
            let count = min(UInt64(zeros.count), format.geometry.segmentSize - offset)
            try writeWhole(zeros, count: Int(count), to: descriptor, at: offset)
            offset += count
        }
    }

    /// Makes the directory's entries durable (fd.c, fsync_parent_path).
    func syncDirectory() throws(SystemError) {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw .last("open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last("fsync") }
    }

    /// Removes every file that this value made.
    func removeFiles() {
        for segment in segments { unlink(segmentPath(segment)) }
        for name in otherFiles { unlink("\(path)/\(name)") }
        segments = []
        otherFiles = []
    }

    /// A file besides the segments is about to be made.
    func willMake(_ name: String) { otherFiles.insert(name) }

    /// A file became a segment's.
    func didInstall(_ segment: UInt64) { segments.insert(segment) }

    /// A segment's file is gone.
    func didRemove(_ segment: UInt64) { segments.remove(segment) }
}
