/// The redo point of releases from 17 on (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Inserts a record whose start becomes the redo point, while nobody else inserts
    /// (xlog.c, XLogInsertRecord of XLOG_CHECKPOINT_REDO).
    func XLogInsertCheckpointRedo() -> XLogRecPtr {
        let length = RecordSize.total(mainData: 4)
        machine.accrue(.recordAssembly, length)
        var record = XLogRecord(type: server.typeNumber(.checkpointRedo), length: length, xid: 0)
        WALInsertLockAcquireExclusive()
        let reserved = ReserveXLogInsertLocation(WALFormat.aligned(length))
        record.start = reserved.start
        record.previous = reserved.previous
        server.xlog.redoRecPtr.store(reserved.start)
        CopyXLogRecordToWAL(record, end: reserved.end)
        WALInsertLockReleaseExclusive()
        finishInsertion(record, end: reserved.end)
        return reserved.start
    }
}
