import SimTime
import WaitEvents

/// Spreading a checkpoint's writes over the time until the next one (src/backend/postmaster/checkpointer.c).
extension ServerProcess {
    /// How long the checkpointer sleeps when it is ahead.
    private var writeDelay: Nanoseconds { .milliseconds(100) }

    /// Sleeps between two writes if the checkpoint is on schedule and nobody is in a hurry
    /// (checkpointer.c, CheckpointWriteDelay).
    /// - Parameter progress: the share of the buffers that is dealt with, 0...1.
    func CheckpointWriteDelay(_ flags: CheckpointFlags, progress: Double) {
        guard !flags.contains(.immediate), !isImmediateCheckpointRequested, !machine.shutdownRequested else { return }
        let isOnSchedule = IsCheckpointOnSchedule(progress)
        machine.observe(.checkpoint(.paced(progress: progress, sleeps: isOnSchedule)))
        guard isOnSchedule else { return }
        CheckArchiveTimeout()
        guard server.traits.checkpointDelayHasLatch else { return machine.sleep(writeDelay, .checkpoint) }
        machine.report(.timeoutCheckpointWriteDelay)
        _ = machine.waitLatch(timeout: writeDelay)
        machine.resetLatch()
        machine.report(.none)
    }

    /// checkpointer.c, ImmediateCheckpointRequested.
    private var isImmediateCheckpointRequested: Bool {
        CheckpointFlags(rawValue: UInt8(server.checkpoints.flags.load())).contains(.immediate)
    }

    /// Whether writing is as far as time and WAL are, both scaled to `checkpoint_completion_target`. A share that was
    /// found to be ahead is remembered: it only grows (checkpointer.c, IsCheckpointOnSchedule).
    private func IsCheckpointOnSchedule(_ progress: Double) -> Bool {
        let settings = server.settings
        let scaled = progress * settings.checkpointCompletionTarget
        if scaled < checkpointer.cachedElapsed { return false }
        let segments =
            Double(GetInsertRecPtr() - checkpointer.startPosition) / Double(settings.walSegmentSize)
            / Double(server.checkpointDistance.checkPointSegments)
        let time = (machine.now - checkpointer.startTime).seconds / Double(settings.checkpointTimeout)
        for elapsed in [segments, time] where scaled < elapsed {
            checkpointer.cachedElapsed = elapsed
            return false
        }
        return true
    }

    /// How far WAL is asked to be written: it moves when a record crosses a page, not with each one
    /// (xlog.c, GetInsertRecPtr).
    func GetInsertRecPtr() -> XLogRecPtr { server.xlog.info.withLock(self) { $0.requestedWrite } }
}
