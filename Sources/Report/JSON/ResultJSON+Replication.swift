import Experiments
import Instrumentation
import Postgres
import SimTime

/// Standbys, as pg_stat_replication shows them at the end of the window.
extension ResultJSON {
    static func replication(_ span: PooledSpan) -> OrderedJSON { .array(span.sum.standbys.map(standby)) }

    private static func standby(_ row: StandbyRow) -> OrderedJSON {
        .object([
            ("application_name", .string(row.applicationName)), ("state", .string(row.state)),
            ("sent_lsn", lsn(row.sent)), ("write_lsn", lsn(row.write)), ("flush_lsn", lsn(row.flush)),
            ("replay_lsn", lsn(row.replay)), ("write_lag_us", lag(row.writeLag)), ("flush_lag_us", lag(row.flushLag)),
            ("replay_lag_us", lag(row.replayLag)), ("sync_priority", .integer(UInt64(row.syncPriority))),
            ("sync_state", .string(row.syncState)),
        ])
    }

    /// As PostgreSQL writes it; null for a position that is not known.
    private static func lsn(_ position: UInt64) -> OrderedJSON {
        position == 0 ? .null : .string(formatLSN(position))
    }

    private static func lag(_ lag: Nanoseconds?) -> OrderedJSON { .optional(lag?.microseconds) }

    /// What walsenders did, summed over repeats; null without standbys.
    static func walSenders(_ span: PooledSpan) -> OrderedJSON {
        guard span.sum.hasStandbys else { return .null }
        let counters = span.sum.replication
        return .object([
            ("sends", .integer(counters.sends)), ("sent_bytes", .integer(counters.sentBytes)),
            ("waits", .integer(counters.sleeps)), ("replies", .integer(counters.replies)),
            ("release_calls", .integer(counters.releases)), ("queues_woken", .integer(counters.queuesWoken)),
            ("released", .integer(counters.released)), ("sync_rep_waits", .integer(counters.waits)),
            ("sync_rep_cancelled", .integer(counters.cancelled)),
            ("by_standby", .array(span.sum.walSenders.map(walSender))),
        ])
    }

    /// One walsender's part, and its ratios.
    private static func walSender(_ row: WalSenderRow) -> OrderedJSON {
        let counters = row.counters
        return .object([
            ("server", row.server.isEmpty ? .null : .string(row.server)),
            ("application_name", .string(row.applicationName)), ("commits", .integer(row.commits)),
            ("sends", .integer(counters.sends)), ("sent_bytes", .integer(counters.sentBytes)),
            ("latch_waits", .integer(counters.sleeps)), ("replies", .integer(counters.replies)),
            ("release_calls", .integer(counters.releases)), ("queues_woken", .integer(counters.queuesWoken)),
            ("released", .integer(counters.released)), ("commits_per_send", .optional(row.commitsPerSend)),
            ("latch_waits_per_send", .optional(row.waitsPerSend)),
            ("released_per_reply", .optional(row.releasedPerReply)),
        ])
    }
}
