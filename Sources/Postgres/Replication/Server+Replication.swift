extension Server {
    /// What `synchronous_standby_names` says; a value that PostgreSQL would refuse, and a release without walsenders,
    /// count as none.
    var configuredStandbys: SyncRepConfig? {
        guard settings.maxWALSenders > 0 else { return nil }
        return try? SyncRepConfig.parse(settings.synchronousStandbyNames, release: release)
    }

    // MARK: For observers: what pg_stat_replication shows.

    /// One row of pg_stat_replication.
    public struct StandbyView: Sendable, Equatable {
        /// The standby's name.
        public var applicationName: String
        /// What its walsender is up to.
        public var state: WalSndState
        /// WAL was sent up to here.
        public var sent: XLogRecPtr
        /// What the standby has replied.
        public var positions: StandbyPositions
        /// How far it lags behind.
        public var lags: StandbyLags
        /// The place in `synchronous_standby_names`; 0 for none.
        public var priority: Int
        /// `sync`, `potential`, `quorum` or `async`.
        public var syncState: String
    }

    /// The standby of one slot; nil if none is connected.
    public func standby(slot: Int) -> StandbyView? {
        let fields = walSndCtl.walSenders[slot].fields.unprotected
        guard fields.isActive else { return nil }
        return StandbyView(
            applicationName: fields.applicationName, state: fields.state, sent: fields.sent,
            positions: fields.positions, lags: fields.lags, priority: fields.shownPriority, syncState: syncState(slot))
    }

    /// Whether a standby is one of those that count now, would be if one of them went, or never is
    /// (walsender.c, pg_stat_get_wal_senders).
    private func syncState(_ slot: Int) -> String {
        let mine = walSndCtl.walSenders[slot].fields.unprotected
        guard let config = syncRepConfig, mine.shownPriority > 0 else { return "async" }
        guard mine.isCandidate else { return "potential" }
        if config.method == .quorum { return "quorum" }
        let better = walSndCtl.walSenders.indices.filter { other in
            let fields = walSndCtl.walSenders[other].fields.unprotected
            return fields.isCandidate && (fields.priority, other) < (mine.priority, slot)
        }
        return better.count < config.numSync ? "sync" : "potential"
    }

    /// Whether commits wait for standbys, and for how many.
    package var awaitsStandbys: Bool { walSndCtl.syncStandbysDefined.load() != 0 }
    package var requiredStandbys: Int { syncRepConfig?.numSync ?? 0 }

    /// The backends that wait in a mode, in order.
    package func syncRepQueue(_ mode: SyncRepMode) -> [(process: ProcNumber, lsn: XLogRecPtr)] {
        var queue: [(process: ProcNumber, lsn: XLogRecPtr)] = []
        var number = walSndCtl.queues[mode.rawValue].head
        while number != invalidProcNumber {
            queue.append((number, procGlobal.allProcs[number].waitLSN))
            number = procGlobal.allProcs[number].syncRepNext
        }
        return queue
    }

    // MARK: Configuration

    /// Takes over new settings as a reload does: at an instant at which no process runs. Walsenders and the process
    /// that looks after `synchronous_standby_names` then follow when their latches are set.
    public func reload(_ settings: Settings) {
        let namesChange = settings.synchronousStandbyNames != self.settings.synchronousStandbyNames
        self.settings = settings
        guard namesChange else { return }
        lookUpStandbys()
        _ = walSndCtl.reloads.fetchAdd(1)
    }
}

extension WalRcv {
    /// How far the standby has got, for observers.
    var positions: StandbyPositions {
        StandbyPositions(write: writtenUpto.load(), flush: flushedUpto.load(), apply: replayedUpto.load())
    }
}
