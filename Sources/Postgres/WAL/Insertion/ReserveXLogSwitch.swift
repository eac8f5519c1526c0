/// Ending a segment before it is full (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Inserts a record that takes the rest of the segment and waits until all of that is durable; nothing if the
    /// segment has not been begun (xlog.c, RequestXLogSwitch, and XLogInsertRecord of XLOG_SWITCH). The record is no
    /// reason for a checkpoint.
    func RequestXLogSwitch() {
        let length = RecordSize.xlogSwitch
        machine.accrue(.recordAssembly, length)
        var record = XLogRecord(type: server.typeNumber(.xlogSwitch), length: length, xid: 0)
        record.endsSegment = true
        WALInsertLockAcquireExclusive()
        guard let reserved = ReserveXLogSwitch() else { return WALInsertLockReleaseExclusive() }
        record.start = reserved.start
        record.previous = reserved.previous
        let end = CopyRecordBytes(record)
        blankPages(behind: end, upTo: reserved.end)
        WALInsertLockReleaseExclusive()
        finishInsertion(record, end: reserved.end)
        noteUnimportant(from: record.start, upTo: reserved.end)
        XLogFlush(reserved.end)
    }

    /// Takes a record header's bytes and all that is left of the segment, in one step; nil at a segment's start
    /// (xlog.c, ReserveXLogSwitch). The caller holds all insertion locks. Other than for a record, positions are
    /// converted under the spinlock.
    private func ReserveXLogSwitch() -> (start: XLogRecPtr, end: XLogRecPtr, previous: XLogRecPtr)? {
        let xlog = server.xlog
        let geometry = xlog.geometry
        return xlog.insertPosition.withLock(self) { position in
            let start = position.currBytePos
            if geometry.XLogBytePosToEndRecPtr(start) % geometry.segmentSize == 0 { return nil }
            let recordEnd = geometry.XLogBytePosToEndRecPtr(start + UInt64(RecordSize.xlogSwitch))
            let end = geometry.segmentEnd(atOrAfter: recordEnd)
            let previous = position.prevBytePos
            position.currBytePos = geometry.XLogRecPtrToBytePos(end)
            position.prevBytePos = start
            return (geometry.XLogBytePosToRecPtr(start), end, geometry.XLogBytePosToRecPtr(previous))
        }
    }

    /// Gives every page that is left of the segment a buffer, so that it is written as zeros
    /// (xlog.c, the end of CopyXLogRecordToWAL).
    private func blankPages(behind recordEnd: XLogRecPtr, upTo end: XLogRecPtr) {
        var page = (recordEnd + WALFormat.pageSize - 1) / WALFormat.pageSize * WALFormat.pageSize
        while page < end {
            _ = GetXLogBuffer(page)
            page += WALFormat.pageSize
        }
    }
}
