/// What a walsender does with its standby's messages (src/backend/replication/walsender.c and syncrep.c).
extension WalSender {
    /// Reads all that has arrived (walsender.c, ProcessRepliesIfAny).
    func ProcessRepliesIfAny() {
        while let message = machine.receiveMessage() {
            switch message {
            case .start(let position): start(at: position)
            case .reply(let positions, let replyRequested):
                ProcessStandbyReplyMessage(positions, replyRequested: replyRequested)
            case .closed: isClosed = true
            case .wal, .keepalive: machine.panic("a walsender got what only walreceivers get")
            }
            lastReply = machine.now
            awaitsPing = false
        }
    }

    /// Notes what the standby has, and releases those who waited for it (walsender.c, ProcessStandbyReplyMessage).
    private func ProcessStandbyReplyMessage(_ positions: StandbyPositions, replyRequested: Bool) {
        machine.spend(.walReply)
        let now = machine.now
        let lags = StandbyLags(
            write: lagTracker.read(.write, positions.write, now), flush: lagTracker.read(.flush, positions.flush, now),
            apply: lagTracker.read(.apply, positions.apply, now))
        // Told twice in a row that it has everything: the lag of long ago need not be shown any longer.
        let isFullyApplied = positions.apply == sent
        let clears = isFullyApplied && wasFullyApplied
        wasFullyApplied = isFullyApplied
        if replyRequested { WalSndKeepalive(replyRequested: false) }
        fields.withLock(process) { fields in
            fields.positions = positions
            if lags.write != nil || clears { fields.lags.write = lags.write }
            if lags.flush != nil || clears { fields.lags.flush = lags.flush }
            if lags.apply != nil || clears { fields.lags.apply = lags.apply }
        }
        machine.observe(.standbyReplied(positions))
        SyncRepReleaseWaiters()
    }

    /// Releases the backends whose commits the standbys that count have confirmed (syncrep.c, SyncRepReleaseWaiters).
    ///
    /// Takes SyncRepLock for every reply of a standby that may count, even if nothing has moved.
    private func SyncRepReleaseWaiters() {
        // Nobody but this process writes to its slot.
        let mine = fields.unprotected
        guard mine.priority > 0, state == .streaming, mine.positions.flush != 0, let config = server.syncRepConfig
        else {
            return
        }
        let control = server.walSndCtl
        process.LWLockAcquire(control.syncRepLock, .exclusive)
        gatherCandidates()
        guard let confirmed = candidates.SyncRepGetSyncRecPtr(config, slot: slot) else {
            process.LWLockRelease(control.syncRepLock)
            return
        }
        machine.observe(.standbysConfirmed(confirmed))
        var (released, queues) = (0, 0)
        for mode in SyncRepMode.allCases {
            guard let count = release(mode, upTo: confirmed.position(mode)) else { continue }
            released += count
            queues += 1
        }
        machine.observe(.waitersReleased(count: released, queues: queues))
        process.LWLockRelease(control.syncRepLock)
    }

    /// Nil if nothing has moved in that mode.
    private func release(_ mode: SyncRepMode, upTo position: XLogRecPtr) -> Int? {
        let released = server.walSndCtl.released + mode.rawValue
        guard released.pointee < position else { return nil }
        released.pointee = position
        return process.SyncRepWakeQueue(mode)
    }

    /// Every standby that may count, each read under its slot's mutex (syncrep.c, SyncRepGetCandidateStandbys).
    private func gatherCandidates() {
        candidates.removeAll()
        let slots = server.walSndCtl.walSenders
        for slot in slots.indices {
            if let standby = slots[slot].fields.withLock(process, { $0.candidate(in: slot) }) {
                candidates.append(standby)
            }
        }
    }
}
