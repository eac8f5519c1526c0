import Postgres

/// The server's positions as the checker last saw them.
struct Positions {
    var reserved: XLogRecPtr = 0
    var written: XLogRecPtr = 0
    var flushed: XLogRecPtr = 0
    var inserted: XLogRecPtr = 0
    var initialized: XLogRecPtr = 0
}

/// Positions in the WAL and its buffers.
extension InvariantChecker {
    func checkPositions() {
        let now = Positions(
            reserved: xlog.insertHead, written: xlog.writtenUpTo, flushed: xlog.flushedUpTo,
            inserted: xlog.knownInserted, initialized: xlog.initialized)
        checkOrder(now)
        checkMonotone(now)
        checkInitialized(now)
        checkPrivateCopies(now)
        checkFinishedSegments(now)
        last = now
    }

    private func checkOrder(_ now: Positions) {
        if now.flushed > now.written || now.written > now.reserved {
            fail(
                .positions,
                "flushed \(formatLSN(now.flushed)), written \(formatLSN(now.written)),"
                    + " reserved \(formatLSN(now.reserved))")
        }
        for (what, position) in [("written", now.written), ("known as inserted", now.inserted)]
        where !copied.isFinished(upTo: position) {
            fail(
                .finishedInsertions,
                "\(what) up to \(formatLSN(position)), copied up to \(formatLSN(copied.finishedEnd))")
        }
    }

    private func checkMonotone(_ now: Positions) {
        let goesBack =
            now.reserved < last.reserved || now.written < last.written || now.flushed < last.flushed
            || now.inserted < last.inserted || now.initialized < last.initialized
        if goesBack { fail(.positions, "a position went back from \(last) to \(now)") }
    }

    private func checkInitialized(_ now: Positions) {
        let limit = now.written + UInt64(xlog.bufferCount) * WALFormat.pageSize
        if now.initialized % WALFormat.pageSize != 0 || now.initialized > limit {
            fail(
                .buffers,
                "pages are initialised up to \(formatLSN(now.initialized)), written \(formatLSN(now.written))"
                    + " with \(xlog.bufferCount) buffers")
        }
    }

    /// The holder of WALWriteLock knows more until it publishes it.
    private func checkPrivateCopies(_ now: Positions) {
        let writer = exclusiveHolder[xlog.walWriteLock.id]
        for process in cluster.processes where process.number != writer {
            if process.knownFlush > now.flushed || process.knownWrite > now.written {
                fail(
                    .positions,
                    "process \(process.number) takes \(formatLSN(process.knownFlush)) for flushed,"
                        + " which is \(formatLSN(now.flushed))")
            }
        }
    }

    // MARK: Buffers

    func initialized(slot: Int, pageAddress: XLogRecPtr) {
        if slot != xlog.buffer(of: pageAddress) {
            fail(.buffers, "the page \(formatLSN(pageAddress)) is put into buffer \(slot)")
        }
        if let old = pageInBuffer[slot], old + WALFormat.pageSize > xlog.writtenUpTo {
            fail(.buffers, "the page \(formatLSN(old)) is dropped, but only \(formatLSN(xlog.writtenUpTo)) is written")
        }
        pageInBuffer[slot] = pageAddress
    }

    // MARK: The device

    func writeBegan(firstSlot: Int, pages: Int, at position: XLogRecPtr, durable: Bool) {
        counts.writes += 1
        for index in 0..<pages {
            let page = position + UInt64(index) * WALFormat.pageSize
            let slot = firstSlot + index
            if slot >= pageInBuffer.count || pageInBuffer[slot] != page {
                fail(.buffers, "buffer \(slot) is written out as the page \(formatLSN(page)), which it does not hold")
            }
        }
        let end = position + UInt64(pages) * WALFormat.pageSize
        device.writeBegan(position..<end, finished: copied.finishedEnd)
    }

    func writeEnded(durable: Bool) { device.writeEnded(durable: durable) }

    func syncBegan(segment: UInt64) {
        counts.syncs += 1
        device.syncBegan(segment)
    }

    func syncEnded(segment: UInt64) { device.syncEnded(segment) }

    // MARK: Commits

    func committed(_ end: XLogRecPtr, _ synchronous: Bool, by process: ProcNumber) {
        counts.commits += 1
        guard synchronous else { return }
        if end > xlog.flushedUpTo {
            fail(
                .durability,
                "process \(process) has committed up to \(formatLSN(end)), flushed \(formatLSN(xlog.flushedUpTo))")
        }
        watched[process].unacknowledged = end
    }

    /// A client learns of its commit: with fsync on the device must have it by now.
    func replied(_ process: ProcNumber) {
        guard let end = watched[process].unacknowledged else { return }
        watched[process].unacknowledged = nil
        if server.settings.fsync, end > device.durable {
            fail(
                .durability,
                "process \(process) acknowledges a commit up to \(formatLSN(end)),"
                    + " the device has \(formatLSN(device.durable))")
        }
    }
}
