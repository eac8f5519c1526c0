import WaitEvents

/// The head of the WAL in usable bytes: protected by insertpos_lck (xlog.c, `XLogCtlInsert`).
struct InsertPosition {
    var currBytePos: UInt64
    var prevBytePos: UInt64
}

/// Fields protected by info_lck (xlog.c, `XLogCtlData`).
struct SharedInfo {
    /// Positions that somebody wants written (`LogwrtRqst.Write`; nobody reads the requested flush position).
    var requestedWrite: XLogRecPtr
    /// The end of the newest asynchronous commit (`asyncXactLSN`).
    var asyncXactLSN: XLogRecPtr = 0
    /// Whether the walwriter sleeps long (`WalWriterSleeping`).
    var walWriterSleeping = false
    /// Where recovery would begin, for those who hold no insertion lock (`RedoRecPtr`).
    var redoRecPtr: XLogRecPtr
}

/// Shared state of the WAL (xlog.c, `XLogCtlData`): handles. Each field says which lock protects it.
///
/// Valid as long as the server that it belongs to, which calls `deallocate`.
public struct XLogCtl<M: Machine> {
    /// Converts positions; depends on the segment size alone.
    public let geometry: WALGeometry
    /// The number of WAL buffers (`XLogCacheBlck` + 1).
    public let bufferCount: Int
    let insertPosition: SpinProtected<M, InsertPosition>
    let info: SpinProtected<M, SharedInfo>
    let insertionLocks: FixedArray<WALInsertLock<M>>
    /// Where recovery would begin: pages that were last changed at or before it need an image. Written while holding
    /// all insertion locks, read while holding one (`Insert.RedoRecPtr`).
    let redoRecPtr: M.Word
    /// Held to write or sync WAL; protects the advance of the results.
    public let walWriteLock: LWLock<M>
    let walBufMappingLock: LWLock<M>
    /// For each buffer the end of the page in it, 0 if it was never used. Written under WALBufMappingLock, read by
    /// anybody (`xlblocks`).
    let xlblocks: FixedArray<M.Word>
    /// The end of the newest initialised page. Written under WALBufMappingLock (`InitializedUpTo`).
    let initializedUpTo: M.Word
    /// In the variant without WALBufMappingLock: pages from here on are free to be reserved for initialisation, and who
    /// waits for `initializedUpTo` (`InitializeReserved`, `InitializedUpToCondVar`).
    let initializeReserved: M.Word
    let initializedUpToCondVar: ConditionVariable<M>
    /// Everything up to here is written, or flushed. Advanced under WALWriteLock; before 17 also under info_lck.
    let logWriteResult: M.Word
    let logFlushResult: M.Word
    /// Everything up to here is copied into WAL buffers, as far as somebody has looked (17, `logInsertResult`).
    let logInsertResult: M.Word
    /// The last segment that was written to its end.
    let segmentSwitch: SegmentSwitch<M>
    /// Where this server's WAL began.
    public let start: XLogRecPtr

    init(settings: Settings, insertionLocks count: Int, factory: inout LWLockFactory<M>, memory: M.Memory) {
        geometry = WALGeometry(segmentSize: settings.walSegmentSize)
        // A cluster made by initdb writes its first record in segment 1.
        start = geometry.segmentSize
        let bytePos = geometry.XLogRecPtrToBytePos(start)
        insertPosition = SpinProtected(InsertPosition(currBytePos: bytePos, prevBytePos: 0), memory: memory)
        info = SpinProtected(SharedInfo(requestedWrite: start, redoRecPtr: start), memory: memory)
        bufferCount = settings.effectiveWALBuffers
        walWriteLock = factory.makeLock(.lwLockWALWrite)
        walBufMappingLock = factory.makeLock(.lwLockWALBufMapping)
        insertionLocks = FixedArray(
            (0..<count).map { _ in
                WALInsertLock(lock: factory.makeLock(.lwLockWALInsert), insertingAt: memory.makeWord(0))
            })
        redoRecPtr = memory.makeWord(start)
        segmentSwitch = SegmentSwitch(start: start, memory: memory)
        xlblocks = FixedArray((0..<bufferCount).map { _ in memory.makeWord(0) })
        initializedUpTo = memory.makeWord(start)
        initializeReserved = memory.makeWord(start)
        initializedUpToCondVar = ConditionVariable(memory: memory)
        logWriteResult = memory.makeWord(start)
        logFlushResult = memory.makeWord(start)
        logInsertResult = memory.makeWord(start)
    }

    func deallocate() {
        insertPosition.deallocate()
        info.deallocate()
        insertionLocks.deallocate()
        xlblocks.deallocate()
        initializedUpToCondVar.deallocate()
    }

    /// The buffer that the page holding `position` goes into (xlog.c, XLogRecPtrToBufIdx).
    func slot(of position: XLogRecPtr) -> Int { Int(position / WALFormat.pageSize % UInt64(bufferCount)) }

    // MARK: For observers: the positions at this moment.

    /// The head of the reserved WAL.
    public var insertHead: XLogRecPtr {
        geometry.XLogBytePosToEndRecPtr(insertPosition.unprotected.currBytePos)
    }
    /// The shared write position.
    public var writtenUpTo: XLogRecPtr { logWriteResult.load() }
    /// The shared flush position.
    public var flushedUpTo: XLogRecPtr { logFlushResult.load() }
}
