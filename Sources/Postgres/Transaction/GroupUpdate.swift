import WaitEvents

/// A process's place in a group whose leader does the work of all under one lock acquisition
/// (proc.h, the procArrayGroup... and clogGroup... fields).
struct GroupMember<M: Machine> {
    /// The next member's process number; the list ends in `invalidProcNumber`.
    let next: M.Word
    /// 1 until the leader has done this member's work.
    let isMember: M.Word

    init(memory: M.Memory) {
        next = memory.makeWord(GroupList<M>.encode(invalidProcNumber))
        isMember = memory.makeWord(0)
    }
}

/// How a process number is stored in a word of the lock-free list that members push themselves on
/// (proc.h, procArrayGroupFirst and clogGroupFirst).
enum GroupList<M: Machine> {
    static func encode(_ number: ProcNumber) -> UInt64 { UInt64(bitPattern: Int64(number)) }
    static func decode(_ word: UInt64) -> ProcNumber { ProcNumber(Int64(bitPattern: word)) }
}

/// What both groups have in common (procarray.c, ProcArrayGroupClearXid; clog.c, TransactionGroupUpdateXidStatus).
extension ServerProcess {
    /// Pushes this process on a group's list if `mayJoin` accepts the present head. Returns the head found: a valid
    /// number means that its owner leads; nil that the head was not acceptable.
    func joinGroup(
        _ first: M.Word, _ mine: GroupMember<M>, mayJoin: (ProcNumber) -> Bool
    ) -> ProcNumber? {
        mine.isMember.store(1)
        var head = first.load()
        while true {
            let number = GroupList<M>.decode(head)
            if number != invalidProcNumber && !mayJoin(number) {
                mine.isMember.store(0)
                mine.next.store(GroupList<M>.encode(invalidProcNumber))
                return nil
            }
            mine.next.store(head)
            let (exchanged, original) = first.compareExchange(expected: head, desired: GroupList<M>.encode(self.number))
            if exchanged { return number }
            head = original
        }
    }

    /// Sleeps until the group's leader has done this process's work.
    func awaitLeader(_ mine: GroupMember<M>, _ event: WaitEvent) {
        var extraWaits = 0
        machine.report(event)
        while true {
            PGSemaphoreLock()
            if mine.isMember.load() == 0 { break }
            extraWaits += 1
        }
        machine.report(.none)
        repost(extraWaits)
    }

    /// Takes the whole list.
    func detachGroup(_ first: M.Word) -> ProcNumber {
        GroupList<M>.decode(first.exchange(GroupList<M>.encode(invalidProcNumber)))
    }

    /// Wakes the members of a detached list, the leader excepted.
    func wakeGroup(_ head: ProcNumber, _ member: (UnsafeMutablePointer<PGPROC<M>>) -> GroupMember<M>) {
        var number = head
        while number != invalidProcNumber {
            let entry = member(procs + number)
            // Once it is no member any more, the process may join another group and reuse its link.
            let next = GroupList<M>.decode(entry.next.load())
            entry.next.store(GroupList<M>.encode(invalidProcNumber))
            entry.isMember.store(0)
            if number != self.number { PGSemaphoreUnlock(number) }
            number = next
        }
    }
}
