import Testing

@testable import Experiments

/// Formats that tell what clients did and what sessions waited for.
@Suite struct WorkloadFormatTests {
    @Test("pgbench's summary: clients, threads, throughput and latency") func summary() throws {
        let run = try PgbenchSummary(try SampleFiles.file("pgbench-statements.txt"))
        #expect(run.clients == 8 && run.threads == 2 && run.transactions == 9764 && run.tps == 1953.518504)
        #expect(run.latency == 4.082e6 && run.deviation == 0.584e6 && !run.hasRate && run.queryMode == "prepared")
        #expect(run.script == "../insert.sql")
    }

    @Test("Up to release 13 there are two lines of throughput; the one without connecting counts") func oldSummary()
        throws
    {
        let run = try PgbenchSummary(
            SampleFiles.file(
                text: """
                    number of clients: 4
                    tps = 101.5 (including connections establishing)
                    tps = 102.5 (excluding connections establishing)
                    """))
        #expect(run.tps == 102.5 && run.threads == 1 && run.latency == nil)
    }

    @Test("A summary without its throughput says what is missing") func cutSummary() {
        let file = SampleFiles.file(text: "number of clients: 4\nlatency average = 2 ms\n")
        let problem = SampleFiles.problem { _ = try PgbenchSummary(file) }
        #expect(problem?.hasPrefix("input: line 2: the throughput is missing (expected a line \"tps = ") == true)
    }

    @Test("pgbench --log: latencies and throughput, threads' files merged") func transactions() throws {
        var run = try PgbenchTransactions(try SampleFiles.file("pgbench_log.8"))
        let other = try PgbenchTransactions(try SampleFiles.file("pgbench_log.8.1"))
        #expect(run.clients == [0, 1, 2, 3] && other.clients == [4, 5, 6, 7] && run.isSameRun(as: other))
        run.merge(other)
        #expect(run.clients.count == 8 && run.latencies.count == 151)
        #expect((1_850...2_000).contains(run.tps))
        let single = try PgbenchTransactions(try SampleFiles.file("pgbench_log.1"))
        #expect(single.clients == [0] && !single.isSameRun(as: run))
    }

    @Test(
        "A seventh word is a schedule lag, or with --max-tries the retries",
        arguments: [([182, 0, 97], true), ([0, 0, 1], false)])
    func schedule(_ words: [Int], _ hasRate: Bool) throws {
        let lines = words.enumerated().map { "0 \($0) 4964 0 1795253130 \(66798 + $0) \($1)\n" }
        #expect(try PgbenchTransactions(SampleFiles.file(text: lines.joined())).hasRate == hasRate)
    }

    @Test("A bad line of a pgbench log is named") func badTransaction() {
        let file = SampleFiles.file(text: "0 1 4964 0 1795253130 66798\n0 2 4964 0 1795253130\n")
        let problem = SampleFiles.problem { _ = try PgbenchTransactions(file) }
        #expect(problem?.hasPrefix("input: line 2: not a line of a pgbench transaction log") == true)
    }

    @Test("--aggregate-interval: throughput of whole intervals, and clients by Little's law") func intervals() throws {
        var run = try PgbenchIntervals(try SampleFiles.file("pgbench_aggregate.8"))
        let other = try PgbenchIntervals(try SampleFiles.file("pgbench_aggregate.8.1"))
        #expect(run.isSameRun(as: other))
        run.merge(other)
        #expect(run.total == 9728 && run.clients == 8 && !run.hasRate)
        #expect(run.tps == Double(988 + 972 + 965 + 988 + 972 + 967) / 3)
        #expect(abs(run.latency.mean - 4.08e6) < 0.05e6)
    }

    @Test("pg_stat_activity: sessions by instant; idle ones and background processes apart") func activity() throws {
        let samples = try WaitSamples(try SampleFiles.file("pg_stat_activity.csv"))
        #expect(samples.ticks.count == 12 && samples.clients == 32)
        #expect(samples.totals["LWLock:WALWrite"] == 357)
        #expect(samples.totals["IO:WALSync"] == 12)
        #expect(samples.totals.keys.contains { $0.hasPrefix("Activity") || $0.hasPrefix("Client:ClientRead") } == false)
        #expect(try #require(samples.interval) > 0.09)
        #expect(try #require(samples.averageActive) > 30)
    }

    @Test("pg_wait_sampling: the history has instants, the profile only counts") func waitSampling() throws {
        let history = try WaitSamples(try SampleFiles.file("pg_wait_sampling_history.csv"))
        #expect(history.ticks.count == 5)
        let share = try #require(history.shares["LWLock:WALWrite"])
        #expect(share > 0.85)
        let profile = try WaitSamples(try SampleFiles.file("pg_wait_sampling_profile.csv"))
        #expect(profile.ticks.isEmpty && profile.averageActive == nil)
        #expect(try #require(profile.totals["LWLock:WALWrite"]) > 1_000)
    }

