/// Where recovery would begin, and what that means for inserters (src/backend/access/transam/xlog.c).
///
/// Three copies exist. `XLogCtl.redoRecPtr` (`Insert.RedoRecPtr`) is moved by the checkpointer while it holds all
/// insertion locks and read by whoever holds one; `SharedInfo.redoRecPtr` (`XLogCtl->RedoRecPtr`) is under info_lck;
/// `ServerProcess.redoRecPtr` is a process's own and may lag, never lead.
extension ServerProcess {
    /// Adopts the shared redo point, for those who hold no insertion lock (xlog.c, GetRedoRecPtr).
    @discardableResult
    func GetRedoRecPtr() -> XLogRecPtr {
        let shared = server.xlog.info.withLock(self) { $0.redoRecPtr }
        redoRecPtr = max(redoRecPtr, shared)
        return redoRecPtr
    }

    /// Adopts the redo point and the need for images. The caller holds an insertion lock. True if a record that was
    /// assembled before must be assembled again: a page in it without an image, the oldest of which was last changed at
    /// `oldest` (0: none), needs one now (the check at the start of xlog.c, XLogInsertRecord).
    @inline(__always)
    func isStale(oldestUnimaged oldest: XLogRecPtr) -> Bool {
        let shared = server.xlog.redoRecPtr.load()
        guard shared != redoRecPtr || server.settings.fullPageWrites != doPageWrites else { return false }
        let hadPageWrites = doPageWrites
        redoRecPtr = shared
        doPageWrites = server.settings.fullPageWrites
        return doPageWrites && (!hadPageWrites || (oldest != 0 && oldest <= redoRecPtr))
    }
}
