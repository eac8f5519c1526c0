import Experiments
import Instrumentation
import SimTime
import WaitEvents

/// One experiment as one JSON object. Times are microseconds of virtual time unless a key says otherwise.
///
/// Over repeats, counts are sums, times and rates are means, percentiles and maxima are those of all repeats
/// together. A wait event's figures are all per repeat, so that `total_us = waits x mean_us` in a long run and
/// `avg_sessions = total_us / simulated time`.
public enum ResultJSON {
    /// The object's text, ending in a line feed. `wall_seconds` alone may differ between two runs of one seed.
    public static func text(of result: ExperimentResult) -> String { object(result).text() + "\n" }

    static func object(_ result: ExperimentResult) -> OrderedJSON {
        let whole = result.whole
        var members: [(key: String, value: OrderedJSON)] = heading(result, whole)
        members += figures(whole)
        members += [
            ("wait_events", waitEvents(whole)),
            ("wait_attribution", attribution(whole)),
            ("wal_records", walRecords(whole)),
            ("activity", activity(whole)),
            ("phases", .array(result.phases.map(phase))),
            ("counters", counters(whole, in: result.release)),
            ("per_repeat", .array(result.repeats.map(perRepeat))),
        ]
        // Absent from complete results, so that a script can tell a cut one by its presence.
        if result.interrupted { members.append(("interrupted", .bool(true))) }
        return .object(members)
    }

    private static func heading(
        _ result: ExperimentResult, _ whole: PooledSpan
    ) -> [(key: String, value: OrderedJSON)] {
        [
            ("walsim", .string(Walsim.version)),
            ("scenario", .string(result.name)),
            ("scenario_hash", .string(result.scenarioHash)),
            ("seed", .integer(result.seed)),
            ("repeats", .integer(UInt64(result.repeats.count))),
            ("digest", .string(hexadecimal(result.digest))),
            ("simulated_seconds", .number(whole.seconds)),
            ("wall_seconds", .number(result.wallSeconds)),
            ("wakeups", .integer(result.wakeups)),
        ]
    }

    private static func figures(_ span: PooledSpan) -> [(key: String, value: OrderedJSON)] {
        [
            ("tps", tps(span)),
            ("transactions", .integer(span.sum.transactions)),
            ("latency_us", latency(span)),
            ("longest_commit_gap_us", metric("longest_commit_gap", span)),
            ("txns_per_flush", metric("txns_per_flush", span)),
            ("flushes", .integer(span.sum.flushes)),
            ("wal_bytes_per_txn", metric("wal_bytes_per_txn", span)),
            ("wal_record_bytes_per_txn", metric("wal_record_bytes_per_txn", span)),
            ("cpu_utilization", metric("cpu_utilization", span)),
        ]
    }

    private static func phase(_ span: PooledSpan) -> OrderedJSON {
        .object([
            ("name", .string(span.name)),
            ("tps", tps(span)),
            ("latency_us", latency(span)),
            ("txns_per_flush", metric("txns_per_flush", span)),
            ("wal_bytes_per_txn", metric("wal_bytes_per_txn", span)),
            ("wait_events", waitEvents(span)),
            ("wal_records", walRecords(span)),
        ])
    }

    private static func perRepeat(_ run: RunResult) -> OrderedJSON {
        let heading: [(key: String, value: OrderedJSON)] = [
            ("seed", .integer(run.seed)),
            ("digest", .string(hexadecimal(run.digest))),
            ("simulated_seconds", .number(run.whole.span.seconds)),
            ("wakeups", .integer(run.wakeups)),
        ]
        return .object(
            heading
                + Metric.all.filter { !$0.needsStandbys || run.whole.hasStandbys }.map {
                    ($0.name, .optional($0.value(run.whole)))
                })
    }

    static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
