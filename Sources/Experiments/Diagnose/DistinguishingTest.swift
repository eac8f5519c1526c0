import Foundation
import Instrumentation

/// What to measure on the server to tell two incidents apart whose waits look alike.
public struct DistinguishingTest: Sendable {
    /// A figure that a DBA can measure.
    private struct Figure {
        /// What it is, with its unit.
        var name: String
        /// How to get it.
        var how: String
        var value: @Sendable (SpanResult) -> Double?
    }

    /// The nearest incident's title.
    public let first: String
    /// The title of the one that it is to be told from.
    public let second: String
    /// What to measure, and how; nil if no figure differs by a quarter.
    public let measure: (name: String, how: String)?
    /// What the two simulations give.
    public let expected: (first: Double, second: Double)?

    /// The figure that differs most decides. How fast and how even the device is and how busy the cores are come
    /// last: they tell one machine from another, and an incident may happen on any.
    init(_ first: SimulatedIncident, _ second: SimulatedIncident) {
        self.first = first.title
        self.second = second.title
        guard
            let (figure, a, b) = Self.clearest(Self.figures, first, second)
                ?? Self.clearest(Self.machineFigures, first, second)
        else {
            (measure, expected) = (nil, nil)
            return
        }
        measure = (figure.name, figure.how)
        expected = (a, b)
    }

    /// The figure that differs most; nil if none differs by a quarter.
    private static func clearest(
        _ figures: [Figure], _ first: SimulatedIncident, _ second: SimulatedIncident
    ) -> (figure: Figure, first: Double, second: Double)? {
        let known = figures.compactMap { figure -> (figure: Figure, first: Double, second: Double)? in
            guard let a = figure.value(first.span), let b = figure.value(second.span), a.isFinite, b.isFinite else {
                return nil
            }
            return (figure, a, b)
        }
        return known.filter { contrast($0.first, $0.second) > log(1.25) }
            .max { contrast($0.first, $0.second) < contrast($1.first, $1.second) }
    }

    /// Where one incident ends and the other begins: the geometric mean, or half of the other if one is nothing.
    public var threshold: Double? {
        guard let (a, b) = expected else { return nil }
        return min(a, b) > 0 ? (a * b).squareRoot() : max(a, b) / 2
    }

    /// How much two figures differ: the logarithm of their ratio. A figure that is zero in one of them is a clear sign,
    /// but no more than a ratio of a thousand.
    private static func contrast(_ a: Double, _ b: Double) -> Double {
        let (low, high) = (min(a, b), max(a, b))
        guard high > 0 else { return 0 }
        return min(log(high / max(low, high / 1_000)), log(1_000))
    }

    private static let machineFigures = [
        Figure(
            name: "mean time of a WAL sync in us",
            how: "track_wal_io_timing = on, then wal_sync_time / wal_sync of pg_stat_wal"
        ) { ratio("wal_sync_time", "wal_sync", $0) },
        Figure(
            name: "p99 latency over the median", how: "pgbench --log or pg_stat_monitor's histogram of the statement"
        ) { ratio("latency_p99", "latency_p50", $0) },
        Figure(name: "CPU in use, as a share of all cores", how: "vmstat or iostat -c during the incident") {
            Metric.named("cpu_utilization")?.value($0)
        },
    ]

    private static let figures = [
        Figure(
            name: "commits a WAL sync",
            how: "xact_commit of pg_stat_database over wal_sync of pg_stat_wal, both over the same minute"
        ) { Metric.named("txns_per_flush")?.value($0) },
        Figure(
            name: "WAL buffers found full, per 1000 commits",
            how: "1000 x wal_buffers_full of pg_stat_wal over xact_commit of pg_stat_database"
        ) { ratio("wal_buffers_full", "commits", $0).map { $0 * 1_000 } },
        Figure(
            name: "WAL bytes a commit", how: "wal_bytes of pg_stat_wal over xact_commit of pg_stat_database"
        ) { Metric.named("wal_bytes_per_txn")?.value($0) },
        Figure(
            name: "full-page images per 1000 records", how: "1000 x wal_fpi / wal_records of pg_stat_wal"
        ) { ratio("wal_fpi", "wal_records", $0).map { $0 * 1_000 } },
        Figure(
            name: "longest time without a commit over the median latency",
            how: "pgbench --log or the application's log: the largest gap between two completions, and the median"
        ) { ratio("longest_commit_gap", "latency_p50", $0) },
    ]

    private static func ratio(_ a: String, _ b: String, _ span: SpanResult) -> Double? {
        guard let above = Metric.named(a)?.value(span), let below = Metric.named(b)?.value(span), below > 0 else {
            return nil
        }
        return above / below
    }
}
