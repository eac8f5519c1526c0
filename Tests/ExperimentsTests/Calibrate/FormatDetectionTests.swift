import Testing

@testable import Experiments

@Suite struct FormatDetectionTests {
    @Test(
        "A file's contents tell its format",
        arguments: [
            ("pg_test_fsync.txt", InputFormat.fsyncTest), ("pg_test_fsync-9.2.txt", .fsyncTest), ("fio.json", .fio),
            ("fio-plus.json", .fio), ("iostat.json", .iostat), ("pgbench-1.txt", .pgbenchSummary),
            ("pgbench-statements.txt", .pgbenchSummary), ("pgbench_log.8", .pgbenchTransactions),
            ("pgbench_aggregate.8", .pgbenchIntervals), ("pg_stat_activity.csv", .waitSamples),
            ("pg_wait_sampling_history.csv", .waitSamples), ("pg_wait_sampling_profile.csv", .waitSamples),
            ("pg_active_session_history.csv", .waitSamples), ("pg_stat_wal.csv", .pgStatWAL),
            ("waldump-record.txt", .waldump), ("waldump-stats.txt", .waldump), ("postgresql.conf", .configuration),
        ]) func detection(name: String, format: InputFormat) throws
    {
        var file = try SampleFiles.file(name)
        file.name = "anything"
        #expect(InputFormat.detect(file) == format)
    }

    @Test("A file of another format, or of none, is refused by what it is") func wrongFormat() throws {
        let file = try SampleFiles.file("fio.json")
        let problem = SampleFiles.problem { _ = try InputFormat.detect(file, among: [.waitSamples]) }
        #expect(problem == "fio.json: line 1: this is fio's JSON report (expected samples of waits)")
        let unknown = SampleFiles.problem {
            _ = try InputFormat.detect(SampleFiles.file(text: "\n%!?\n"), among: [.fio, .fsyncTest])
        }
        #expect(
            unknown
                == "input: line 2: this file is in no known format (seen \"%!?\"; "
                + "expected fio's JSON report, or pg_test_fsync output)"
        )
    }
}
