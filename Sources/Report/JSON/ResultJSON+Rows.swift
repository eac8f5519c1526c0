import Experiments
import Instrumentation
import SimTime
import Statistics
import WaitEvents

/// The lists of the result's object.
extension ResultJSON {
    static func tps(_ span: PooledSpan) -> OrderedJSON {
        let estimate = span.estimate("tps")
        return .object([("mean", .optional(estimate.mean)), ("ci95", interval(estimate))])
    }

    static func latency(_ span: PooledSpan) -> OrderedJSON {
        .object(
            ["mean", "p50", "p95", "p99", "max"].map { ($0, .optional(span.value("latency_" + $0))) })
    }

    static func metric(_ name: String, _ span: PooledSpan) -> OrderedJSON { .optional(span.value(name)) }

    static func waitEvents(_ span: PooledSpan) -> OrderedJSON {
        .array(
            span.sum.waitEvents.map { row in
                .object(
                    [
                        ("backend_type", .string(row.backendType.name)),
                        ("wait_event_type", row.event.map { .string($0.type.rawValue) } ?? .null),
                        ("wait_event", row.event.map { .string($0.event) } ?? .null),
                        ("avg_sessions", .number(span.averageSessions(row))),
                        ("waits", .number(span.perRepeat(Double(row.waits.count)))),
                        ("total_us", total(row.total, span)),
                    ] + durations(row.waits))
            })
    }

    static func attribution(_ span: PooledSpan) -> OrderedJSON {
        .array(
            span.sum.attribution.map { row in
                .object([
                    ("wait_event_type", .string(row.event.type.rawValue)),
                    ("wait_event", .string(row.event.event)),
                    ("holder_activity", .string(row.holderActivity.name)),
                    ("total_us", total(row.total, span)),
                    ("share", .optional(span.sum.share(of: row))),
                ])
            })
    }

    static func walRecords(_ span: PooledSpan) -> OrderedJSON {
        .array(
            span.sum.walRecords.map { row in
                .object([
                    ("type", .string(row.type)), ("count", .integer(row.count)),
                    ("record_bytes", .integer(row.recordBytes)), ("fpi_bytes", .integer(row.fpiBytes)),
                ])
            })
    }

    static func activity(_ span: PooledSpan) -> OrderedJSON {
        .array(
            span.sum.activity.map { row in
                .object([
                    ("backend_type", .string(row.backendType.name)), ("state", .string(row.state.name)),
                    ("total_us", total(row.total, span)),
                ])
            })
    }

    /// The views' columns by their own names and in their own units, as far as the release has them.
    static func counters(_ span: PooledSpan, in release: PostgresRelease) -> OrderedJSON {
        .object(
            StatisticsViews.of(span.sum.pgStatWAL, in: release) + checkpointer(span.sum.pgStatCheckpointer, release) + [
                ("segments", segments(span.sum.pgStatCheckpointer)), ("pg_stat_replication", replication(span)),
                ("walsenders", walSenders(span)),
            ])
    }

    /// The checkpointer's view under the columns of release 17, whatever the release, and up to 16 also the columns of
    /// pg_stat_bgwriter that it took the place of.
    private static func checkpointer(
        _ stat: PgStatCheckpointer, _ release: PostgresRelease
    ) -> [(key: String, value: OrderedJSON)] {
        let counts: [(key: String, new: String, value: OrderedJSON)] = [
            ("checkpoints_timed", "num_timed", .integer(stat.numTimed)),
            ("checkpoints_req", "num_requested", .integer(stat.numRequested)),
            ("checkpoint_write_time", "write_time", .number(stat.writeTime.milliseconds)),
            ("checkpoint_sync_time", "sync_time", .number(stat.syncTime.milliseconds)),
            ("buffers_checkpoint", "buffers_written", .integer(stat.buffersWritten)),
        ]
        let done: [(key: String, value: OrderedJSON)] = release >= .v18 ? [("num_done", .integer(stat.numDone))] : []
        let view = ("pg_stat_checkpointer", OrderedJSON.object(counts.map { ($0.new, $0.value) } + done))
        guard release < .v17 else { return [view] }
        return [view, ("pg_stat_bgwriter", .object(counts.map { ($0.key, $0.value) }))]
    }

    /// What the server's log says of segment files, with log_checkpoints.
    private static func segments(_ stat: PgStatCheckpointer) -> OrderedJSON {
        .object([
            ("added", .integer(stat.segmentsCreated)), ("recycled", .integer(stat.segmentsRecycled)),
            ("removed", .integer(stat.segmentsRemoved)),
        ])
    }

    private static func durations(_ waits: LatencyHistogram) -> [(key: String, value: OrderedJSON)] {
        [
            ("mean_us", .optional(waits.meanMicroseconds)),
            ("p50_us", .optional(waits.percentileMicroseconds(50))),
            ("p95_us", .optional(waits.percentileMicroseconds(95))),
            ("p99_us", .optional(waits.percentileMicroseconds(99))),
            ("max_us", .optional(waits.maxMicroseconds)),
        ]
    }

    private static func interval(_ estimate: Estimate) -> OrderedJSON {
        estimate.ci95.map { .array([.number($0.low), .number($0.high)]) } ?? .null
    }

    private static func total(_ time: TotalTime, _ span: PooledSpan) -> OrderedJSON {
        .number(span.perRepeat(time.microseconds))
    }
}

extension SpanResult {
    /// The part that `row` has of all attributed waiting in its event, 0...1; nil if there was none.
    func share(of row: AttributionRow) -> Double? {
        let all = attribution.filter { $0.event == row.event }.reduce(0) { $0 + $1.total.seconds }
        return all > 0 ? row.total.seconds / all : nil
    }
}
