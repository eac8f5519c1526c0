import SimTime
import WaitEvents

/// A standby's startup process: replays what the walreceiver has flushed (src/backend/access/transam/xlogrecovery.c).
extension ServerProcess where M: ReplicatingMachine {
    /// How much WAL is replayed between two looks at the world; more would only be coarser.
    private var replayStep: UInt64 { 64 << 10 }

    /// Replays until the standby stops (xlogrecovery.c, PerformWalRecovery and WaitForWALToBecomeAvailable).
    public func StartupProcessMain() {
        var hasReplied = false
        while !machine.shutdownRequested {
            machine.resetLatch()
            let available = server.walRcv.flushedUpto.load()
            if server.walRcv.replayedUpto.load() < available {
                replay(upTo: available)
                hasReplied = false
            } else if !hasReplied && server.traits.startupForcesReply {
                // Out of WAL: the primary is told once how far replay has come.
                hasReplied = true
                WalRcvForceReply()
            } else {
                // It does not watch for the postmaster's death there, but looks for it between records.
                withWaitEventSet(1) {
                    machine.report(.activityRecoveryWalStream)
                    machine.waitLatch()
                    machine.report(.none)
                }
            }
        }
    }

    /// Replays records up to `available`, in steps that end where somebody may look.
    private func replay(upTo available: XLogRecPtr) {
        var position = server.walRcv.replayedUpto.load()
        while position < available && !machine.shutdownRequested {
            let mark = server.replayedCommits?.next(upTo: available, standby: server.standbyNumber)
            let end = min(position + replayStep, mark?.end ?? available, available)
            if end == mark?.end { recoveryApplyDelay(mark!) }
            awaitConflict()
            machine.spend(.replay, Int(end - min(position, end)))
            position = max(position, end)
            server.walRcv.replayedUpto.store(position)
            machine.observe(.replayed(upTo: position))
            guard let mark, end == mark.end else { continue }
            server.replayedCommits?.advance(standby: server.standbyNumber)
            if mark.wantsFeedback { WalRcvForceReply() }
        }
    }

    /// Holds a commit back until it is `recovery_min_apply_delay` old by the primary's clock
    /// (xlogrecovery.c, recoveryApplyDelay).
    private func recoveryApplyDelay(_ mark: CommitMark) {
        let delay = server.settings.recoveryMinApplyDelay
        guard delay > 0 else { return }
        let due = mark.at + .milliseconds(Int64(delay))
        while !machine.shutdownRequested, machine.now < due {
            machine.resetLatch()
            withWaitEventSet(2) {
                machine.report(.timeoutRecoveryApplyDelay)
                _ = machine.waitLatch(timeout: due - machine.now)
                machine.report(.none)
            }
        }
    }

    /// A query that still needs what the next record removes holds replay up (standby.c, ResolveRecoveryConflict...).
    private func awaitConflict() {
        let conflict = machine.recoveryConflict()
        guard conflict > .zero else { return }
        machine.report(.ipcRecoveryConflictSnapshot)
        machine.sleep(conflict, .recoveryConflict)
        machine.report(.none)
    }

    /// Has the walreceiver send a reply at once (walreceiverfuncs.c, WalRcvForceReply).
    private func WalRcvForceReply() {
        server.walRcv.forceReply.store(1)
        machine.setLatch(server.processes.walReceiver)
    }
}
