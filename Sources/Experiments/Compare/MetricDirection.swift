/// Which way a figure gets better.
public enum MetricDirection: String, Sendable {
    case higher
    case lower
    /// Neither way: a volume, or a means to an end.
    case none

    /// The direction of a metric of summary.csv, phases.csv, timeline.csv or a sweep.
    ///
    /// Totals such as `wal_bytes` have none: they grow with the work that was done.
    static func of(metric: String) -> MetricDirection {
        if ["tps", "transactions", "commits"].contains(metric) { return .higher }
        let less = ["longest_commit_gap", "wal_bytes_per_txn", "wal_record_bytes_per_txn", "wal_buffers_full"]
        return metric.hasPrefix("latency_") || less.contains(metric) ? .lower : .none
    }

    /// The metrics that a comparison looks at first: they have nearly the whole level of its tests.
    ///
    /// None is an extreme value, which chance alone moves far.
    static let headline: Set<String> = ["tps", "latency_mean", "latency_p99", "txns_per_flush", "wal_bytes_per_txn"]
}
