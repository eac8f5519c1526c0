import Postgres

/// An insertion lock's announced position over one holding.
struct InsertingAt {
    var lastSeen: XLogRecPtr = 0
    var wasCleared = false
}

/// WAL insertion locks and copies.
extension InvariantChecker {
    func copied(_ record: XLogRecord, offset: Int, count: Int, to position: XLogRecPtr, by process: ProcNumber) {
        if let problem = copied.copied(record, offset: offset, count: count, to: position) {
            fail(.reservation, problem)
        }
        // What is left of the segment behind a record that ends it is nobody's to copy.
        watched[process].copying = (record.start, record.endsSegment ? .max : position + UInt64(count))
        if pageInBuffer[xlog.buffer(of: position)] != WALFormat.pageStart(position) {
            fail(.buffers, "a record is copied to \(formatLSN(position)), whose page is in no buffer")
        }
    }

    func checkInsertionLocks() {
        for index in 0..<xlog.insertionLockCount {
            let lock = xlog.insertionLock(index)
            let value = xlog.insertingAt(index)
            if let holder = exclusiveHolder[lock] {
                checkHeld(index, holder, value)
            } else {
                if value != 0 { fail(.insertingAt, "insertion lock \(index) is free and shows \(formatLSN(value))") }
                insertingAt[index] = InsertingAt()
            }
        }
    }

    private func checkHeld(_ index: Int, _ holder: ProcNumber, _ value: XLogRecPtr) {
        let seen = insertingAt[index]
        if value == 0 {
            // Cleared just before the release.
            if seen.lastSeen > 0 { insertingAt[index].wasCleared = true }
            return
        }
        if value < seen.lastSeen || seen.wasCleared {
            fail(.insertingAt, "insertion lock \(index) went from \(formatLSN(seen.lastSeen)) to \(formatLSN(value))")
        }
        insertingAt[index].lastSeen = value
        // Who holds all locks tells its position by the last one.
        if value == .max, index + 1 < xlog.insertionLockCount { return }
        if let copying = watched[holder].copying, copying.start < value, copying.upTo < value {
            fail(
                .insertingAt,
                "process \(holder) says that it is at \(formatLSN(value)), but has copied its record only"
                    + " up to \(formatLSN(copying.upTo))")
        }
    }
}