    @Test("pgsentinel: its CPU is the session that shows no event") func pgsentinel() throws {
        // Debian has no pgsentinel: the columns are those of its documentation, the rows sampled sessions.
        let samples = try WaitSamples(try SampleFiles.file("pg_active_session_history.csv"))
        #expect(samples.ticks.count == 3 && samples.totals["LWLock:WALWrite"].map { $0 > 50 } == true)
    }

    @Test(
        "Names of every release and tool fold to one spelling",
        arguments: [
            ("IO", "WalSync", "IO:WALSync"), ("LWLockNamed", "WALWriteLock", "LWLock:WALWrite"),
            ("LWLock", "wal_insert", "LWLock:WALInsert"), ("IPC", "ClogGroupUpdate", "IPC:XactGroupUpdate"),
            ("CPU", "CPU", "(none)"), ("", "", "(none)"), ("Lock", "transactionid", "Lock:transactionid"),
        ]) func names(type: String, event: String, expected: String)
    {
        #expect(WaitEventText.canonical(type: type, event: event) == expected)
    }

    @Test("Times of samples in every form that tools write") func times() {
        let time = TimestampText.microseconds
        #expect(time("2026-11-21 09:26:50.5+00").map { $0 - (time("2026-11-21T09:26:49Z") ?? 0) } == 1_500_000)
        #expect(time("2026-11-21 14:56:50+05:30") == time("2026-11-21 09:26:50"))
        #expect(time("2026-03-01 00:00:00").map { $0 - (time("2026-02-28 23:59:59") ?? 0) } == 1_000_000)
        #expect(time("1795253130.25") == 1_795_253_130_250_000)
        #expect(time("yesterday") == nil && time("2026-13-21 09:26:50") == nil)
    }

    @Test("What psql prints without COPY is read too") func alignedTable() throws {
        let samples = try WaitSamples(
            SampleFiles.file(
                text: """
                              now          | pid | state  | wait_event_type | wait_event
                    -----------------------+-----+--------+-----------------+------------
                     2026-11-21 09:26:50+00 |  11 | active | LWLock          | WALWrite
                     2026-11-21 09:26:50+00 |  12 | active |                 |
                    (2 rows)

                    """))
        #expect(samples.totals == ["LWLock:WALWrite": 1, "(none)": 1] && samples.ticks.count == 1)
    }

    @Test("A process that is ever in a main loop of the background is no client, whatever else it waits for")
    func background() throws {
        let samples = try WaitSamples(
            SampleFiles.file(
                text: """
                    pid,ts,event_type,event
                    1,2026-11-21 00:00:00,LWLock,WALWrite
                    2,2026-11-21 00:00:00,IO,WALSync
                    1,2026-11-21 00:00:01,IO,WALSync
                    2,2026-11-21 00:00:01,Activity,WalWriterMain

                    """))
        #expect(samples.clients == 1 && samples.totals == ["LWLock:WALWrite": 1, "IO:WALSync": 1])
        #expect(samples.ticks.map(\.active) == [1, 1])
    }

    @Test("Samples that were appended query by query have their header again and again")
    func repeatedHeader() throws {
        let header = "sample_time,pid,state,wait_event_type,wait_event"
        let samples = try WaitSamples(
            SampleFiles.file(
                text: """
                    \(header)
                    2026-11-21 09:26:50+00,11,active,LWLock,WALWrite
                    \(header)
                    2026-11-21 09:26:51+00,11,active,IO,WALSync

                    """))
        #expect(samples.ticks.map(\.sessions) == [["LWLock:WALWrite": 1], ["IO:WALSync": 1]])
    }

    @Test("Who connects anew all the time is one client, unless only active sessions are shown")
    func clientsAtOnce() throws {
        func clients(_ state: String) throws -> Int {
            let rows = (0..<5).flatMap { second in
                ["1,active,IO,WALSync", "2,\(state),Client,ClientRead", "\(10 + second),active,,"].map {
                    "2026-11-21 09:26:5\(second)+00,\($0)"
                }
            }
            let text = ["now,pid,state,wait_event_type,wait_event"] + rows.filter { !$0.contains("hidden") }
            return try WaitSamples(SampleFiles.file(text: text.joined(separator: "\n"))).clients
        }
        #expect(try clients("idle") == 3)
        #expect(try clients("hidden") == 6)
    }

    @Test("Samples without a column of times are refused") func noTime() {
        let file = SampleFiles.file(text: "pid,wait_event_type,wait_event\n1,IO,WALSync\n")
        let problem = SampleFiles.problem { _ = try WaitSamples(file) }
        #expect(problem?.hasPrefix("input: line 1: no column says when a sample was taken") == true)
    }
}
