/// All that a simulation's hot path touches, in raw memory that `Simulation` allocates and frees.
///
/// Not a class: a process may block inside any access, and the accesses of other processes come in between. Through a
/// pointer these are plain loads and stores; for a class's properties the run-time exclusivity checks would rightly
/// object, and reference counts would cost more than a wake-up.
@usableFromInline struct KernelState {
    @usableFromInline var now: Int64 = 0
    /// The process or handler that runs; -1 outside all of them.
    @usableFromInline var current: Int32 = KernelState.outside
    @usableFromInline var wakeups: UInt64 = 0
    @usableFromInline var digest: UInt64 = 0
    @usableFromInline var queue = EventQueue()
    var ties: TieBreaker
    /// One slot a process, by its number, after one at -1 for the stack that `run` was called on.
    @usableFromInline var slots: UnsafeMutablePointer<ProcessSlot>
    var slotCapacity: Int
    var records: [ProcessRecord] = []
    var stacks: StackPool
    /// Processes that have not finished.
    var alive = 0

    @usableFromInline static let outside: Int32 = -1

    init(ties: TieBreaking, stackSize: Int) {
        self.ties = TieBreaker(ties)
        stacks = StackPool(stackSize: stackSize)
        slotCapacity = 16
        slots = Self.allocateSlots(slotCapacity)
        slots[Int(Self.outside)] = ProcessSlot(kind: .started)
    }

    private static func allocateSlots(_ capacity: Int) -> UnsafeMutablePointer<ProcessSlot> {
        UnsafeMutablePointer<ProcessSlot>.allocate(capacity: capacity + 1) + 1
    }

    func deallocate() {
        queue.deallocate()
        (slots - 1).deallocate()
        stacks.unmapAll()
    }

    mutating func add(_ name: String, kind: ProcessSlot.Kind, body: @escaping () -> Void) -> ProcessID {
        if records.count == slotCapacity { growSlots() }
        let index = Int32(records.count)
        (slots + records.count).initialize(to: ProcessSlot(kind: kind))
        records.append(ProcessRecord(name: name, body: body))
        return ProcessID(index: index)
    }

    private mutating func growSlots() {
        let larger = Self.allocateSlots(slotCapacity * 2)
        (larger - 1).update(from: slots - 1, count: slotCapacity + 1)
        (slots - 1).deallocate()
        slots = larger
        slotCapacity *= 2
    }

    /// Puts a wake-up for the current wait of a process into the queue; for a finished one there is none.
    @usableFromInline mutating func queueWakeup(of process: Int32, at time: Int64) {
        assert(records.indices.contains(Int(process)), "\(process) is no process of this simulation")
        precondition(time >= now, "a wake-up in the past")
        guard slots[Int(process)].kind != .finished else { return }
        queue.push(makeEntry(for: process, at: time))
    }

    @inline(__always) mutating func makeEntry(for process: Int32, at time: Int64) -> QueueEntry {
        QueueEntry(time: time, sequence: ties.next(), process: process, wait: slots[Int(process)].wait)
    }

    /// Moves the clock to a wake-up, and counts it.
    @inlinable mutating func deliver(to process: Int32, at time: Int64) {
        now = time
        wakeups &+= 1
        let event = UInt64(bitPattern: time) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(UInt32(bitPattern: process))
        digest = (digest ^ event) &* 0xD6E8_FEB8_6659_FD93
        digest ^= digest >> 32
    }
}
