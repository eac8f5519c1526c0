import WaitEvents

/// Sending WAL (src/backend/replication/walsender.c).
extension WalSender {
    /// Sends one message's worth of what is flushed and not sent yet (walsender.c, XLogSendPhysical).
    ///
    /// Only flushed WAL is ever sent: the primary must never be behind its standby after a crash.
    func XLogSendPhysical() {
        process.refreshLogwrtResult()
        let flushed = process.logwrtResult.flush
        lagTracker.write(flushed, machine.now)
        guard flushed > sent else {
            isCaughtUp = true
            return
        }
        let end = endOfMessage(from: sent, flushed)
        isCaughtUp = end == flushed
        read(from: sent, to: end)
        machine.spend(.walSend, Int(end - sent))
        machine.observe(.walSent(from: sent, to: end))
        machine.send(.wal(from: sent, to: end, walEnd: flushed))
        sent = end
        fields.withLock(process) { $0.sent = end }
    }

    /// A message that does not take everything ends on a page boundary.
    private func endOfMessage(from start: XLogRecPtr, _ flushed: XLogRecPtr) -> XLogRecPtr {
        let end = start + Self.maxSendSize
        return end >= flushed ? flushed : WALFormat.pageStart(end)
    }

    /// From the segment's file, out of the page cache; from 17 on out of WAL buffers as far as these still have it
    /// (WALReadFromBuffers, WALRead).
    private func read(from start: XLogRecPtr, to end: XLogRecPtr) {
        let fromFile = server.traits.walSendersReadBuffers ? readFromBuffers(from: start, to: end) : start
        guard fromFile < end else { return }
        machine.report(.ioWALRead)
        machine.spend(.walRead, Int(end - fromFile))
        machine.report(.none)
    }

    /// Copies pages out of WAL buffers without any lock: a page counts if its buffer held it before and after the copy
    /// (xlog.c, WALReadFromBuffers). Returns the position up to which that went well.
    private func readFromBuffers(from start: XLogRecPtr, to end: XLogRecPtr) -> XLogRecPtr {
        let xlog = server.xlog
        var position = start
        while position < end {
            let slot = xlog.slot(of: position)
            let pageEnd = WALFormat.pageStart(position) + WALFormat.pageSize
            guard xlog.xlblocks[slot].load() == pageEnd else { return position }
            let next = min(pageEnd, end)
            machine.spend(.walBufferRead, Int(next - position))
            guard xlog.xlblocks[slot].load() == pageEnd else { return position }
            position = next
        }
        return position
    }
}
