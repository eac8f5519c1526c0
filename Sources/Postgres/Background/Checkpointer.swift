import SimTime
import WaitEvents

/// What the checkpointer remembers of the checkpoint under way, and of the last one: its alone (static variables of
/// checkpointer.c and xlog.c).
struct CheckpointerState {
    /// When the last checkpoint began, or was found not necessary (`last_checkpoint_time`).
    var lastBegan = Instant.zero
    /// When a segment was last ended, or found not worth it (`last_xlog_switch_time`).
    var lastSwitch = Instant.zero
    /// Where the write request and the clock stood when the present one began (`ckpt_start_recptr`, `ckpt_start_time`).
    var startPosition: XLogRecPtr = 0
    var startTime = Instant.zero
    /// The largest share of time or WAL that a write was behind of (`ckpt_cached_elapsed`).
    var cachedElapsed = 0.0
    /// The estimated WAL between two redo points, in bytes (`CheckPointDistanceEstimate`).
    var distanceEstimate = 0.0
    /// The redo point of the last checkpoint (`ControlFile->checkPointCopy.redo`).
    var lastRedo: XLogRecPtr = 0
    /// Files that were written to and have to be synced (`pendingOps` of sync.c), in the order of their first page.
    var filesToSync: [Int] = []
}

/// The checkpointer (src/backend/postmaster/checkpointer.c).
extension ServerProcess {
    /// Makes checkpoints when time, WAL volume or somebody asks for one, until the server stops
    /// (checkpointer.c, CheckpointerMain). The checkpoint of a shutdown is left out.
    public func CheckpointerMain() {
        checkpointer.lastBegan = machine.now
        checkpointer.lastSwitch = machine.now
        checkpointer.lastRedo = server.xlog.start
        while true {
            machine.resetLatch()
            if machine.shutdownRequested { return }
            let timeout = Nanoseconds.seconds(Int64(server.settings.checkpointTimeout))
            let elapsed = machine.now - checkpointer.lastBegan
            let isRequested = server.checkpoints.flags.load() != 0
            if isRequested || elapsed >= timeout {
                performCheckpoint(isTimed: !isRequested, elapsed: elapsed, isDue: elapsed >= timeout)
                // Asked for again meanwhile: the latch need not be set any more.
                if server.checkpoints.flags.load() != 0 { continue }
            }
            CheckArchiveTimeout()
            machine.report(.activityCheckpointerMain)
            let untilCheckpoint = timeout - (machine.now - checkpointer.lastBegan)
            _ = machine.waitLatch(timeout: max(min(untilCheckpoint, timeUntilArchiveTimeout), .zero))
            machine.report(.none)
        }
    }

    private func performCheckpoint(isTimed: Bool, elapsed: Nanoseconds, isDue: Bool) {
        machine.accrue(.spinHold)
        var flags = CheckpointFlags(rawValue: UInt8(server.checkpoints.flags.exchange(0)))
        if isDue { flags.insert(.causeTime) }
        let warnsBelow = Nanoseconds.seconds(Int64(server.settings.checkpointWarning))
        machine.observe(
            .checkpoint(.started(timed: isTimed, tooOften: flags.contains(.causeXLog) && elapsed < warnsBelow)))
        let began = machine.now
        checkpointer.startTime = began
        checkpointer.startPosition = GetInsertRecPtr()
        checkpointer.cachedElapsed = 0
        let isDone = CreateCheckPoint(flags)
        // Done or not: only a restartpoint that was not necessary is tried again sooner.
        checkpointer.lastBegan = began
        machine.observe(.checkpoint(.ended(isDone: isDone)))
    }
}
