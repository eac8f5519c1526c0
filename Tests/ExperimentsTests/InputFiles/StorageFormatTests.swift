import Testing

@testable import Experiments

/// Formats that tell what a sync takes.
@Suite struct StorageFormatTests {
    @Test("pg_test_fsync: rates of one and two writes become times") func fsyncTest() throws {
        let test = try FsyncTest(try SampleFiles.file("pg_test_fsync.txt"))
        let fdatasync = try #require(test.oneWrite["fdatasync"])
        #expect(abs(fdatasync - 1e9 / 507.975) < 1)
        let two = try #require(test.twoWrites["open_datasync"])
        #expect(abs(two - 1e9 / 256.471) < 1)
        #expect(test.oneWrite.count == 4 && test.oneWrite["fsync_writethrough"] == nil)
        #expect(try #require(test.plainWrite) < 10_000)
    }

    @Test("pg_test_fsync before 9.3 prints no microseconds and marks what the file system lacks") func oldForm() throws
    {
        // Typed after the source of 9.2: no binary of it runs on the machine of the other samples.
        let test = try FsyncTest(try SampleFiles.file("pg_test_fsync-9.2.txt"))
        #expect(test.oneWrite.keys.sorted() == ["fdatasync", "fsync"])
        #expect(abs(try #require(test.oneWrite["fdatasync"]) - 1e9 / 507.975) < 1)
    }

    @Test("pg_test_fsync in another language is read by its method names") func translated() throws {
        let test = try FsyncTest(
            SampleFiles.file(text: "Vergleich\n        fdatasync      250.000 Op./s     4000 µs/Op.\n"))
        #expect(test.oneWrite == ["fdatasync": 4e6])
    }

    @Test(
        "pg_test_fsync is read in every language that it speaks, with the locale's numbers",
        arguments: [
            ("cs", 204.561, 105.583), ("de", 12_387.997, 6_022.590), ("el", 189.506, 144.858),
            ("es", 5_082.690, 6_029.108), ("fr", 11_642.034, 6_204.113), ("he", 225.964, 137.457),
            ("it", 12_276.423, 6_123.855), ("ja", 11_108.645, 5_910.687), ("ka", 205.209, 106.730),
            ("ko", 9_090.309, 6_293.440), ("pl", 12_912.006, 6_573.395), ("pt", 329.863, 207.364),
            ("ru", 12_015.363, 5_762.430), ("sv", 12_604.992, 5_854.707), ("tr", 297.827, 169.838),
            ("uk", 189.250, 106.585), ("vi", 7_005.657, 5_657.999), ("zh", 10_467.493, 6_383.170),
        ])
    func languages(_ language: String, _ fdatasync: Double, _ twoOpenDatasync: Double) throws {
        let file = try SampleFiles.file("pg_test_fsync/\(language).txt")
        #expect(InputFormat.detect(file) == .fsyncTest)
        let test = try FsyncTest(file)
        // There is no fsync_writethrough on Linux, and no two languages say so in the same way.
        let methods = ["fdatasync", "fsync", "open_datasync", "open_sync"]
        #expect(test.oneWrite.keys.sorted() == methods && test.twoWrites.keys.sorted() == methods)
        #expect(abs(try #require(test.oneWrite["fdatasync"]) / (1e9 / fdatasync) - 1) < 1e-9)
        #expect(abs(try #require(test.twoWrites["open_datasync"]) / (1e9 / twoOpenDatasync) - 1) < 1e-9)
        #expect(try #require(test.plainWrite) < 10_000)
    }

