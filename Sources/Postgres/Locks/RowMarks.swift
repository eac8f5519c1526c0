/// That a running transaction has updated or locked a row: what PostgreSQL writes into the row's header as `xmax`.
struct RowMark {
    var row: RowID
    /// The transaction, and the process that runs it.
    var xid: TransactionId
    var holder: ProcNumber
    /// The next mark in the same bucket, or the next unused one of the same process.
    var next: UnsafeMutablePointer<RowMark>?
    /// The next mark of the same transaction.
    var nextOfTransaction: UnsafeMutablePointer<RowMark>?
}

/// The marks that running transactions have put on rows, by row.
///
/// A mark counts while its transaction runs and is taken away afterwards, so that memory grows with running
/// transactions and not with tables. A bucket's bit stands for the content lock under which PostgreSQL looks at a row's
/// header: it is held for a few instructions in which no virtual time passes, and the caller's work on the page pays
/// for them.
struct RowMarks<M: Machine> {
    private let buckets: FixedArray<M.Word>
    private let shift: UInt64

    private static var locked: UInt64 { 1 }

    /// - Parameter processes: how many processes there are; a few times as many buckets keep their chains short.
    init(processes: Int, memory: M.Memory) {
        var bits: UInt64 = 6
        while 1 << bits < min(processes * 8, 1 << 16) { bits += 1 }
        shift = 64 - bits
        buckets = FixedArray((0..<(1 << bits)).map { _ in memory.makeWord(0) })
    }

    func deallocate() { buckets.deallocate() }

    /// Runs `body` on the head of a row's bucket while nobody else looks at it.
    private func withBucket<Result>(
        of row: RowID, _ body: (inout UnsafeMutablePointer<RowMark>?) -> Result
    ) -> Result {
        let word = buckets[Int(row.spread >> shift)]
        while word.fetchOr(Self.locked) & Self.locked != 0 {}
        var head = UnsafeMutablePointer<RowMark>(bitPattern: UInt(word.load() & ~Self.locked))
        let result = body(&head)
        word.store(UInt64(UInt(bitPattern: head)))
        return result
    }

    /// Puts `mark` on its row, unless a transaction that `isRunning` has done so before: then returns that one's mark.
    func put(
        _ mark: UnsafeMutablePointer<RowMark>, unless isRunning: (RowMark) -> Bool
    ) -> RowMark? {
        withBucket(of: mark.pointee.row) { head in
            var other = head
            while let present = other {
                if present.pointee.row == mark.pointee.row, isRunning(present.pointee) { return present.pointee }
                other = present.pointee.next
            }
            mark.pointee.next = head
            head = mark
            return nil
        }
    }

    /// Whether a transaction that `isRunning` has a mark on a row.
    func isMarked(_ row: RowID, by isRunning: (RowMark) -> Bool) -> Bool {
        withBucket(of: row) { head in
            var next = head
            while let mark = next {
                if mark.pointee.row == row, isRunning(mark.pointee) { return true }
                next = mark.pointee.next
            }
            return false
        }
    }

    /// Takes a mark off its row.
    func remove(_ mark: UnsafeMutablePointer<RowMark>) {
        withBucket(of: mark.pointee.row) { head in
            guard head != mark else {
                head = mark.pointee.next
                return
            }
            var previous = head!
            while previous.pointee.next != mark { previous = previous.pointee.next! }
            previous.pointee.next = mark.pointee.next
        }
    }
}

/// The marks of one process: those of its transaction, and unused ones for the next.
struct OwnRowMarks {
    private var ofTransaction: UnsafeMutablePointer<RowMark>?
    private var unused: UnsafeMutablePointer<RowMark>?

    /// A mark that is on no row yet.
    mutating func make(_ row: RowID, _ xid: TransactionId, _ holder: ProcNumber) -> UnsafeMutablePointer<RowMark> {
        let mark = unused ?? .allocate(capacity: 1)
        unused = unused?.pointee.next
        mark.initialize(to: RowMark(row: row, xid: xid, holder: holder))
        return mark
    }

    /// The mark is on its row now, and belongs to the transaction.
    mutating func keep(_ mark: UnsafeMutablePointer<RowMark>) {
        mark.pointee.nextOfTransaction = ofTransaction
        ofTransaction = mark
    }

    /// The mark is on no row any more.
    mutating func recycle(_ mark: UnsafeMutablePointer<RowMark>) {
        mark.pointee.next = unused
        unused = mark
    }

    /// One mark of the transaction, which has ended; nil once none is left.
    mutating func takeNext() -> UnsafeMutablePointer<RowMark>? {
        let mark = ofTransaction
        ofTransaction = mark?.pointee.nextOfTransaction
        return mark
    }

    /// Frees the unused marks; those of a transaction must be gone.
    func deallocate() {
        var next = unused
        while let mark = next {
            next = mark.pointee.next
            mark.deallocate()
        }
    }
}
