import SimTime
import WaitEvents

/// Writing and syncing WAL (src/backend/access/transam/xlog.c). The caller holds WALWriteLock.
extension ServerProcess {
    /// Consecutive WAL buffers on their way to a file.
    private struct Chunk {
        var firstSlot = 0
        var offset: UInt64 = 0
        var pages = 0
    }

    /// Writes up to `write` and makes durable up to `flush`, whole pages in chunks that end at the ring's and the
    /// segment's ends; a flexible request stops at the first such end (xlog.c, XLogWrite).
    func XLogWrite(write: XLogRecPtr, flush: XLogRecPtr, flexible: Bool) {
        let xlog = server.xlog
        copyLogwrtResult()
        var slot = xlog.slot(of: logwrtResult.write)
        var chunk = Chunk()
        while logwrtResult.write < write {
            let end = xlog.xlblocks[slot].load()
            guard logwrtResult.write < end else {
                machine.panic("xlog write request \(formatLSN(write)) is past the page that ends at \(formatLSN(end))")
            }
            let isPartial = write < end
            logwrtResult.write = end
            let segment = xlog.geometry.segmentEnding(at: end)
            if chunk.pages == 0 {
                if segment != openSegment { openSegmentFile(segment) }
                chunk.firstSlot = slot
                chunk.offset = (end - WALFormat.pageSize) % xlog.geometry.segmentSize
            }
            chunk.pages += 1
            let isSegmentEnd = !isPartial && end % xlog.geometry.segmentSize == 0
            if write <= end || slot == xlog.bufferCount - 1 || isSegmentEnd {
                writeChunk(chunk, segment)
                chunk.pages = 0
                if isSegmentEnd { finishSegment(segment) }
            }
            if isPartial {
                logwrtResult.write = write
                break
            }
            slot = slot == xlog.bufferCount - 1 ? 0 : slot + 1
            if flexible && chunk.pages == 0 { break }
        }
        if logwrtResult.flush < flush && logwrtResult.flush < logwrtResult.write {
            if !server.settings.walSyncMethod.syncsOnWrite {
                issue_xlog_fsync(xlog.geometry.segmentEnding(at: logwrtResult.write))
            }
            logwrtResult.flush = logwrtResult.write
        }
        publishLogwrtResult()
    }

    /// Closes the file of another segment, and makes this one if it does not exist.
    private func openSegmentFile(_ segment: UInt64) {
        XLogFileInit(segment)
        openSegment = segment
    }

    private func writeChunk(_ chunk: Chunk, _ segment: UInt64) {
        let settings = server.settings
        machine.report(.ioWALWrite)
        let began = machine.now
        machine.spend(.xlogWrite, chunk.pages)
        machine.writeWAL(
            firstSlot: chunk.firstSlot, pages: chunk.pages, segment: segment, offset: chunk.offset,
            durable: settings.fsync && settings.walSyncMethod.syncsOnWrite)
        let took = machine.now - began
        machine.report(.none)
        machine.observe(.walWritten(took: took))
    }

    /// A finished segment is durable at once, even if nobody asked for more than a write.
    private func finishSegment(_ segment: UInt64) {
        issue_xlog_fsync(segment)
        logwrtResult.flush = logwrtResult.write
        server.xlog.segmentSwitch.note(logwrtResult.flush, machine.now)
        requestCheckpointIfNeeded(finishing: segment)
    }

    /// Makes a segment durable by the method in force; nothing to do for methods whose writes already do, and with
    /// fsync off (xlog.c, issue_xlog_fsync).
    func issue_xlog_fsync(_ segment: UInt64) {
        let settings = server.settings
        guard settings.fsync && !settings.walSyncMethod.syncsOnWrite else { return }
        machine.report(.ioWALSync)
        let began = machine.now
        machine.spend(.syncCall)
        machine.syncWAL(segment: segment, method: settings.walSyncMethod)
        let took = machine.now - began
        machine.report(.none)
        machine.observe(.walSynced(took: took))
    }
}
