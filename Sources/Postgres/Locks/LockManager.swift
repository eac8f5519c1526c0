import WaitEvents

/// What a process has to do with another one's heavyweight locks (proc.h, `waitLock`, `waitProcLock`, `waitStatus`).
///
/// All of it but `status` belongs to whoever holds the partition lock of `holder`.
struct LockWait<M: Machine> {
    /// What the process waits for.
    enum Target { case nothing, transaction, tuple }

    /// Values of `status`; PROC_WAIT_STATUS_OK and so on (lock.h).
    enum Status {
        static var notWaiting: UInt64 { 0 }
        static var waiting: UInt64 { 1 }
    }

    var target = Target.nothing
    /// The process whose transaction is in the way, and that transaction.
    var holder = invalidProcNumber
    var xid: TransactionId = 0
    /// The row that both want to change.
    var row: RowID?
    /// Whether the process is first in line for that row: it has the tuple lock, and waits for the transaction itself.
    var hasTupleLock = false
    /// Whether the process is in the list of those who have to do with `holder`, and its neighbours there.
    var isListed = false
    var next = invalidProcNumber
    var previous = invalidProcNumber
    /// The list of those who have to do with this process's locks.
    var head = invalidProcNumber
    var tail = invalidProcNumber
    /// Whether this process sleeps for a heavyweight lock: read by anybody (proc.h, waitStatus).
    let status: M.Word
    /// Whether somebody waits for this process's transaction, so that it must look when it ends.
    let isAwaited: M.Word

    init(memory: M.Memory) {
        status = memory.makeWord(Status.notWaiting)
        isAwaited = memory.makeWord(0)
    }
}

/// Heavyweight locks on transactions and on rows (src/backend/storage/lmgr/lock.c).
///
/// PostgreSQL enters a transaction's lock on its own id in a hash table when the id is assigned, and a tuple lock when
/// a row's header names a running transaction. Here a transaction holds the lock on its id by having it, and whoever
/// must wait enters itself in a list of the process in the way: only those who wait pay. The partition lock is chosen
/// by that process's number and not by the tag's hash, so that one partition has all that concerns one holder.
struct LockManager<M: Machine> {
    /// lock.h, NUM_LOCK_PARTITIONS.
    static var partitionCount: Int { 16 }

    /// `LockMgrLock` partitions (lwlock.h, LockHashPartitionLock).
    let partitionLocks: FixedArray<LWLock<M>>
    let rows: RowMarks<M>
    /// Whether any transaction of the server locks rows. If none does, nothing here is ever looked at.
    let isUsed: Bool

    init(isUsed: Bool, processes: Int, factory: inout LWLockFactory<M>, memory: M.Memory) {
        self.isUsed = isUsed
        partitionLocks = FixedArray(
            (0..<(isUsed ? Self.partitionCount : 0)).map { _ in factory.makeLock(.lwLockLockManager) })
        rows = RowMarks(processes: isUsed ? processes : 0, memory: memory)
    }

    func deallocate() {
        partitionLocks.deallocate()
        rows.deallocate()
    }

    func partitionLock(of holder: ProcNumber) -> LWLock<M> { partitionLocks[holder % Self.partitionCount] }
}

extension Server {
    /// The number by which observers know a process's lock on its transaction, or on a tuple that it is the first to
    /// wait for; they come behind those of lightweight locks.
    public func heavyweightLock(of holder: ProcNumber, isTuple: Bool) -> LockID {
        locks.count + holder + (isTuple ? processes.count : 0)
    }

    /// The wait event of each lock, by its number.
    public var lockEvents: [WaitEvent] {
        let heavyweight = lockManager.isUsed ? processes.count : 0
        return locks.map(\.event) + Array(repeating: .lockTransactionid, count: heavyweight)
            + Array(repeating: .lockTuple, count: heavyweight)
    }
}

/// The list of processes that have to do with one holder, first come first served. Under the holder's partition lock.
extension ServerProcess {
    func listLockWait(_ number: ProcNumber, on holder: ProcNumber) {
        let last = procs[holder].lockWait.tail
        procs[number].lockWait.isListed = true
        procs[number].lockWait.previous = last
        procs[number].lockWait.next = invalidProcNumber
        if last == invalidProcNumber {
            procs[holder].lockWait.head = number
        } else {
            procs[last].lockWait.next = number
        }
        procs[holder].lockWait.tail = number
    }

    func unlistLockWait(_ number: ProcNumber, on holder: ProcNumber) {
        guard procs[number].lockWait.isListed else { return }
        let next = procs[number].lockWait.next
        let previous = procs[number].lockWait.previous
        procs[number].lockWait.isListed = false
        if previous == invalidProcNumber {
            procs[holder].lockWait.head = next
        } else {
            procs[previous].lockWait.next = next
        }
        if next == invalidProcNumber {
            procs[holder].lockWait.tail = previous
        } else {
            procs[next].lockWait.previous = previous
        }
    }

    /// The first in the holder's list of whom `isWanted` holds.
    func firstLockWait(on holder: ProcNumber, where isWanted: (LockWait<M>) -> Bool) -> ProcNumber? {
        var number = procs[holder].lockWait.head
        while number != invalidProcNumber {
            if isWanted(procs[number].lockWait) { return number }
            number = procs[number].lockWait.next
        }
        return nil
    }
}
