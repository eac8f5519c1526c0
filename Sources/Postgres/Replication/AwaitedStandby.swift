/// For observers: which standby holds up a backend.
extension Server {
    /// What a backend waits for in IPC:SyncRep.
    public enum SyncRepBlocker: Sendable {
        /// The standby of a slot, and the mode of waiting.
        case standby(slot: Int, SyncRepMode)
        /// Too few standbys are connected.
        case missing
    }

    /// Whom a backend waits for at this moment; nil if it is in no queue: a walsender has released it.
    public func syncRepBlocker(of process: ProcNumber) -> SyncRepBlocker? {
        guard let config = syncRepConfig, procGlobal.allProcs[process].isInSyncRepQueue else { return nil }
        let queued = SyncRepMode.allCases.first { mode in syncRepQueue(mode).contains { $0.process == process } }
        guard let mode = queued else { return nil }
        let candidates = syncRepCandidates()
        guard candidates.count >= config.numSync else { return .missing }
        func position(_ standby: SyncRepStandby) -> XLogRecPtr { standby.positions.position(mode) }
        switch config.method {
        case .priority:
            // All of the best must have it: the last of them is waited for.
            let chosen = candidates.sorted { ($0.priority, $0.slot) < ($1.priority, $1.slot) }.prefix(config.numSync)
            return chosen.min { (position($0), $0.slot) < (position($1), $1.slot) }.map {
                .standby(slot: $0.slot, mode)
            }
        case .quorum:
            // So many must have it, whichever they are: the one that would be the last of them.
            let ranked = candidates.sorted { (position($1), $0.slot) < (position($0), $1.slot) }
            return .standby(slot: ranked[config.numSync - 1].slot, mode)
        }
    }

    private func syncRepCandidates() -> [SyncRepStandby] {
        walSndCtl.walSenders.indices.compactMap { slot in
            let fields = walSndCtl.walSenders[slot].fields.unprotected
            guard fields.isCandidate else { return nil }
            return SyncRepStandby(slot: slot, priority: fields.priority, positions: fields.positions)
        }
    }
}

extension StandbyPositions {
    /// How far the standby is in what a mode waits for.
    func position(_ mode: SyncRepMode) -> XLogRecPtr {
        switch mode {
        case .write: write
        case .flush: flush
        case .apply: apply
        }
    }
}
