import WaitEvents

/// The commit log: two bits a transaction (src/backend/access/transam/clog.c).
struct CLOG<M: Machine> {
    /// Transactions whose status fits one page (CLOG_XACTS_PER_PAGE).
    static var transactionsPerPage: Int64 { 32_768 }

    /// XactSLRULock (CLogControlLock in 9.6); from 17 on one for each bank of 16 pages.
    let locks: FixedArray<LWLock<M>>
    /// Processes that want their status set.
    let groupFirst: M.Word

    init(banks: Int, factory: inout LWLockFactory<M>, memory: M.Memory) {
        locks = FixedArray((0..<banks).map { _ in factory.makeLock(.lwLockXactSLRU) })
        groupFirst = memory.makeWord(GroupList<M>.encode(invalidProcNumber))
    }

    /// How many banks `transaction_buffers = 0` makes of `shared_buffers` (17, clog.c CLOGShmemBuffers).
    static func banks(sharedBuffers: Int) -> Int { min(max(sharedBuffers / 512, 16), 1024) / 16 }

    func lock(forPage page: Int64) -> LWLock<M> { locks[Int(page % Int64(locks.count))] }
}

extension ServerProcess {
    /// Records this transaction as committed: alone if the lock is free, else with the group that gathers meanwhile
    /// (clog.c, TransactionIdSetTreeStatus and TransactionIdSetPageStatus).
    func TransactionIdCommitTree() {
        let page = Int64(xid) / CLOG<M>.transactionsPerPage
        let lock = server.clog.lock(forPage: page)
        if !server.traits.hasCLogGroupUpdate {
            LWLockAcquire(lock, .exclusive)
        } else if !LWLockConditionalAcquire(lock, .exclusive) {
            if TransactionGroupUpdateXidStatus(page) { return }
            LWLockAcquire(lock, .exclusive)
        }
        machine.accrue(.clogUpdate)
        LWLockRelease(lock)
    }

    /// Makes the page of a transaction's status if it is the first one there. The caller holds XidGenLock
    /// (clog.c, ExtendCLOG).
    func ExtendCLOG(_ xid: UInt64) {
        guard Int64(xid) % CLOG<M>.transactionsPerPage == 0 else { return }
        let lock = server.clog.lock(forPage: Int64(xid) / CLOG<M>.transactionsPerPage)
        LWLockAcquire(lock, .exclusive)
        XLogInsert(type: server.typeNumber(.clogZeroPage), length: server.traits.clogZeroPageLength)
        LWLockRelease(lock)
    }

    /// Joins or leads a group of processes whose transactions are on one page; false if the present group is on
    /// another page (clog.c, TransactionGroupUpdateXidStatus).
    private func TransactionGroupUpdateXidStatus(_ page: Int64) -> Bool {
        let clog = server.clog
        let mine = myProc.pointee.clogGroup
        myProc.pointee.clogGroupPage.store(UInt64(page))
        let joined = joinGroup(clog.groupFirst, mine) { procs[$0].clogGroupPage.load() == UInt64(page) }
        guard let leader = joined else { return false }
        if leader != invalidProcNumber {
            awaitLeader(mine, .ipcXactGroupUpdate)
            return true
        }
        let lock = clog.lock(forPage: page)
        LWLockAcquire(lock, .exclusive)
        let head = detachGroup(clog.groupFirst)
        var member = head
        while member != invalidProcNumber {
            machine.accrue(.clogUpdate)
            member = GroupList<M>.decode(procs[member].clogGroup.next.load())
        }
        LWLockRelease(lock)
        wakeGroup(head) { $0.pointee.clogGroup }
        return true
    }
}
