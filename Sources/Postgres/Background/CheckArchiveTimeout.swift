import SimTime

/// `archive_timeout`: ending segments that are not full, so that what is in them gets archived
/// (src/backend/postmaster/checkpointer.c).
extension ServerProcess {
    private var archiveTimeout: Nanoseconds { .seconds(Int64(server.settings.archiveTimeout)) }

    /// Until when the checkpointer may sleep for `archive_timeout`'s sake.
    var timeUntilArchiveTimeout: Nanoseconds {
        guard server.settings.archiveTimeout > 0 else { return .max }
        return archiveTimeout - (machine.now - checkpointer.lastSwitch)
    }

    /// Ends the present segment if the last one ended `archive_timeout` ago and anything of note was logged since
    /// (checkpointer.c, CheckArchiveTimeout; 9.6 asks for no record of note).
    func CheckArchiveTimeout() {
        guard server.settings.archiveTimeout > 0 else { return }
        let now = machine.now
        if now - checkpointer.lastSwitch < archiveTimeout { return }
        let (ended, at) = GetLastSegSwitchData()
        checkpointer.lastSwitch = max(checkpointer.lastSwitch, at)
        if now - checkpointer.lastSwitch < archiveTimeout { return }
        if !server.traits.marksUnimportantWAL || hasImportantWAL(since: ended) { RequestXLogSwitch() }
        // In any case: an idle server is not looked at again and again.
        checkpointer.lastSwitch = now
    }

    /// Behind which position nothing of note has come since a segment was ended, and when that was
    /// (xlog.c, GetLastSegSwitchData).
    private func GetLastSegSwitchData() -> (quietUpTo: XLogRecPtr, at: Instant) {
        LWLockAcquire(server.xlog.walWriteLock, .shared)
        let segmentSwitch = server.xlog.segmentSwitch
        let data = (segmentSwitch.quietUpTo.load(), segmentSwitch.time)
        LWLockRelease(server.xlog.walWriteLock, .shared)
        return data
    }
}

/// The last segment that was written to its end (xlog.c, `lastSegSwitchLSN` and `lastSegSwitchTime`): protected by
/// WALWriteLock, but for `quietUpTo`.
struct SegmentSwitch<M: Machine> {
    /// Everything from the end of that segment up to here is of no note. Moved on by those who log such records.
    let quietUpTo: M.Word
    private let nanoseconds: M.Word

    init(start: XLogRecPtr, memory: M.Memory) {
        quietUpTo = memory.makeWord(start)
        nanoseconds = memory.makeWord(0)
    }

    /// When it was finished.
    var time: Instant { .zero + Nanoseconds(Int64(nanoseconds.load())) }

    /// A segment has been finished whose end is `position`. The caller holds WALWriteLock.
    func note(_ position: XLogRecPtr, _ now: Instant) {
        quietUpTo.store(position)
        nanoseconds.store(UInt64((now - .zero).count))
    }
}
