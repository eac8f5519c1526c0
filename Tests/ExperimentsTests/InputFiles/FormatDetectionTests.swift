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

    @Test(
        "A byte order mark before UTF-8 changes nothing",
        arguments: [
            "pg_test_fsync.txt", "fio.json", "iostat.json", "pgbench-8.txt", "pgbench_log.8", "pgbench_aggregate.8",
            "pg_stat_activity.csv", "pg_stat_wal.csv", "waldump-record.txt",
        ])
    func byteOrderMark(name: String) throws {
        let plain = try SampleFiles.file(name)
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + plain.bytes
        let files = FileAccess(read: { _ in marked }, list: { _ in nil })
        let file = try InputFile.read(name, files: files)
        #expect(file.bytes == plain.bytes && InputFormat.detect(file) == InputFormat.detect(plain))
    }

    @Test("A byte order mark is no part of a postgresql.conf or of what it includes") func markedConfiguration() throws
    {
        let texts = ["a.conf": "\u{FEFF}include 'b.conf'\n", "b.conf": "\u{FEFF}commit_delay = 7\n"]
        let files = FileAccess(read: { texts[$0].map { Array($0.utf8) } }, list: { _ in nil })
        #expect(try ConfigurationFile.read("a.conf", files: files)?.map(\.name) == ["commit_delay"])
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
    @Test("What is no plain text is refused by what it is, with the command that makes it one")
    func foreignEncodings() {
        func refusal(_ bytes: [UInt8]) -> String? {
            let files = FileAccess(read: { _ in bytes }, list: { _ in nil })
            do throws(InputError) {
                _ = try InputFile.read("a.csv", files: files)
                return nil
            } catch {
                #expect(error.kind == .content)
                return error.description
            }
        }
        #expect(
            refusal([0x1F, 0x8B, 8, 0])
                == "a.csv: line 1: this file is compressed with gzip (expected the file itself: gunzip a.csv)")
        #expect(refusal([0x28, 0xB5, 0x2F, 0xFD, 0])?.contains("zstd") == true)
        for utf16 in [[0xFF, 0xFE, 0x70, 0], [0xFE, 0xFF, 0, 0x70]] as [[UInt8]] {
            #expect(
                refusal(utf16)
                    == "a.csv: line 1: this file is in UTF-16 (expected UTF-8: iconv -f UTF-16 -t UTF-8 a.csv)")
        }
        #expect(refusal([0x70, 0, 0x71])?.contains("zero bytes") == true)
        #expect(refusal([0xEF, 0xBB, 0xBF] + Array("pid".utf8)) == nil)
    }

    @Test("A folder is named as one") func folder() {
        let files = FileAccess(read: { _ in nil }, list: { _ in [] })
        let error = #expect(throws: InputError.self) { try InputFile.read("logs", files: files) }
        #expect(error?.description == "logs: this is a folder (allowed: a regular file of at most 256 MB)")
        #expect(error?.kind == .missing)
    }

    @Test(
        "What a program prints when it is called in another way is known, and so is an empty file",
        arguments: [
            ("", InputFormat.fio, "input: line 1: this file is empty (expected fio's JSON report)"),
            (" \n\n", .waitSamples, "input: line 1: this file is empty (expected samples of waits)"),
            (
                "Linux 6.1.0 (db1) \t11/21/2026 \t_x86_64_\t(2 CPU)\n", .iostat,
                "this is iostat's report for people; call it as iostat -x -o JSON 1 60"
            ),
            (
                "rmgr: Heap        len (rec/tot):     54/    54, tx:        733, lsn: 0/01529D48\n", .waldump,
                "this is pg_waldump's list of records; call it as pg_waldump --stats=record"
            ),
        ])
    func otherOutput(_ text: String, _ format: InputFormat, _ expected: String) {
        let problem = SampleFiles.problem {
            _ = try InputFormat.detect(SampleFiles.file(text: text), among: [format])
        }
        #expect(problem?.contains(expected) == true, "\(problem ?? "")")
    }

    @Test("A pgbench log that lacks columns is one, and what it lacks is said") func shortLog() {
        let file = SampleFiles.file(text: "0 472 4041 0\n0 473 4046 0\n")
        #expect(InputFormat.detect(file) == .pgbenchTransactions)
        #expect(
            SampleFiles.problem { _ = try PgbenchTransactions(file) }
                == "input: line 1: not a line of a pgbench transaction log (seen \"0 472 4041 0\"; "
                + "expected client, transaction, latency in us, script, seconds, microseconds)")
    }

    @Test("An interrupted pg_test_fsync is one without rates") func interruptedTest() {
        let file = SampleFiles.file(text: "5 seconds per test\nO_DIRECT supported on this platform\n")
        #expect(InputFormat.detect(file) == .fsyncTest)
        let problem = SampleFiles.problem { _ = try FsyncTest(file) }
        #expect(problem?.contains("no sync method has a rate") == true)
    }
}
