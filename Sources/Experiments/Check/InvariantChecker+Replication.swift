import Postgres

/// What the checker knows of walsenders, standbys and those who wait for them: from what was sent, replied and
/// confirmed, not from what the server believes.
struct ReplicationBooks {
    /// By walsender: up to where WAL was sent last, up to where ever, and what its standby last replied. A standby that
    /// comes back is sent its segment from the start again, and has more of it than the first messages carry.
    var sent: [ProcNumber: XLogRecPtr] = [:]
    var everSent: [ProcNumber: XLogRecPtr] = [:]
    var replies: [ProcNumber: StandbyPositions] = [:]
    /// What walsenders have confirmed to those who wait.
    var confirmed = StandbyPositions(write: 0, flush: 0, apply: 0)
    /// The walsenders whose standbys came back and write again what they have.
    var resent: Set<ProcNumber> = []
}

/// Replication.
extension InvariantChecker {
    func replicated(_ observation: Observation, by process: ProcNumber) {
        switch observation {
        case .walSent(let start, let end): walSent(start, end, by: process)
        case .standbyReplied(let positions): replied(positions, to: process)
        case .standbysConfirmed(let positions): confirmed(positions)
        case .waitersReleased: released()
        case .syncRepWaitStarted(_, let mode): checkSyncRepQueue(mode)
        case .syncRepWaitDone(let lsn, let mode, let interrupt):
            // Cancelled waits are over without the standbys, as those are that a change of settings abolishes.
            if interrupt == nil, server.awaitsStandbys, replication.confirmed[mode] < lsn {
                fail(
                    .replication,
                    "process \(process) goes on at \(formatLSN(lsn)), confirmed up to"
                        + " \(formatLSN(replication.confirmed[mode]))")
            }
        default: break
        }
    }

    private func walSent(_ start: XLogRecPtr, _ end: XLogRecPtr, by process: ProcNumber) {
        if end > xlog.flushedUpTo || server.settings.fsync && end > device.durable {
            fail(.replication, "WAL is sent up to \(formatLSN(end)), durable up to \(formatLSN(device.durable))")
        }
        if let sent = replication.sent[process], start != sent, start % xlog.geometry.segmentSize != 0 {
            fail(.replication, "WAL is sent from \(formatLSN(start)) on, after up to \(formatLSN(sent))")
        }
        if let sent = replication.sent[process], start < sent { replication.resent.insert(process) }
        if end <= start || end - start > 131_072 {
            fail(.replication, "a message carries \(formatLSN(start)) to \(formatLSN(end))")
        }
        replication.sent[process] = end
        replication.everSent[process] = max(end, replication.everSent[process] ?? end)
    }

    private func replied(_ positions: StandbyPositions, to process: ProcNumber) {
        let isOrdered = positions.flush <= positions.write || replication.resent.contains(process)
        let most = replication.everSent[process] ?? xlog.start
        if !isOrdered || positions.apply > positions.flush || positions.flush > most {
            fail(
                .replication,
                "a standby replies \(formatLSN(positions.write)), \(formatLSN(positions.flush)),"
                    + " \(formatLSN(positions.apply))")
        }
        replication.replies[process] = positions
    }

    /// As many standbys as must have what is confirmed have said so at some time.
    private func confirmed(_ positions: StandbyPositions) {
        for mode in SyncRepMode.allCases {
            let have = replication.replies.values.filter { $0[mode] >= positions[mode] }.count
            if have < server.requiredStandbys {
                fail(.replication, "\(formatLSN(positions[mode])) is confirmed for \(mode), \(have) standbys have it")
            }
            replication.confirmed.advance(mode, to: positions[mode])
        }
    }

    /// Nobody is left who waits for what is confirmed.
    private func released() {
        for mode in SyncRepMode.allCases {
            checkSyncRepQueue(mode)
            let first = server.syncRepQueue(mode).first
            if let first, first.lsn <= replication.confirmed[mode] {
                fail(
                    .replication, "process \(first.process) still waits for \(formatLSN(first.lsn)), which is confirmed"
                )
            }
        }
    }

    /// In the order of what they wait for, each in one queue.
    private func checkSyncRepQueue(_ mode: SyncRepMode) {
        let queue = server.syncRepQueue(mode)
        if zip(queue, queue.dropFirst()).contains(where: { $0.lsn > $1.lsn }) {
            fail(.replication, "those who wait for \(mode) are out of order: \(queue.map(\.process))")
        }
        let others = SyncRepMode.allCases.filter { $0 != mode }.flatMap { server.syncRepQueue($0).map(\.process) }
        if let twice = queue.first(where: { others.contains($0.process) }) {
            fail(.replication, "process \(twice.process) waits in two queues")
        }
    }
}

extension StandbyPositions {
    subscript(_ mode: SyncRepMode) -> XLogRecPtr {
        switch mode {
        case .write: write
        case .flush: flush
        case .apply: apply
        }
    }

    fileprivate mutating func advance(_ mode: SyncRepMode, to position: XLogRecPtr) {
        switch mode {
        case .write: write = max(write, position)
        case .flush: flush = max(flush, position)
        case .apply: apply = max(apply, position)
        }
    }
}
