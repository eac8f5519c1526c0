/// Why and how a checkpoint is asked for (xlog.h, CHECKPOINT_...).
public struct CheckpointFlags: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Write without pauses (CHECKPOINT_IMMEDIATE; CHECKPOINT_FAST in newer releases).
    public static let immediate = CheckpointFlags(rawValue: 1)
    /// Even if nothing has happened since the last one (CHECKPOINT_FORCE).
    public static let force = CheckpointFlags(rawValue: 2)
    /// Asked for by somebody, for whatever reason (CHECKPOINT_REQUESTED).
    public static let requested = CheckpointFlags(rawValue: 4)
    /// So much WAL was written (CHECKPOINT_CAUSE_XLOG).
    public static let causeXLog = CheckpointFlags(rawValue: 8)
    /// So much time has passed (CHECKPOINT_CAUSE_TIME).
    public static let causeTime = CheckpointFlags(rawValue: 16)
}

/// What the checkpointer shares with those who need a checkpoint (checkpointer.c, `CheckpointerShmemStruct`).
struct CheckpointerShmem<M: Machine> {
    /// What is asked for and not begun yet: raw values of `CheckpointFlags`. Written under ckpt_lck, which each change
    /// here stands for as it is one atomic step; read by the checkpointer at any time.
    let flags: M.Word
    /// Everything since the last checkpoint's record up to here is of no note: records that checkpoints and snapshots
    /// for standbys leave themselves. Written by the checkpointer, read by observers.
    let quietUpTo: M.Word
    /// The same since the background writer's last snapshot. Written by it, and by those who log such records.
    let snapshotQuietUpTo: M.Word

    init(start: XLogRecPtr, memory: M.Memory) {
        flags = memory.makeWord(0)
        quietUpTo = memory.makeWord(start)
        snapshotQuietUpTo = memory.makeWord(start)
    }
}

extension ServerProcess {
    /// Asks the checkpointer for a checkpoint and does not wait for it (checkpointer.c, RequestCheckpoint without
    /// CHECKPOINT_WAIT).
    func RequestCheckpoint(_ flags: CheckpointFlags) {
        guard let checkpointer = server.processes.checkpointer else { return }
        machine.accrue(.spinHold)
        server.noteCheckpointRequest(flags)
        machine.setLatch(checkpointer)
    }

    /// Whether finishing `segment` calls for a checkpoint, by this process's own idea of the last redo point
    /// (xlog.c, XLogCheckpointNeeded).
    func XLogCheckpointNeeded(_ segment: UInt64, redo: XLogRecPtr) -> Bool {
        segment >= redo / server.settings.walSegmentSize + (server.checkpointDistance.checkPointSegments - 1)
    }

    /// Asks for a checkpoint if finishing a segment calls for one. The caller holds WALWriteLock
    /// (xlog.c, the end of a segment in XLogWrite).
    func requestCheckpointIfNeeded(finishing segment: UInt64) {
        guard server.processes.hasCheckpointer, XLogCheckpointNeeded(segment, redo: redoRecPtr) else { return }
        // Only now is the shared value worth its spinlock.
        GetRedoRecPtr()
        if XLogCheckpointNeeded(segment, redo: redoRecPtr) { RequestCheckpoint(.causeXLog) }
    }
}

extension Server {
    /// How far checkpoints are apart by the settings in force.
    var checkpointDistance: CheckpointDistance {
        CheckpointDistance(settings, keepsTwoCheckpoints: traits.keepsWALOfTwoCheckpoints)
    }

    /// Notes that a checkpoint is wanted. Whoever does so has to set the checkpointer's latch then.
    public func noteCheckpointRequest(_ flags: CheckpointFlags) {
        _ = checkpoints.flags.fetchOr(UInt64(flags.union(.requested).rawValue))
    }
}
