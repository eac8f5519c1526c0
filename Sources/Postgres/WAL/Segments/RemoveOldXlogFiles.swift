/// What a checkpoint does with segments (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Renames the segments that no recovery from `redo` needs to ones to come, as many as are worth having, and
    /// removes the rest (xlog.c, RemoveOldXlogFiles, RemoveXlogFile and KeepLogSeg).
    func RemoveOldXlogFiles(redo: XLogRecPtr, estimate: Double) {
        let pool = server.segments
        let settings = server.settings
        let horizon = server.checkpointDistance.recycleHorizon(redo: redo, estimate: estimate)
        var segment = pool.oldest.load()
        let kept = firstKeptSegment(redo)
        while segment < kept {
            let isRecycled =
                settings.walRecycle
                && InstallXLogFileSegment(from: segment + 1, upTo: horizon) { machine.renameSegment(segment, to: $0) }
            if !isRecycled { remove(segment) }
            machine.observe(.segment(isRecycled ? .recycled(segment) : .removed(segment)))
            segment += 1
            pool.oldest.store(segment)
        }
    }

    /// fd.c, durable_unlink.
    private func remove(_ segment: UInt64) {
        machine.removeSegment(segment)
        guard server.settings.fsync else { return }
        machine.spend(.syncCall)
        machine.syncWALDirectory()
    }

    /// The oldest segment that recovery or `wal_keep_size` needs.
    private func firstKeptSegment(_ redo: XLogRecPtr) -> UInt64 {
        let settings = server.settings
        let head = readInsertHead() / settings.walSegmentSize
        let keep = CheckpointDistance.segments(megabytes: settings.walKeepSize, settings.walSegmentSize)
        return min(redo / settings.walSegmentSize, head > keep ? head - keep : 1)
    }

    /// Makes the next segment if the WAL is about to need it (xlog.c, PreallocXlogFiles).
    func PreallocXlogFiles(end: XLogRecPtr) {
        let size = server.settings.walSegmentSize
        guard (end - 1) % size >= UInt64(0.75 * Double(size)) else { return }
        XLogFileInit((end - 1) / size + 1)
    }
}
