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
        let slots = walSndCtl.walSenders
        var candidates = SyncRepCandidates(slots.indices.compactMap { slots[$0].fields.unprotected.candidate(in: $0) })
        return candidates.decisive(config, mode).map { .standby(slot: $0, mode) } ?? .missing
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
