/// One wake-up to come: 24 bytes.
@usableFromInline package struct QueueEntry: Equatable {
    /// When it is due, in nanoseconds.
    @usableFromInline package var time: Int64
    /// Its place among entries due at the same time; unique in a queue.
    var sequence: UInt64
    /// The process or handler it is for.
    package var process: Int32
    /// The number of the wait that it ends; an entry that comes to another wait is stale. Handlers do not wait.
    var wait: UInt32

    /// Everything spelled out.
    @inline(__always) package init(time: Int64, sequence: UInt64, process: Int32, wait: UInt32) {
        self.time = time
        self.sequence = sequence
        self.process = process
        self.wait = wait
    }

    /// Greater than every entry that can be queued; fills the free places of the heap.
    static var sentinel: QueueEntry {
        QueueEntry(time: .max, sequence: .max, process: -1, wait: 0)
    }

    /// Time and sequence as one number, so that a comparison is two instructions without a branch. Times are never
    /// negative, which keeps the order under the change of sign.
    var key: UInt128 { UInt128(_low: sequence, _high: UInt64(bitPattern: time)) }

    /// Whether `a` is due before `b`.
    package static func < (a: QueueEntry, b: QueueEntry) -> Bool { a.key < b.key }
}
