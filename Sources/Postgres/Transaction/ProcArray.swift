import WaitEvents

/// The set of running transactions (src/backend/storage/ipc/procarray.c).
struct ProcArray<M: Machine> {
    /// Exclusive to end a transaction, shared to take a snapshot.
    let lock: LWLock<M>
    /// Exclusive to assign a transaction id; protects `nextXid` (varsup.c, XidGenLock).
    let xidGenLock: LWLock<M>
    let nextXid: M.Word
    /// Processes that want their xid cleared.
    let groupFirst: M.Word

    init(factory: inout LWLockFactory<M>, memory: M.Memory) {
        lock = factory.makeLock(.lwLockProcArray)
        xidGenLock = factory.makeLock(.lwLockXidGen)
        // FirstNormalTransactionId.
        nextXid = memory.makeWord(3)
        groupFirst = memory.makeWord(GroupList<M>.encode(invalidProcNumber))
    }
}

extension ServerProcess {
    /// Assigns a transaction id if this transaction has none (varsup.c, GetNewTransactionId).
    func assignTransactionIdIfNeeded() {
        guard xid == 0 else { return }
        let procArray = server.procArray
        LWLockAcquire(procArray.xidGenLock, .exclusive)
        // The store is seen a fraction of a microsecond before its time has passed, by MinimumActiveBackends alone:
        // everybody else looks under a lock that this process holds until it has.
        machine.accrue(.assignXid)
        let next = procArray.nextXid.fetchAdd(1)
        if !server.relations.isEmpty { ExtendCLOG(next) }
        myProc.pointee.xid.store(next)
        LWLockRelease(procArray.xidGenLock)
    }

    /// Notes which transactions run, for a statement's visibility (procarray.c, GetSnapshotData).
    func GetSnapshotData() {
        LWLockAcquire(server.procArray.lock, .shared)
        machine.accrue(.snapshot)
        if !server.relations.isEmpty { publishXmin() }
        LWLockRelease(server.procArray.lock, .shared)
    }

    /// Ends this transaction for everybody's snapshots: alone if ProcArrayLock is free, else with the group that
    /// gathers meanwhile (procarray.c, ProcArrayEndTransaction).
    func ProcArrayEndTransaction() {
        let procArray = server.procArray
        if LWLockConditionalAcquire(procArray.lock, .exclusive) {
            clearXid(of: number)
            LWLockRelease(procArray.lock)
        } else {
            ProcArrayGroupClearXid()
        }
    }

    /// procarray.c, ProcArrayEndTransactionInternal.
    private func clearXid(of number: ProcNumber) {
        // As with the assignment, its time passes before the lock is released.
        machine.accrue(.procArrayEnd)
        procs[number].xid.store(0)
    }

    /// procarray.c, ProcArrayGroupClearXid.
    private func ProcArrayGroupClearXid() {
        let procArray = server.procArray
        let mine = myProc.pointee.procArrayGroup
        guard joinGroup(procArray.groupFirst, mine, mayJoin: { _ in true }) == invalidProcNumber else {
            awaitLeader(mine, .ipcProcArrayGroupUpdate)
            return
        }
        LWLockAcquire(procArray.lock, .exclusive)
        let head = detachGroup(procArray.groupFirst)
        var member = head
        while member != invalidProcNumber {
            clearXid(of: member)
            member = GroupList<M>.decode(procs[member].procArrayGroup.next.load())
        }
        LWLockRelease(procArray.lock)
        wakeGroup(head) { $0.pointee.procArrayGroup }
    }

    /// Whether at least `minimum` other processes have a transaction id (procarray.c, MinimumActiveBackends). It reads
    /// the array without a lock. Those asleep in any wait count, but not in one for a heavyweight lock.
    func MinimumActiveBackends(_ minimum: Int) -> Bool {
        if minimum == 0 { return true }
        var count = 0
        for other in 0..<server.procGlobal.count where other != number && procs[other].xid.load() != 0 {
            if procs[other].lockWait.status.load() != LockWait<M>.Status.notWaiting { continue }
            count += 1
            if count >= minimum { return true }
        }
        return false
    }
}
