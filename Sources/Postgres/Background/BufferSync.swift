import SimTime
import WaitEvents

/// Writing dirty pages (src/backend/storage/buffer/bufmgr.c).
extension ServerProcess {
    /// Writes every page that is dirty now, file by file in the order of blocks, with pauses; false if the server stops
    /// meanwhile (bufmgr.c, BufferSync).
    func BufferSync(_ flags: CheckpointFlags) -> Bool {
        machine.spend(.bufferScan, server.settings.sharedBuffers)
        let marked = server.buffers.dirtyPages
        var writeback = PendingWriteback()
        for (index, page) in marked.enumerated() {
            if machine.shutdownRequested { return false }
            SyncOneBuffer(page, &writeback)
            CheckpointWriteDelay(flags, progress: Double(index + 1) / Double(marked.count))
        }
        IssuePendingWritebacks(&writeback)
        return !machine.shutdownRequested
    }

    /// Writes a page unless it is clean by now; its content lock keeps writers away meanwhile (bufmgr.c,
    /// SyncOneBuffer).
    private func SyncOneBuffer(_ page: PageID, _ writeback: inout PendingWriteback) {
        let lock = server.buffers.contentLock(of: page)
        LWLockAcquire(lock, .shared)
        let isDirty = server.buffers.isDirty(page)
        if isDirty { FlushBuffer(page) }
        LWLockRelease(lock, .shared)
        // bufmgr.c, ScheduleBufferTagForWriteback.
        guard isDirty, server.settings.checkpointFlushAfter > 0 else { return }
        writeback.add(file(of: page), Int(page.block))
        if writeback.count >= server.settings.checkpointFlushAfter { IssuePendingWritebacks(&writeback) }
    }

    /// Writes a page once the WAL of its last change is durable (bufmgr.c, FlushBuffer).
    private func FlushBuffer(_ page: PageID) {
        let lsn = server.buffers.pageLSN(of: page)
        let file = file(of: page)
        XLogFlush(lsn)
        machine.observe(.checkpoint(.bufferWritten(lsn: lsn)))
        machine.report(.ioDataFileWrite)
        machine.spend(.dataWrite, 1)
        machine.writeDataPage(file: file, block: Int(page.block))
        machine.report(.none)
        server.buffers.markClean(page)
        // sync.c, RegisterSyncRequest.
        if checkpointer.filesToSync.last != file { checkpointer.filesToSync.append(file) }
    }

    private func file(of page: PageID) -> Int { DataFile.firstRelation + Int(page.relation) }

    /// Has the operating system begin with what was written, neighbours together (bufmgr.c, IssuePendingWritebacks).
    private func IssuePendingWritebacks(_ writeback: inout PendingWriteback) {
        for run in writeback.take() where server.settings.fsync {
            machine.report(.ioDataFileFlush)
            machine.spend(.syncCall)
            machine.writeBackDataPages(file: run.file, firstBlock: run.first, count: run.count)
            machine.report(.none)
        }
    }

    /// Makes every file durable that was written to, one after the other and without a pause
    /// (sync.c, ProcessSyncRequests).
    func ProcessSyncRequests() {
        let files = checkpointer.filesToSync
        checkpointer.filesToSync = []
        guard server.settings.fsync else { return }
        for file in files {
            machine.report(.ioDataFileSync)
            machine.spend(.syncCall)
            machine.syncDataFile(file)
            machine.report(.none)
        }
    }
}
