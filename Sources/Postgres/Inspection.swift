// Read-only views of shared memory, for those who check invariants at an instant at which no process runs.

/// A lightweight lock as it stands.
package struct LWLockView {
    /// Whether somebody holds the lock exclusively, and how many share it.
    package let isHeldExclusively: Bool
    package let sharers: Int
    /// RELEASE_OK: whether a release wakes anybody.
    package let releaseOK: Bool
    /// HAS_WAITERS: whether a release looks for waiters at all.
    package let hasWaiters: Bool
    /// Whether somebody is at work on the queue.
    package let isListLocked: Bool
    /// The first process in the queue; nil if there is none.
    package let firstWaiter: ProcNumber?

    package var isFree: Bool { !isHeldExclusively && sharers == 0 }
}

/// A process's entry in shared memory as it stands.
package struct ProcessView {
    /// Whether the process is in a queue, or a releaser has taken it off and not posted it yet.
    package let isWaiting: Bool
    package let isPendingWakeup: Bool
    /// How it waits, or waited last.
    package let waitsUntilFree: Bool
    package let waitsExclusively: Bool
    /// The next process in the same queue; nil if there is none.
    package let nextWaiter: ProcNumber?
}

extension Server {
    package var processCount: Int { procGlobal.count }
    package var walBufMappingLock: LockID { xlog.walBufMappingLock.id }

    /// The oldest and the newest segment that exist.
    package var oldestSegment: UInt64 { segments.oldest.load() }
    package var newestSegment: UInt64 { segments.newest.load() }

    package func view(ofLock id: LockID) -> LWLockView {
        let state = locks[id].state.load()
        let head = locks[id].queue.pointee.head
        return LWLockView(
            isHeldExclusively: state & LWLockState.exclusive != 0,
            sharers: Int(state & (LWLockState.exclusive - 1)), releaseOK: state & LWLockState.releaseOK != 0,
            hasWaiters: state & LWLockState.hasWaiters != 0, isListLocked: state & LWLockState.locked != 0,
            firstWaiter: head == invalidProcNumber ? nil : head)
    }

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
    /// The lock and the announced position of each insertion lock.
    package var insertionLockCount: Int { insertionLocks.count }
    package func insertionLock(_ index: Int) -> LockID { insertionLocks[index].lock.id }
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
    /// The write and flush positions that this process knows.
    package var knownWrite: XLogRecPtr { logwrtResult.write }
    package var knownFlush: XLogRecPtr { logwrtResult.flush }
}
