/// What a commit waits for on the standbys, and the queue that it waits in (syncrep.h, SYNC_REP_WAIT_...).
public enum SyncRepMode: Int, CaseIterable, Sendable {
    case write
    case flush
    case apply

    /// The mode of a level of `synchronous_commit`; nil if it waits for no standby (syncrep.c,
    /// assign_synchronous_commit).
    init?(_ level: SynchronousCommit) {
        switch level {
        case .off, .local: return nil
        case .remoteWrite: self = .write
        case .on: self = .flush
        case .remoteApply: self = .apply
        }
    }
}

/// Whether a backend waits for standbys (syncrep.h, SYNC_REP_NOT_WAITING and so on).
enum SyncRepState: UInt64 {
    case notWaiting = 0
    case waiting = 1
    /// A walsender has taken it off its queue.
    case complete = 2
}

/// The backends that wait in one mode, by the LSN they wait for; links are in their entries (`SyncRepQueue`).
///
/// Belongs to whoever holds SyncRepLock exclusively.
struct SyncRepQueue {
    private(set) var head = invalidProcNumber
    private(set) var tail = invalidProcNumber

    /// Puts a backend in its place. Commits come nearly in the order of their LSNs: the place is looked for from the
    /// end (syncrep.c, SyncRepQueueInsert).
    mutating func insert<M>(_ number: ProcNumber, _ procs: UnsafeMutablePointer<PGPROC<M>>) {
        let waitLSN = procs[number].waitLSN
        var before = tail
        while before != invalidProcNumber, procs[before].waitLSN >= waitLSN { before = procs[before].syncRepPrevious }
        let after = before == invalidProcNumber ? head : procs[before].syncRepNext
        procs[number].syncRepPrevious = before
        procs[number].syncRepNext = after
        if before == invalidProcNumber { head = number } else { procs[before].syncRepNext = number }
        if after == invalidProcNumber { tail = number } else { procs[after].syncRepPrevious = number }
        procs[number].isInSyncRepQueue = true
    }

    mutating func remove<M>(_ number: ProcNumber, _ procs: UnsafeMutablePointer<PGPROC<M>>) {
        let next = procs[number].syncRepNext
        let previous = procs[number].syncRepPrevious
        if previous == invalidProcNumber { head = next } else { procs[previous].syncRepNext = next }
        if next == invalidProcNumber { tail = previous } else { procs[next].syncRepPrevious = previous }
        procs[number].isInSyncRepQueue = false
    }
}
