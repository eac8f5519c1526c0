/// A page that a record refers to (xloginsert.c, `registered_buffer`).
struct RegisteredBuffer {
    var page: PageID
    /// What the reference costs: it names its relation, or not (`RecordSize`).
    var reference = RecordSize.blockReference
    /// Bytes of block data, which an image makes superfluous, unless somebody reads them out of WAL
    /// (REGBUF_KEEP_DATA).
    var data = 0
    var keepsData = false
    /// The page's bytes without its hole, which an image would take; 0 for a page that replay makes anew
    /// (REGBUF_WILL_INIT).
    var image: Int
    /// An image is due whatever the page's LSN (REGBUF_FORCE_IMAGE).
    var isForced = false
}

/// A record that changes pages, before it is known which of them need an image.
struct RegisteredRecord {
    var type: RecordType
    /// Bytes of main data, at most 255.
    var mainData: Int
    var first: RegisteredBuffer
    var second: RegisteredBuffer?
    var third: RegisteredBuffer?
    /// Setting hint bits does not belong to a transaction.
    var hasXid = true
}

/// Records that refer to pages (src/backend/access/transam/xloginsert.c).
extension ServerProcess {
    /// What came of assembling a record.
    private struct Assembly {
        var length: Int
        var images = 0
        var imageBytes = 0
        /// The oldest LSN among the pages without an image; 0: there is none (`fpw_lsn`).
        var oldestUnimaged: XLogRecPtr = 0
    }

    /// Inserts a record and stamps its pages with its end. The caller holds the content locks of all pages in it
    /// (xloginsert.c, XLogInsert, and the caller's PageSetLSN).
    @discardableResult
    func XLogInsert(_ record: RegisteredRecord) -> XLogRecPtr {
        var end = invalidXLogRecPtr
        repeat {
            let assembly = XLogRecordAssemble(record)
            machine.accrue(.recordAssembly, assembly.length)
            var placed = XLogRecord(
                type: server.typeNumber(record.type), length: assembly.length, xid: record.hasXid ? xid : 0)
            placed.images = assembly.images
            placed.imageBytes = assembly.imageBytes
            end = XLogInsertRecord(placed, oldestUnimaged: assembly.oldestUnimaged)
        } while end == invalidXLogRecPtr
        server.buffers.markDirty(record.first.page, lsn: end)
        if let second = record.second { server.buffers.markDirty(second.page, lsn: end) }
        if let third = record.third { server.buffers.markDirty(third.page, lsn: end) }
        return end
    }

    /// Decides by this process's idea of the redo point which pages go in whole, and compresses those: all of it before
    /// any WAL lock is taken (xloginsert.c, XLogRecordAssemble).
    private func XLogRecordAssemble(_ record: RegisteredRecord) -> Assembly {
        let mainHeader = record.mainData == 0 ? 0 : RecordSize.shortMainData
        var assembly = Assembly(length: RecordSize.header + mainHeader + record.mainData)
        add(record.first, to: &assembly)
        if let second = record.second { add(second, to: &assembly) }
        if let third = record.third { add(third, to: &assembly) }
        return assembly
    }

    private func add(_ buffer: RegisteredBuffer, to assembly: inout Assembly) {
        assembly.length += buffer.reference
        let lsn = server.buffers.pageLSN(of: buffer.page)
        let mayHaveImage = buffer.image > 0
        guard buffer.isForced || (mayHaveImage && doPageWrites && lsn <= redoRecPtr) else {
            assembly.length += buffer.data
            if mayHaveImage && doPageWrites {
                assembly.oldestUnimaged = assembly.oldestUnimaged == 0 ? lsn : min(assembly.oldestUnimaged, lsn)
            }
            return
        }
        let image = compress(buffer)
        assembly.length += image.header + image.bytes + (buffer.keepsData ? buffer.data : 0)
        assembly.images += 1
        assembly.imageBytes += image.bytes
    }

    /// xloginsert.c, XLogCompressBackupBlock.
    private func compress(_ buffer: RegisteredBuffer) -> PageImage {
        let method = server.settings.walCompression
        let compression = server.buffers.relations[Int(buffer.page.relation)].compression
        let image = PageImage(length: buffer.image, compression: compression.size(method))
        switch method {
        case .off: break
        // Its time goes into what does not repeat.
        case .pglz: machine.accrue(.compressPglz, image.bytes)
        case .lz4: machine.accrue(.compressLz4, buffer.image)
        case .zstd: machine.accrue(.compressZstd, buffer.image)
        }
        return image
    }
}
