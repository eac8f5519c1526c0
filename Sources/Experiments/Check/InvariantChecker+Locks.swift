import Postgres

/// Lightweight locks: who holds them, who waits, who wakes whom.
extension InvariantChecker {
    // MARK: What processes do

    func acquired(_ lock: LockID, exclusive: Bool, by process: ProcNumber) {
        if let holder = exclusiveHolder[lock] {
            fail(.lockModes, "process \(process) got \(name(ofLock: lock)), which process \(holder) holds exclusively")
        }
        if exclusive {
            if sharers[lock] > 0 { fail(.lockModes, "process \(process) got \(name(ofLock: lock)), which is shared") }
            exclusiveHolder[lock] = process
        } else {
            sharers[lock] += 1
        }
        watched[process].held.append(lock)
        if watched[process].owesAttempt == lock { watched[process].owesAttempt = nil }
        if watched[process].queuedFor == lock { watched[process].queuedFor = nil }
    }

    func released(_ lock: LockID, by process: ProcNumber) {
        guard let place = watched[process].held.firstIndex(of: lock) else {
            return fail(.lockModes, "process \(process) releases \(name(ofLock: lock)), which it does not hold")
        }
        watched[process].held.remove(at: place)
        watched[process].releasing = lock
        if exclusiveHolder[lock] == process { exclusiveHolder[lock] = nil } else { sharers[lock] -= 1 }
    }

    func waitStarted(_ lock: LockID, by process: ProcNumber) {
        watched[process].sleepsFor = lock
        watched[process].owesAttempt = nil
        checkMaySleep(lock, process)
    }

    func waitDone(_ lock: LockID, by process: ProcNumber) {
        watched[process].sleepsFor = nil
        watched[process].queuedFor = nil
        if !server.view(ofProcess: process).waitsUntilFree { watched[process].owesAttempt = lock }
    }

    /// Which locks may be held by whom who sleeps for one (the rules that keep the server free of deadlocks).
    private func checkMaySleep(_ lock: LockID, _ process: ProcNumber) {
        let held = watched[process].held
        let isInsertionLock = server.locks[lock].event == .lwLockWALInsert
        if held.contains(server.walBufMappingLock) {
            fail(.lockOrder, "process \(process) sleeps for \(name(ofLock: lock)) and holds WALBufMapping")
        }
        // Before 17 the leader looks at the insertion locks again after commit_delay, and may sleep for a holder that
        // has not said where it inserts; it says so before it needs WALWriteLock.
        let mayWaitForInsertions = isInsertionLock && release < .v17 && server.settings.commitDelay > 0
        // A new segment gets its name under ControlFileLock, whose holders never want WALWriteLock.
        let isControlFile = server.locks[lock].event == .lwLockControlFile
        if held.contains(xlog.walWriteLock.id) && !mayWaitForInsertions && !isControlFile {
            fail(.lockOrder, "process \(process) sleeps for \(name(ofLock: lock)) and holds WALWrite")
        }
        // Who wants all of them takes them in their order.
        let inserts = held.contains { server.locks[$0].event == .lwLockWALInsert && $0 >= lock }
        if inserts && isInsertionLock && !server.view(ofProcess: process).waitsUntilFree {
            fail(.lockOrder, "process \(process) wants a second insertion lock")
        }
    }

    // MARK: What shared memory says

    func checkLocks() {
        for lock in server.locks.indices {
            let view = server.view(ofLock: lock)
            checkHolders(lock, view)
            if view.firstWaiter != nil { checkQueue(lock, view) }
        }
        for process in watched.indices where seenInStep[process] != steps {
            if watched[process].sleepsFor != nil, server.view(ofProcess: process).isWaiting {
                fail(.queues, "process \(process) sleeps and is in no queue")
            }
        }
    }

    private func checkHolders(_ lock: LockID, _ view: LWLockView) {
        let isConsistent = view.isHeldExclusively == (exclusiveHolder[lock] != nil) && view.sharers == sharers[lock]
        if !isConsistent || (view.isHeldExclusively && view.sharers > 0) {
            let holder = exclusiveHolder[lock].map { "process \($0)" } ?? "nobody"
            fail(
                .lockModes,
                "\(name(ofLock: lock)) shows exclusive: \(view.isHeldExclusively), sharers: \(view.sharers);"
                    + " its holder is \(holder), its sharers \(sharers[lock])")
        }
    }

    private func checkQueue(_ lock: LockID, _ view: LWLockView) {
        var next = view.firstWaiter
        var onlyUntilFreeSoFar = true
        var hasSleeper = false
        while let process = next {
            let entry = server.view(ofProcess: process)
            if seenInStep[process] == steps {
                return fail(.queues, "process \(process) is in two queues, or twice in one")
            }
            seenInStep[process] = steps
            watched[process].queuedFor = lock
            if !entry.isWaiting {
                fail(.queues, "process \(process) is queued for \(name(ofLock: lock)) and not marked")
            }
            if entry.waitsUntilFree && !onlyUntilFreeSoFar {
                fail(.queues, "process \(process) waits for \(name(ofLock: lock)) to be free behind others")
            }
            if !entry.waitsUntilFree { onlyUntilFreeSoFar = false }
            if watched[process].sleepsFor == lock { hasSleeper = true }
            next = entry.nextWaiter
        }
        if hasSleeper && view.isFree && !view.isListLocked { checkWakeup(lock, view) }
        if !view.hasWaiters && !view.isListLocked {
            fail(.queues, "\(name(ofLock: lock)) has a queue, and nothing tells its releaser so")
        }
    }

    /// The lock is free and somebody sleeps for it: who will see to it?
    private func checkWakeup(_ lock: LockID, _ view: LWLockView) {
        for process in watched.indices {
            if watched[process].releasing == lock || watched[process].owesAttempt == lock { return }
            let entry = server.view(ofProcess: process)
            // Woken to take the lock, and not run yet.
            if watched[process].queuedFor == lock && !entry.isWaiting && !entry.waitsUntilFree { return }
        }
        fail(.wakeups, "\(name(ofLock: lock)) is free, processes sleep for it, and nobody is about to wake them")
    }

    /// A backend that waits for its client's next message.
    func checkIdle(_ process: ProcNumber) {
        let left = cluster.semaphore(of: process)
        if left != 0 { fail(.semaphores, "process \(process) is idle with \(left) units in its semaphore") }
        if !watched[process].held.isEmpty {
            let names = watched[process].held.map { name(ofLock: $0) }.joined(separator: ", ")
            fail(.lockModes, "process \(process) is idle and holds \(names)")
        }
    }
}
