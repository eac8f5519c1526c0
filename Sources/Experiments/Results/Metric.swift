import Instrumentation
import SimTime
import Statistics

/// A number that is reported for a span of a run: one row of `summary.csv`.
public struct Metric: Sendable {
    /// What a metric's value counts.
    public enum Unit: String, Sendable {
        case perSecond = "1/s"
        case microseconds = "us"
        case bytes
        case count
        case fraction
    }

    /// The name in files, thresholds and on the command line.
    public let name: String
    /// The unit of the value in files.
    public let unit: Unit
    /// Whether the metric means nothing without standbys: results then leave it out.
    public var needsStandbys = false
    /// The metric of one span; nil if the span has none (no flush, no transaction).
    ///
    /// Of spans pooled over repeats it gives ratios of sums, percentiles of all transactions, and sums of counts.
    public let value: @Sendable (SpanResult) -> Double?

    /// The metric of that name, or nil.
    public static func named(_ name: String) -> Metric? { all.first { $0.name == name } }

    /// Every metric, in the order of `summary.csv`.
    public static let all: [Metric] = throughput + latency + walVolume + walCounters + replication + checkpoints

    private static let throughput = [
        Metric(name: "tps", unit: .perSecond) { $0.span > .zero ? Double($0.transactions) / $0.span.seconds : nil },
        Metric(name: "transactions", unit: .count) { Double($0.transactions) },
    ]

    private static let latency = [
        Metric(name: "latency_mean", unit: .microseconds) { $0.latency.meanMicroseconds },
        Metric(name: "latency_p50", unit: .microseconds) { $0.latency.percentileMicroseconds(50) },
        Metric(name: "latency_p95", unit: .microseconds) { $0.latency.percentileMicroseconds(95) },
        Metric(name: "latency_p99", unit: .microseconds) { $0.latency.percentileMicroseconds(99) },
        Metric(name: "latency_max", unit: .microseconds) { $0.latency.maxMicroseconds },
        Metric(name: "longest_commit_gap", unit: .microseconds) { $0.longestCommitGap.microseconds },
        Metric(name: "longest_async_window", unit: .microseconds) { $0.longestAsyncWindow.microseconds },
    ]

    private static let walVolume = [
        Metric(name: "txns_per_flush", unit: .count) { ratio(Double($0.commits), to: $0.flushes) },
        Metric(name: "flushes", unit: .count) { Double($0.flushes) },
        Metric(name: "commits", unit: .count) { Double($0.commits) },
        Metric(name: "wal_bytes_per_txn", unit: .bytes) { ratio(Double($0.walBytes), to: $0.commits) },
        Metric(name: "wal_record_bytes_per_txn", unit: .bytes) { span in
            ratio(span.walRecords.reduce(0) { $0 + Double($1.recordBytes + $1.fpiBytes) }, to: span.commits)
        },
        Metric(name: "cpu_utilization", unit: .fraction) { $0.cpuUtilization },
    ]

    /// The columns of `pg_stat_wal`, times in microseconds.
    private static let walCounters = [
        Metric(name: "wal_records", unit: .count) { Double($0.pgStatWAL.walRecords) },
        Metric(name: "wal_fpi", unit: .count) { Double($0.pgStatWAL.walFPI) },
        Metric(name: "wal_bytes", unit: .bytes) { Double($0.pgStatWAL.walBytes) },
        Metric(name: "wal_buffers_full", unit: .count) { Double($0.pgStatWAL.walBuffersFull) },
        Metric(name: "wal_write", unit: .count) { Double($0.pgStatWAL.walWrite) },
        Metric(name: "wal_sync", unit: .count) { Double($0.pgStatWAL.walSync) },
        Metric(name: "wal_write_time", unit: .microseconds) { $0.pgStatWAL.walWriteTime.microseconds },
        Metric(name: "wal_sync_time", unit: .microseconds) { $0.pgStatWAL.walSyncTime.microseconds },
    ]

    /// The columns of `pg_stat_checkpointer` and what the log says of segments, times in microseconds.
    private static let checkpoints = [
        Metric(name: "checkpoints_timed", unit: .count) { Double($0.pgStatCheckpointer.numTimed) },
        Metric(name: "checkpoints_requested", unit: .count) { Double($0.pgStatCheckpointer.numRequested) },
        Metric(name: "checkpoints_done", unit: .count) { Double($0.pgStatCheckpointer.numDone) },
        Metric(name: "checkpoint_warnings", unit: .count) { Double($0.pgStatCheckpointer.tooOften) },
        Metric(name: "checkpoint_buffers_written", unit: .count) { Double($0.pgStatCheckpointer.buffersWritten) },
        Metric(name: "checkpoint_write_time", unit: .microseconds) { $0.pgStatCheckpointer.writeTime.microseconds },
        Metric(name: "checkpoint_sync_time", unit: .microseconds) { $0.pgStatCheckpointer.syncTime.microseconds },
        Metric(name: "wal_segments_created", unit: .count) { Double($0.pgStatCheckpointer.segmentsCreated) },
        Metric(name: "wal_segments_recycled", unit: .count) { Double($0.pgStatCheckpointer.segmentsRecycled) },
        Metric(name: "wal_segments_removed", unit: .count) { Double($0.pgStatCheckpointer.segmentsRemoved) },
    ]

    static func ratio(_ value: Double, to count: UInt64) -> Double? { count == 0 ? nil : value / Double(count) }
}
