import SimTime
import WaitEvents

/// Making segment files (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Makes a segment's file unless there is one, recycled or made ahead; true if it did (xlog.c, XLogFileInit).
    ///
    /// A process that writes WAL comes here with WALWriteLock held: filling and syncing a new file then holds up
    /// everybody who wants to flush.
    @discardableResult
    func XLogFileInit(_ segment: UInt64) -> Bool {
        guard segment > server.segments.newest.load() else { return false }
        XLogFileInitInternal()
        let farthest = segment + server.checkpointDistance.checkPointSegments
        let isInstalled = InstallXLogFileSegment(from: segment, upTo: farthest) { machine.installNewSegment(as: $0) }
        if !isInstalled { machine.discardNewSegment() }
        machine.observe(.segment(.created))
        return true
    }

    /// Fills a file that nobody knows yet and makes it durable (xlog.c, XLogFileInitInternal).
    private func XLogFileInitInternal() {
        let settings = server.settings
        machine.report(.ioWALInitWrite)
        // Without zeros only the last byte is written, so that the file has its length.
        let pages = settings.walInitZero ? Int(settings.walSegmentSize / WALFormat.pageSize) : 1
        machine.spend(.segmentFill, pages)
        machine.writeNewSegment(isZeroFilled: settings.walInitZero)
        machine.report(.ioWALInitSync)
        if settings.fsync {
            machine.spend(.syncCall)
            machine.syncNewSegment()
        }
        machine.report(.none)
    }

    /// Gives a file the name of the first segment at or behind `first` that has none; false if that would be beyond
    /// `last` (xlog.c, InstallXLogFileSegment).
    func InstallXLogFileSegment(from first: UInt64, upTo last: UInt64, _ rename: (UInt64) -> Void) -> Bool {
        let pool = server.segments
        LWLockAcquire(pool.controlFileLock, .exclusive)
        let segment = max(first, pool.newest.load() + 1)
        let isInstalled = segment <= last
        if isInstalled {
            rename(segment)
            if server.settings.fsync {
                machine.spend(.syncCall)
                machine.syncWALDirectory()
            }
            pool.newest.store(segment)
        }
        LWLockRelease(pool.controlFileLock)
        return isInstalled
    }
}
