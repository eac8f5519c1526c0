/// The number of a process in the shared array of processes (proc.h, `ProcNumber`; `pgprocno` before 17).
public typealias ProcNumber = Int

/// The value of a link that leads nowhere (proclist_types.h, INVALID_PROC_NUMBER).
let invalidProcNumber: ProcNumber = -1

/// A process's entry in shared memory (proc.h, `struct PGPROC`).
///
/// Who may touch what: `xid` is written by its owner (under ProcArrayLock when it is cleared, by a group's leader too)
/// and read by anybody; the `lw...` fields but `lwWaiting` belong to whoever holds the wait-list lock of the LWLock
/// that the process waits for; each group's fields belong to the owner until it has pushed itself on the group's list,
/// then to the group's leader until that clears `...Member`; `waitLSN` and the `syncRep...` fields belong to whoever
/// has SyncRepLock, but that the owner reads `syncRepState` without it.
struct PGPROC<M: Machine> {
    /// The transaction id; 0 while the process has none.
    let xid: M.Word
    /// Odd while a commit is being recorded, which a checkpoint must wait for; counts them. Written by its owner, read
    /// by the checkpointer (`delayChkptFlags`).
    let delayChkpt: M.Word
    /// The oldest transaction that its present statement may see as running; 0 between statements.
    let xmin: M.Word
    /// Whether the process is in an LWLock's queue: a raw value of `LWLockWaitState`.
    let lwWaiting: M.Word
    var lwWaitMode = LWLockMode.exclusive
    var lwWaitNext = invalidProcNumber
    var lwWaitPrevious = invalidProcNumber
    /// What the process waits for on the standbys; 0 while it does not.
    var waitLSN: XLogRecPtr = 0
    /// A raw value of `SyncRepState`.
    let syncRepState: M.Word
    var isInSyncRepQueue = false
    var syncRepNext = invalidProcNumber
    var syncRepPrevious = invalidProcNumber
    /// Entries of the list of processes that want their xid cleared (`procArrayGroupNext`).
    let procArrayGroup: GroupMember<M>
    /// Entries of the list of processes that want their status set in CLOG (`clogGroupNext`).
    let clogGroup: GroupMember<M>
    /// The CLOG page that the process wants updated. A word: whoever wants to join a group reads its head's page, while
    /// the head may be off to its next transaction already (`clogGroupMemberPage`).
    let clogGroupPage: M.Word
    /// The process's place in a condition variable's queue, under that one's spinlock (`cvWaitLink`).
    var cvIsQueued = false
    var cvNext = invalidProcNumber
    var cvPrevious = invalidProcNumber
    /// What the process waits for in the lock manager, and who waits for it there.
    var lockWait: LockWait<M>

    init(memory: M.Memory) {
        xid = memory.makeWord(0)
        delayChkpt = memory.makeWord(0)
        xmin = memory.makeWord(0)
        lwWaiting = memory.makeWord(LWLockWaitState.notWaiting.rawValue)
        syncRepState = memory.makeWord(SyncRepState.notWaiting.rawValue)
        procArrayGroup = GroupMember(memory: memory)
        clogGroup = GroupMember(memory: memory)
        clogGroupPage = memory.makeWord(0)
        lockWait = LockWait(memory: memory)
    }
}

/// The shared array of processes (proc.h, `PROC_HDR`).
final class ProcGlobal<M: Machine> {
    /// One entry a process; never moves.
    let allProcs: UnsafeMutablePointer<PGPROC<M>>
    let count: Int

    init(count: Int, memory: M.Memory) {
        self.count = count
        allProcs = .allocate(capacity: count)
        for number in 0..<count { (allProcs + number).initialize(to: PGPROC(memory: memory)) }
    }

    deinit {
        allProcs.deinitialize(count: count)
        allProcs.deallocate()
    }
}
