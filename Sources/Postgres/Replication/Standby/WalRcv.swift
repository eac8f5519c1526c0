/// What a standby's processes share (walreceiver.h, `WalRcvData`; xlogrecovery.c, `XLogRecoveryCtlData`): handles.
///
/// Each word has one writer and may be read by anybody.
struct WalRcv<M: Machine> {
    /// WAL up to here is on the standby's disk; the walreceiver's (`flushedUpto`).
    let flushedUpto: M.Word
    /// WAL up to here is handed to its operating system; the walreceiver's (`writtenUpto`).
    let writtenUpto: M.Word
    /// WAL up to here is replayed; the startup process's (`lastReplayedEndRecPtr`).
    let replayedUpto: M.Word
    /// Whether the startup process wants a reply to be sent at once: set by it, cleared by the walreceiver
    /// (`force_reply`).
    let forceReply: M.Word

    init(start: XLogRecPtr, memory: M.Memory) {
        flushedUpto = memory.makeWord(start)
        writtenUpto = memory.makeWord(start)
        replayedUpto = memory.makeWord(start)
        forceReply = memory.makeWord(0)
    }
}
