import WaitEvents

/// The segment files that exist, which is all from the oldest to the newest: those beyond the head of the WAL are the
/// recycled ones that wait for their use (the files of `pg_wal`; src/backend/access/transam/xlog.c).
struct SegmentPool<M: Machine> {
    /// Exclusive to install a file under a segment's name, and to change pg_control.
    let controlFileLock: LWLock<M>
    /// The oldest segment. Written by the checkpointer alone, read by observers.
    let oldest: M.Word
    /// The newest segment. Written under ControlFileLock, read by anybody: it never goes back.
    let newest: M.Word

    /// - Parameter recycled: how many segments exist beyond the one that the WAL begins in; nil: as many as a long time
    ///   of steady work leaves, which is all that `max_wal_size` allows, and none if nothing is recycled.
    init(_ settings: Settings, recycled: Int?, factory: inout LWLockFactory<M>, memory: M.Memory) {
        controlFileLock = factory.makeLock(.lwLockControlFile)
        // A cluster made by initdb writes its first record in segment 1.
        oldest = memory.makeWord(1)
        let allowed = max(CheckpointDistance.segments(megabytes: settings.maxWALSize, settings.walSegmentSize), 1) - 1
        newest = memory.makeWord(1 + (recycled.map { UInt64($0) } ?? (settings.walRecycle ? allowed : 0)))
    }
}