    @Test("A rate that is none is an error with file, line and what was expected") func badRate() throws {
        let file = SampleFiles.file(text: "x\n        fdatasync      fast ops/sec\n")
        let problem = SampleFiles.problem { _ = try FsyncTest(file) }
        #expect(
            problem
                == "input: line 2: not a rate (seen \"fast\"; "
                + "expected a rate such as \"423.366 ops/sec    2362 usecs/op\", or n/a)"
        )
    }

    @Test("fio JSON: the job's sync percentiles") func fio() throws {
        let report = try FioReport(try SampleFiles.file("fio.json"))
        let sync = try #require(report.sync)
        #expect(report.version == "fio-3.33" && report.job == "wal" && sync.count == 1023)
        #expect(abs(sync.mean - 1_980_902.018573) < 1e-3)
        #expect(sync.quantiles.count == 17)
        #expect(sync.quantiles.first { $0.p == 0.5 }.map { (1_800_000...2_000_000).contains($0.value) } == true)
    }

    @Test("fio JSON+: the bins give the whole distribution, with the mean of the same job's record") func fioPlus()
        throws
    {
        let sync = try #require(try FioReport(try SampleFiles.file("fio-plus.json")).sync)
        #expect(sync.count == 1023)
        let points = sync.quantiles
        #expect(points.count > 20 && points.first?.p == 0 && points.last?.p == 1)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.p < $1.p && $0.value <= $1.value })
        #expect((1_900_000...2_100_000).contains(sync.mean))
    }

    @Test("A fio report without syncs says which option was missing") func fioWithoutSyncs() throws {
        let file = SampleFiles.file(
            text: "fio: a warning\n{\"fio version\": \"fio-3.33\", \"jobs\": [{\"jobname\": \"w\"}]}")
        let problem = try #require(SampleFiles.problem { _ = try FioReport(file) })
        #expect(problem.hasPrefix("input: line 2: no job") && problem.contains("--fdatasync=1"))
    }

    @Test(
        "fio: synchronous writes are those of a job or of all jobs, unless a job says otherwise",
        arguments: [("{}", "dsync", true), ("{\"sync\": \"none\"}", "dsync", false), ("{\"sync\": \"1\"}", "0", true)])
    func globalOptions(_ own: String, _ global: String, _ isRead: Bool) {
        let file = SampleFiles.file(
            text: """
                {"fio version": "fio-3.33", "global options": {"sync": "\(global)"},
                 "jobs": [{"jobname": "w", "job options": \(own),
                   "write": {"clat_ns": {"N": 100, "mean": 2000000, "stddev": 1000, "min": 1, "max": 3000000}}}]}
                """)
        let report = try? FioReport(file)
        #expect((report?.write?.mean == 2e6) == isRead && (report == nil) == !isRead)
    }

    @Test("iostat: flushes of the busiest device after the report since boot, and the number of CPUs") func iostat()
        throws
    {
        let report = try IostatReport(try SampleFiles.file("iostat.json"))
        #expect(report.cpus == 2 && report.device == "vda")
        let flush = try #require(report.flush)
        let mean = (126 * 110_000.0 + 85 * 130_000.0) / 211
        #expect(abs(flush.mean - mean) < 1)
    }

    @Test("pg_stat_wal: what moved between two rows, and the mean time of a sync") func statWAL() throws {
        let wal = try PgStatWALFile(try SampleFiles.file("pg_stat_wal.csv"))
        #expect(wal.records == 141_423 && wal.bytes == 10_719_779 && wal.syncs == 2915)
        let mean = (35_873.401 - 30_089.046) * 1e6 / 2915
        #expect(abs(try #require(wal.meanSync) - mean) < 1)
        #expect(abs(try #require(wal.seconds) - 6.241306) < 1e-6)
    }

    @Test("Counters of pg_stat_wal that were reset between rows are refused") func resetCounters() {
        let file = SampleFiles.file(text: "wal_bytes,wal_sync\n100,5\n90,6\n")
        let problem = SampleFiles.problem { _ = try PgStatWALFile(file) }
        #expect(problem?.hasPrefix("input: line 3: wal_bytes went backwards") == true)
    }

    @Test("pg_waldump --stats=record: types, counts and sizes; --stats has no types") func waldump() throws {
        let table = try WaldumpStatistics(try SampleFiles.file("waldump-record.txt"))
        #expect(table.commits == 46_581 && table.rows.count == 13)
        #expect(
            table.rows.first { $0.type == "Heap/INSERT" }
                == .init(type: "Heap/INSERT", count: 46_049, recordBytes: 5_477_239, imageBytes: 255_224))
        let managers = try WaldumpStatistics(try SampleFiles.file("waldump-stats.txt"))
        #expect(managers.commits == 0)
        #expect(managers.rows.map(\.count).reduce(0, +) == table.rows.map(\.count).reduce(0, +))
    }

    @Test("pg_waldump's complaint where WAL ends is no row of its table") func waldumpAtTheEnd() throws {
        let table = try SampleFiles.file("waldump-record.txt")
        let complaint = "pg_waldump: error: error in WAL record at 0/5055CA0: invalid record length at 0/5055CD8\n"
        let text = String(decoding: table.bytes, as: UTF8.self) + complaint
        #expect(try WaldumpStatistics(SampleFiles.file(text: text)) == WaldumpStatistics(table))
    }
}
