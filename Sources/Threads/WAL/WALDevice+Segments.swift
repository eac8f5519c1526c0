import Postgres

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Making, renaming and removing segment files while the server runs (xlog.c, XLogFileInitInternal; fd.c).
extension WALDevice {
    /// The file that a process fills before it has a segment's name.
    private func temporaryName(_ process: ProcNumber) -> String { "xlogtemp.\(process)" }

    /// Fills a new file with zeros, or gives it its length alone.
    func writeNewSegment(by process: ProcNumber, isZeroFilled: Bool) {
        attempt { () throws(ThreadRunError) in
            let name = temporaryName(process)
            directory.willMake(name)
            try open(name, O_RDWR | O_CREAT | O_TRUNC) { (descriptor) throws(SystemError) in
                if isZeroFilled {
                    try directory.writeZeros(descriptor)
                } else {
                    let last = directory.format.geometry.segmentSize - 1
                    try writeWhole([UInt8(0)], count: 1, to: descriptor, at: last)
                }
            }
        }
    }

    /// Makes the new file durable.
    func syncNewSegment(by process: ProcNumber) {
        attempt { () throws(ThreadRunError) in
            try open(temporaryName(process), O_RDWR) { (descriptor) throws(SystemError) in
                guard fsync(descriptor) == 0 else { throw .last("fsync") }
            }
            awaitDevice()
        }
    }

    /// Gives the new file a segment's name.
    func installNewSegment(by process: ProcNumber, as segment: UInt64) {
        rename("\(directory.path)/\(temporaryName(process))", to: segment)
    }

    /// Removes the new file.
    func discardNewSegment(by process: ProcNumber) {
        attempt { () throws(ThreadRunError) in
            let path = "\(directory.path)/\(temporaryName(process))"
            guard unlink(path) == 0 else { throw .file(path: path, reason: SystemError.last("unlink").reason) }
        }
    }

    /// Gives a segment's file the name of another segment.
    func renameSegment(_ old: UInt64, to new: UInt64) {
        rename(directory.segmentPath(old), to: new)
        attempt { () throws(ThreadRunError) in directory.didRemove(old) }
    }

    /// Removes a segment's file.
    func removeSegment(_ segment: UInt64) {
        attempt { () throws(ThreadRunError) in
            let path = directory.segmentPath(segment)
            guard unlink(path) == 0 else { throw .file(path: path, reason: SystemError.last("unlink").reason) }
            directory.didRemove(segment)
        }
    }

    /// Makes the names of files durable.
    func syncWALDirectory() {
        attempt { () throws(ThreadRunError) in
            do throws(SystemError) {
                try directory.syncDirectory()
            } catch {
                throw .file(path: directory.path, reason: error.reason)
            }
            awaitDevice()
        }
    }

    private func rename(_ path: String, to segment: UInt64) {
        attempt { () throws(ThreadRunError) in
            let new = directory.segmentPath(segment)
            guard Self.renameFile(path, new) == 0 else {
                throw .file(path: new, reason: SystemError.last("rename").reason)
            }
            directory.didInstall(segment)
        }
    }

    // By another name, which no method of this class hides.
    private static func renameFile(_ old: String, _ new: String) -> Int32 {
        #if canImport(Darwin)
            return Darwin.rename(old, new)
        #else
            return Glibc.rename(old, new)
        #endif
    }

    private func open(
        _ name: String, _ flags: Int32, _ body: (Int32) throws(SystemError) -> Void
    ) throws(ThreadRunError) {
        let path = "\(directory.path)/\(name)"
        do throws(SystemError) {
            try withFile(path, flags, body)
        } catch {
            throw .file(path: path, reason: error.reason)
        }
    }
}

/// Opens a file for the time of `body`.
func withFile(_ path: String, _ flags: Int32, _ body: (Int32) throws(SystemError) -> Void) throws(SystemError) {
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else { throw .last("open") }
    defer { close(descriptor) }
    try body(descriptor)
}
