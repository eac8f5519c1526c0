import Instrumentation
import SimTime

/// Metrics of servers with standbys; of others they are left out.
extension Metric {
    static let replication = [
        counter("walsender_sends") { Double($0.replication.sends) },
        counter("walsender_waits") { Double($0.replication.sleeps) },
        counter("standby_replies") { Double($0.replication.replies) },
        counter("sync_rep_waits") { Double($0.replication.waits) },
        counter("sync_rep_cancelled") { Double($0.replication.cancelled) },
        counter("sync_rep_released") { Double($0.replication.released) },
        counter("released_per_reply") { ratio(Double($0.replication.released), to: $0.replication.releases) },
        counter("commits_per_send") { ratio(Double($0.commits), to: $0.replication.sends) },
        counter("walsender_waits_per_send") { ratio(Double($0.replication.sleeps), to: $0.replication.sends) },
        Metric(name: "sent_bytes", unit: .bytes, needsStandbys: true) { Double($0.replication.sentBytes) },
        lag("write_lag", \.writeLag), lag("flush_lag", \.flushLag), lag("replay_lag", \.replayLag),
    ]

    private static func counter(_ name: String, _ value: @escaping @Sendable (SpanResult) -> Double?) -> Metric {
        Metric(name: name, unit: .count, needsStandbys: true, value: value)
    }

    /// The greatest lag that pg_stat_replication shows at the span's end.
    private static func lag(_ name: String, _ lag: KeyPath<StandbyRow, Nanoseconds?> & Sendable) -> Metric {
        Metric(name: name, unit: .microseconds, needsStandbys: true) { span in
            span.standbys.compactMap { $0[keyPath: lag]?.microseconds }.max()
        }
    }
}

extension SpanResult {
    /// Whether any standby was there to be measured.
    public var hasStandbys: Bool { !standbys.isEmpty || replication != ReplicationCounters() }
}
