import Testing

@testable import Experiments

/// Files of the right format in which a unit or a time is garbled: each is an error with its line, and none is read as
/// something else.
@Suite struct GarbledInputTests {
    private func fsync(_ line: String) -> String? {
        SampleFiles.problem { _ = try FsyncTest(SampleFiles.file(text: "x\n        fdatasync  \(line)\n")) }
    }

    @Test(
        "pg_test_fsync has no other units",
        arguments: [
            ("500.000 ops/sec    2000 parsecs/op", "unknown unit (seen \"parsecs/op\""),
            ("500.000 ops/min    2000 usecs/op", "unknown unit (seen \"ops/min\""),
            ("500.000 ops/sec    2 msecs/op", "unknown unit (seen \"msecs/op\""),
            (
                "500.000 ops/sec    2 usecs/op",
                "this time does not go with the rate (seen \"2\"; expected 2000 usecs/op)"
            ),
            ("500.000 ops/sec    many usecs/op", "this time does not go with the rate (seen \"many\""),
            ("0x1F4 ops/sec    2000 usecs/op", "not a rate (seen \"0x1F4\""),
        ])
    func units(_ line: String, _ expected: String) throws {
        let problem = try #require(fsync(line))
        #expect(problem.hasPrefix("input: line 2: " + expected), "\(problem)")
    }

    @Test(
        "pg_test_fsync's translations are read",
        arguments: [
            "500.000 Op./s    2000 \u{B5}s/Op.", "500.000 ops/seg  2000 usegs/op", "500.000 ops/sek  2000 useks/op",
            "500.000 \u{43E}\u{43F}/\u{441}     2000 \u{43C}\u{43A}\u{441}/\u{43E}\u{43F}",
            "500.000 operazioni/sec 2000 operazioni/sec", "500.000 ops/sec",
        ])
    func translations(_ line: String) { #expect(fsync(line) == nil) }

    @Test("pgbench's latencies are milliseconds, and its rates have no unit")
    func pgbench() {
        func problem(_ line: String) -> String? {
            let text = "number of clients: 8\ntps = 10.5 (without initial connection time)\n" + line
            return SampleFiles.problem { _ = try PgbenchSummary(SampleFiles.file(text: text)) }
        }
        #expect(
            problem("latency average = 5 parsecs")
                == "input: line 3: \"latency average = \" has another unit (seen \"5 parsecs\"; "
                + "expected a number of ms)")
        #expect(problem("latency stddev = 5 s")?.contains("has another unit") == true)
        #expect(problem("latency average = 5")?.contains("has another unit") == true)
        #expect(problem("tps = 4 a minute")?.contains("has another unit") == true)
        #expect(problem("number of clients: 8 dozen")?.contains("has another unit") == true)
        for line in ["latency average = 4.1 ms", "latency average = 4.1 ms (including failures)", "tps = 7.5"] {
            #expect(problem(line) == nil, "\(line)")
        }
        #expect(problem("number of transactions actually processed: 100/100") == nil)
    }

    @Test("Every word of pgbench's logs is a number")
    func logs() {
        let transaction = SampleFiles.problem {
            _ = try PgbenchTransactions(SampleFiles.file(text: "0 1 5 0 1795253130 1\n0 2 5 x 1795253130 9\n"))
        }
        #expect(transaction?.hasPrefix("input: line 2: not a line of a pgbench transaction log") == true)
        let interval = SampleFiles.problem {
            _ = try PgbenchIntervals(
                SampleFiles.file(text: "1795253130 1 5 25 5 5 0 0\n1795253131 1 5 25 5 5 x 0\n"))
        }
        #expect(interval?.hasPrefix("input: line 2: not a line of pgbench's aggregated log") == true)
    }

    private func statWAL(_ header: String, _ rows: String...) -> String? {
        SampleFiles.problem {
            _ = try PgStatWALFile(SampleFiles.file(text: ([header] + rows).joined(separator: "\n") + "\n"))
        }
    }

    @Test("pg_stat_wal: times are times, in order, and columns are spelled as they are")
    func counters() {
        let header = "sample_time,wal_bytes,wal_sync"
        let good = "2026-11-21 09:26:50.1+00,10,1"
        #expect(statWAL(header, good, "2026-11-21 09:27:50.1+00,20,2") == nil)
        #expect(
            statWAL(header, good, "x026-11-21 09:27:50.1+00,20,2")
                == "input: line 3: not a time (seen \"x026-11-21 09:27:50.1+00\"; "
                + "expected such as 2026-11-21 09:26:50.188841+00)")
        #expect(statWAL(header, good, "2026-11-21 09:25:50.1+00,20,2")?.contains("time went backwards") == true)
        #expect(
            statWAL("x00sample_time,wal_bytes,wal_sync", good)
                == "input: line 1: unknown column (seen \"x00sample_time\"; expected sample_time)")
        #expect(statWAL("sample_time,wal_bytes,wal_synk", good)?.contains("expected wal_sync") == true)
        #expect(statWAL("host,wal_bytes,wal_sync", "a,10,1") == nil)
    }

    @Test(
        "What is no instant is no time",
        arguments: [
            "x026-11-21 09:26:50+00", "2026-02-30 09:26:50+00", "2026-13-01 09:26:50+00", "2026-11-21 09:61:50+00",
            "2026-11-21 09:26:5x+00", "2026-11-21 09:26:50.1x+00", "2026-11-21 09:26:50+0x", "0x10", "", "now",
        ])
    func instants(_ text: String) throws {
        #expect(TimestampText.microseconds(text) == nil)
        let file = SampleFiles.file(
            text: "sample_time,pid,wait_event_type,wait_event,backend_type\n\(text),1,,,client backend\n")
        let problem = try #require(SampleFiles.problem { _ = try WaitSamples(reading: file) })
        #expect(problem.hasPrefix("input: line 2: not a time (seen \"\(text)\""))
    }

    @Test("Leap days are days")
    func leapDays() {
        #expect(TimestampText.microseconds("2028-02-29 00:00:00+00") != nil)
        #expect(TimestampText.microseconds("2100-02-29 00:00:00+00") == nil)
    }
}
