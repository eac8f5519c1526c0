/// Inserting a record into the WAL (src/backend/access/transam/xloginsert.c and xlog.c).
extension ServerProcess {
    /// Inserts a record of this transaction that refers to no page and returns its end (xloginsert.c, XLogInsert).
    @discardableResult
    func XLogInsert(type: Int, length: Int) -> XLogRecPtr {
        var end = invalidXLogRecPtr
        repeat {
            // The chain is built and its CRC computed outside every WAL lock.
            machine.accrue(.recordAssembly, length)
            end = XLogInsertRecord(XLogRecord(type: type, length: length, xid: xid), oldestUnimaged: 0)
        } while end == invalidXLogRecPtr
        return end
    }

    /// Reserves space, copies the record, and asks for a write if it crossed a page; returns its end
    /// (xlog.c, XLogInsertRecord).
    /// - Parameter oldestUnimaged: the oldest LSN among its pages that have no image; 0 if there is none.
    /// - Returns: `invalidXLogRecPtr` if the redo point has moved so that the record must be assembled again.
    func XLogInsertRecord(_ unplaced: XLogRecord, oldestUnimaged: XLogRecPtr) -> XLogRecPtr {
        var record = unplaced
        WALInsertLockAcquire()
        if isStale(oldestUnimaged: oldestUnimaged) {
            WALInsertLockRelease()
            return invalidXLogRecPtr
        }
        let reserved = ReserveXLogInsertLocation(WALFormat.aligned(record.length))
        record.start = reserved.start
        record.previous = reserved.previous
        CopyXLogRecordToWAL(record, end: reserved.end)
        WALInsertLockRelease()
        finishInsertion(record, end: reserved.end)
        return reserved.end
    }

    /// What is left to do once the record is copied and the lock released.
    @inline(__always)
    func finishInsertion(_ record: XLogRecord, end: XLogRecPtr) {
        machine.observe(
            .recordInserted(
                type: record.type, length: record.length, imageBytes: record.imageBytes, images: UInt8(record.images)))
        if WALFormat.pageNumber(record.start) != WALFormat.pageNumber(end) { requestWrite(upTo: end) }
        xactLastRecEnd = end
    }

    /// Takes the next `size` usable bytes of WAL: the one step of an insertion that is serial for the whole server
    /// (xlog.c, ReserveXLogInsertLocation). Positions are converted after the spinlock is released.
    func ReserveXLogInsertLocation(
        _ size: UInt64
    ) -> (start: XLogRecPtr, end: XLogRecPtr, previous: XLogRecPtr) {
        let xlog = server.xlog
        let (startByte, previousByte) = xlog.insertPosition.withLock(self) { position in
            let start = position.currBytePos
            let previous = position.prevBytePos
            position.currBytePos = start + size
            position.prevBytePos = start
            return (start, previous)
        }
        return (
            xlog.geometry.XLogBytePosToRecPtr(startByte), xlog.geometry.XLogBytePosToEndRecPtr(startByte + size),
            xlog.geometry.XLogBytePosToRecPtr(previousByte)
        )
    }

    /// The head of the reserved WAL as an end position (xlog.c, the start of WaitXLogInsertionsToFinish).
    func readInsertHead() -> XLogRecPtr {
        let bytePos = server.xlog.insertPosition.withLock(self) { $0.currBytePos }
        return server.xlog.geometry.XLogBytePosToEndRecPtr(bytePos)
    }

    /// Copies a record into WAL buffers page by page (xlog.c, CopyXLogRecordToWAL).
    func CopyXLogRecordToWAL(_ record: XLogRecord, end: XLogRecPtr) {
        let position = CopyRecordBytes(record)
        let aligned = (position + WALFormat.alignment - 1) & ~(WALFormat.alignment - 1)
        guard aligned == end else {
            machine.panic("a record ends at \(formatLSN(aligned)), reserved up to \(formatLSN(end))")
        }
    }

    /// Copies a record's own bytes; returns where they end.
    @inline(__always)
    func CopyRecordBytes(_ record: XLogRecord) -> XLogRecPtr {
        let geometry = server.xlog.geometry
        var position = record.start
        var copied = 0
        while copied < record.length {
            let slot = GetXLogBuffer(position)
            let room = Int(WALFormat.pageSize - position % WALFormat.pageSize)
            let count = min(room, record.length - copied)
            machine.accrue(.recordCopy, count)
            machine.copyToWALBuffer(slot: slot, position: position, record: record, offset: copied, count: count)
            copied += count
            position += UInt64(count)
            if copied < record.length { position += geometry.headerSize(position) }
        }
        return position
    }
}
