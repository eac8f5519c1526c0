/// The wake-ups to come, in a 4-ary min-heap over (time, sequence) in raw memory.
///
/// Four children keep the tree half as deep as two, and lie side by side. `push`, `popFirst` and `replaceFirst` take
/// O(log n), `first` O(1). Invariants: no entry is less than its parent; all places behind the last entry, up to the
/// capacity, hold the sentinel, so that the search for the least child reads four places without asking how many
/// there are, and so that an empty queue's `first` is later than everything.
///
/// A struct with manual memory instead of an array: the kernel reaches it through a pointer on its hottest path, where
/// an array would pay for reference counts and uniqueness checks. The owner calls `deallocate`.
@usableFromInline package struct EventQueue {
    @usableFromInline var entries: UnsafeMutablePointer<QueueEntry>
    /// How many entries are queued.
    @usableFromInline package var count = 0
    /// How many entries fit before the memory has to grow; a multiple of 4. Four sentinels follow.
    var capacity: Int

    /// An empty queue; `capacity` is a multiple of 4.
    package init(capacity: Int = 64) {
        self.capacity = capacity
        entries = Self.allocate(capacity)
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<QueueEntry> {
        let entries = UnsafeMutablePointer<QueueEntry>.allocate(capacity: capacity + 4)
        entries.initialize(repeating: .sentinel, count: capacity + 4)
        return entries
    }

    /// Frees the memory; the queue must not be used any more.
    package func deallocate() { entries.deallocate() }

    /// The least entry, or the sentinel when the queue is empty.
    @inlinable package var first: QueueEntry { entries[0] }

    /// Puts an entry in.
    package mutating func push(_ entry: QueueEntry) {
        if count == capacity { grow() }
        siftUp(entry, from: count)
        count &+= 1
    }

    /// Takes the least entry out. The queue must not be empty.
    package mutating func popFirst() -> QueueEntry {
        let least = entries[0]
        count &-= 1
        let last = entries[count]
        entries[count] = .sentinel
        if count > 0 { siftDown(last) }
        return least
    }

    /// Takes the least entry out and puts another one in, for the price of one of the two. The queue must not be empty.
    package mutating func replaceFirst(with entry: QueueEntry) -> QueueEntry {
        let least = entries[0]
        siftDown(entry)
        return least
    }

    /// Moves parents down until `entry` fits, starting at a place that is free.
    func siftUp(_ entry: QueueEntry, from start: Int) {
        var hole = start
        while hole > 0 {
            let parent = (hole &- 1) >> 2
            guard entry < entries[parent] else { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
    }

    /// Moves least children up until `entry` fits, starting at the root, which is free.
    @inline(__always) func siftDown(_ entry: QueueEntry) {
        var hole = 0
        while true {
            let child = hole &* 4 &+ 1
            guard child < count else { break }
            let least = leastOfFour(from: child)
            guard entries[least] < entry else { break }
            entries[hole] = entries[least]
            hole = least
        }
        entries[hole] = entry
    }

    /// Which of four neighbours is the least, by arithmetic: which one it is cannot be predicted, and a branch that the
    /// processor mispredicts costs more than the whole comparison.
    @inline(__always) private func leastOfFour(from child: Int) -> Int {
        let left = child &+ precedes(child &+ 1, child)
        let right = child &+ 2 &+ precedes(child &+ 3, child &+ 2)
        return left &+ (right &- left) &* precedes(right, left)
    }

    /// 1 if the entry at `a` is less than the one at `b`, else 0.
    @inline(__always) private func precedes(_ a: Int, _ b: Int) -> Int { entries[a] < entries[b] ? 1 : 0 }

    private mutating func grow() {
        let larger = Self.allocate(capacity * 2)
        larger.update(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}

extension EventQueue {
    /// Whether the heap's invariants hold, for tests; O(capacity).
    func checkInvariants() -> Bool {
        let ordered = (1..<max(count, 1)).allSatisfy { !(entries[$0] < entries[($0 - 1) / 4]) }
        let padded = (count..<capacity + 4).allSatisfy { entries[$0] == .sentinel }
        return ordered && padded && count <= capacity
    }
}
