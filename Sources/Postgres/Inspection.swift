// Read-only views of shared memory, for those who check invariants at an instant at which no process runs.

/// A lightweight lock as it stands.
package struct LWLockView {
    /// Whether somebody holds the lock exclusively.
    package let isHeldExclusively: Bool
    /// How many share it.
    package let sharers: Int
    /// RELEASE_OK: whether a release wakes anybody.
    package let releaseOK: Bool
    /// HAS_WAITERS: whether a release looks for waiters at all.
    package let hasWaiters: Bool
    /// Whether somebody is at work on the queue.
    package let isListLocked: Bool
    /// The first process in the queue; nil if there is none.
    package let firstWaiter: ProcNumber?

    /// Whether nobody holds it.
    package var isFree: Bool { !isHeldExclusively && sharers == 0 }
}

/// A process's entry in shared memory as it stands.
package struct ProcessView {
    /// Whether the process is in a queue.
    package let isWaiting: Bool
    /// Whether a releaser has taken it off the queue and not posted it yet.
    package let isPendingWakeup: Bool
    /// Whether it waits, or waited last, without wanting the lock (LW_WAIT_UNTIL_FREE).
    package let waitsUntilFree: Bool
    /// Whether it waits, or waited last, to hold the lock alone.
    package let waitsExclusively: Bool
    /// The next process in the same queue; nil if there is none.
    package let nextWaiter: ProcNumber?
}

extension Server {
    /// How many processes the server has.
    package var processCount: Int { procGlobal.count }
    /// The lock under which WAL pages are initialised.
    package var walBufMappingLock: LockID { xlog.walBufMappingLock.id }

    /// The oldest segment that exists.
    package var oldestSegment: UInt64 { segments.oldest.load() }
    /// The newest segment that exists.
    package var newestSegment: UInt64 { segments.newest.load() }

    /// A lock as it stands.
    package func view(ofLock id: LockID) -> LWLockView {
        let state = locks[id].state.load()
        let head = locks[id].queue.head
        return LWLockView(
            isHeldExclusively: state & LWLockState.exclusive != 0,
            sharers: Int(state & (LWLockState.exclusive - 1)), releaseOK: state & LWLockState.releaseOK != 0,
            hasWaiters: state & LWLockState.hasWaiters != 0, isListLocked: state & LWLockState.locked != 0,
            firstWaiter: head == invalidProcNumber ? nil : head)
    }

    /// A process's entry as it stands.
    package func view(ofProcess number: ProcNumber) -> ProcessView {
        let entry = procGlobal.allProcs + number
        let waiting = entry.pointee.lwWaiting.load()
        let next = entry.pointee.lwWaitNext
        return ProcessView(
            isWaiting: waiting == LWLockWaitState.waiting.rawValue,
            isPendingWakeup: waiting == LWLockWaitState.pendingWakeup.rawValue,
            waitsUntilFree: entry.pointee.lwWaitMode == .waitUntilFree,
            waitsExclusively: entry.pointee.lwWaitMode == .exclusive,
            nextWaiter: next == invalidProcNumber ? nil : next)
    }
}

extension XLogCtl {
    /// How many insertion locks there are.
    package var insertionLockCount: Int { insertionLocks.count }
    /// An insertion lock's number among all locks.
    package func insertionLock(_ index: Int) -> LockID { insertionLocks[index].lock.id }
    /// Up to where an insertion lock's holder has announced to be done (`insertingAt`).
    package func insertingAt(_ index: Int) -> XLogRecPtr { insertionLocks[index].insertingAt.load() }

    /// Everything up to here is copied, as far as somebody has looked (17).
    package var knownInserted: XLogRecPtr { logInsertResult.load() }
    /// How far somebody wants WAL written.
    package var writeRequested: XLogRecPtr { info.unprotected.requestedWrite }
    /// The end of the newest initialised page.
    package var initialized: XLogRecPtr { initializedUpTo.load() }
    /// The buffer of a page.
    package func buffer(of position: XLogRecPtr) -> Int { slot(of: position) }
}

extension ServerProcess {
    /// Up to where WAL is written, as far as this process knows.
    package var knownWrite: XLogRecPtr { logwrtResult.write }
    /// Up to where WAL is flushed, as far as this process knows.
    package var knownFlush: XLogRecPtr { logwrtResult.flush }
}
