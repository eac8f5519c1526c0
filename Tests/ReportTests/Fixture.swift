import Instrumentation
import Postgres
import SimTime
import Statistics
import WaitEvents

@testable import Experiments

/// Results built by hand, so that every figure in a test can be worked out on paper.
enum Fixture {
    static let walWrite = name(.lwLockWALWrite)
    static let walSync = name(.ioWALSync)
    static let ioWrite = name(.ioWALWrite)
    static let walInsert = name(.lwLockWALInsert)
    static let clientRead = name(.clientRead)
    static let walWriterMain = name(.activityWalWriterMain)

    private static func name(_ event: WaitEvent) -> WaitEventName { event.name(in: .v16)! }

    /// A histogram of `count` equal durations each.
    static func histogram(_ durations: [(Nanoseconds, Int)]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for (duration, count) in durations {
            for _ in 0..<count { histogram.record(duration) }
        }
        return histogram
    }

    /// A row whose sessions are `sessions` on average over ten seconds.
    static func row(
        _ event: WaitEventName?, _ sessions: Double, each duration: Nanoseconds = .milliseconds(2), waits: Int = 0,
        over span: Nanoseconds = .seconds(10), of backendType: BackendType = .clientBackend
    ) -> WaitEventRow {
        WaitEventRow(
            backendType: backendType, event: event,
            total: TotalTime(Nanoseconds(rounding: sessions * Double(span.count))),
            waits: histogram(waits == 0 ? [] : [(duration, waits)]))
    }

    /// What `sessions` client backends did on average over ten seconds.
    static func activity(_ state: ActivityState, _ sessions: Double) -> ActivityRow {
        ActivityRow(backendType: .clientBackend, state: state, total: TotalTime(Nanoseconds(rounding: sessions * 10e9)))
    }

    /// Ten seconds of 40 clients that wait for syncs of 2 ms: 100,000 transactions in 5,000 flushes.
    static func span(
        named name: String = "all", over span: Nanoseconds = .seconds(10), transactions: UInt64 = 100_000
    ) -> SpanResult {
        SpanResult(
            name: name, span: span, transactions: transactions,
            latency: histogram([(.milliseconds(4), 98), (.milliseconds(8), 2)]),
            longestCommitGap: .milliseconds(3), commits: transactions, flushes: transactions / 20,
            walBytes: transactions * 230, cpuUtilization: 0.25,
            waitEvents: [
                row(nil, 0.9, over: span),
                row(walWrite, 38, each: .microseconds(1900), waits: 190, over: span),
                row(walSync, 0.98, each: .milliseconds(2), waits: 50, over: span),
                row(clientRead, 0.12, each: .microseconds(20), waits: 100, over: span),
                row(walWriterMain, 1, over: span, of: .walWriter),
            ],
            attribution: [
                AttributionRow(
                    event: walWrite, holderActivity: .event(walSync), total: TotalTime(span / 10 * 350)),
                AttributionRow(event: walWrite, holderActivity: .cpu, total: TotalTime(span / 10 * 30)),
            ],
            walRecords: [
                WALRecordRow(
                    type: "Heap/INSERT", count: transactions, recordBytes: transactions * 100, fpiBytes: 800),
                WALRecordRow(
                    type: "Transaction/COMMIT", count: transactions, recordBytes: transactions * 34, fpiBytes: 0),
            ],
            activity: [
                ActivityRow(backendType: .clientBackend, state: .running, total: TotalTime(span / 2)),
                ActivityRow(backendType: .clientBackend, state: .ready, total: TotalTime(span / 10 * 4)),
                ActivityRow(backendType: .clientBackend, state: .waiting, total: TotalTime(span / 10 * 391)),
            ],
            pgStatWAL: statistics(transactions))
    }

    private static func statistics(_ transactions: UInt64) -> PgStatWAL {
        var wal = PgStatWAL()
        wal.walRecords = transactions * 2
        wal.walBytes = transactions * 134
        wal.walWrite = transactions / 20
        wal.walSync = transactions / 20
        wal.walSyncTime = .milliseconds(9_800)
        return wal
    }

    /// One repeat with that seed around `whole`.
    static func run(seed: UInt64, _ whole: SpanResult, phases: [SpanResult] = []) -> RunResult {
        RunResult(
            seed: seed, digest: 0x1234_5678 + seed, wakeups: 1_000_000, release: .v16,
            processes: [.clientBackend: 40, .walWriter: 1], whole: whole, phases: phases,
            timeline: Timeline(
                interval: .seconds(5), series: [("tps", [10_000, 9_999.5]), ("latency_mean", [4_080, nil])]),
            sessionCounts: [SessionCountRow(backendType: .clientBackend, event: nil, sessions: 2, samples: 7)],
            interrupted: false)
    }

    /// Two walsenders: one that has released 4,000 backends in 800 looks, and one of another server that only sends.
    static func withWalSenders(_ span: SpanResult) -> SpanResult {
        var span = span
        var synchronous = ReplicationCounters()
        synchronous.sends = 400
        synchronous.sleeps = 600
        synchronous.replies = 900
        synchronous.releases = 800
        synchronous.queuesWoken = 1_200
        synchronous.released = 4_000
        var other = ReplicationCounters()
        other.sends = 500
        span.walSenders = [
            WalSenderRow(server: "", applicationName: "b", commits: 4_000, counters: synchronous),
            WalSenderRow(server: "one", applicationName: "c", commits: 4_000, counters: other),
        ]
        span.replication = synchronous
        span.replication.add(other)
        return span
    }

    static func result(_ repeats: [RunResult], thresholds: [ThresholdSpec] = []) -> ExperimentResult {
        ExperimentResult(
            name: "burst, \"quoted\"", description: "A test.", scenarioHash: "00ff", seed: repeats[0].seed,
            release: .v16, settings: Settings(), cores: 16, warmup: .seconds(2), repeats: repeats,
            thresholds: thresholds, wallSeconds: 0.5)
    }
}
