import Foundation
import Testing

@testable import Experiments

@Suite struct CalibrationTests {
    private static func inputs(_ change: (inout CalibrationInputs) throws -> Void) throws -> CalibrationInputs {
        var inputs = CalibrationInputs()
        try change(&inputs)
        return inputs
    }

    private static func calibrate(_ inputs: CalibrationInputs) throws -> CalibrationReport {
        var calibration = try Calibration(inputs, transactions: 500)
        return try calibration.report()
    }

    /// What pgbench prints of a closed loop.
    private static func summary(clients: Int, tps: Double) -> InputFile {
        SampleFiles.file(
            text: """
                number of clients: \(clients)
                number of threads: 2
                latency average = \(Double(clients) * 1_000 / tps) ms
                tps = \(tps) (without initial connection time)
                """)
    }

    @Test("All samples of one machine make a scenario that validates, runs, and meets throughput and waits")
    func whole() throws {
        let report = try Self.calibrate(
            Self.inputs { inputs in
                inputs.fsync = try ["fio-plus.json", "pg_test_fsync.txt", "iostat.json"].map {
                    try SampleFiles.file($0)
                }
                inputs.pgbench = try ["pgbench-1.txt", "pgbench_log.1", "pgbench-8.txt"].map {
                    try SampleFiles.file($0)
                }
                inputs.waits = [try SampleFiles.file("pg_stat_activity.csv")]
                inputs.configurations = [SampleFiles.folder + "/postgresql.conf"]
                inputs.statWAL = try SampleFiles.file("pg_stat_wal.csv")
                inputs.waldump = try SampleFiles.file("waldump-record.txt")
            })
        let scenario = try loadScenario(text: report.scenario, file: "calibrated.json")
        #expect(scenario.clients[0].count == 32 && scenario.host.cores == 2 && scenario.release == .v15)
        #expect(scenario.settings.sharedBuffers == 65_536)
        #expect(abs(scenario.host.walDevice.sync.mean / 1.97e6 - 1) < 0.1)
        #expect(report.runs.map(\.clients) == [1, 8] && report.runs.allSatisfy { abs($0.error) < 0.08 })
        #expect(try #require(report.waitDistance) < 0.15)
        let time = try #require(report.syncTime)
        #expect(abs(time.simulated / time.measured - 1) < 0.1)
        for name in ["fio-plus.json", "pg_test_fsync.txt", "pg_stat_activity.csv", "waldump-record.txt", "iostat.json"]
        {
            #expect(scenario.description.contains(name), "no word on \(name)")
        }
        #expect(
            scenario.transactions[0].statements[0].records.contains { $0.type == "Heap/INSERT" && $0.length == 119 })
        let run = try Experiment.runOnce(
            loadScenario(text: report.scenario, file: "c", sets: ["duration=100ms", "warmup=10ms"]), seed: 1)
        #expect(run.whole.transactions > 100)
    }

    @Test("A mean alone gives a constant, and the report names the inputs that would tell more") func meanOnly() throws
    {
        let report = try Self.calibrate(
            Self.inputs { $0.fsync = [try SampleFiles.file("pg_test_fsync.txt")] })
        let scenario = try loadScenario(text: report.scenario, file: "c")
        #expect(scenario.host.walDevice.sync.quantile(0.01) == scenario.host.walDevice.sync.quantile(0.99))
        let remedies = report.gaps.map(\.remedy).joined(separator: "\n")
        for option in ["json+", "--pgbench", "--cores", "--waldump", "--waits", "--conf", "--server-version"] {
            #expect(remedies.contains(option), "no word of \(option)")
        }
        #expect(report.runs.isEmpty && report.factors.isEmpty && report.waitDistance == nil)
    }

    @Test("Latencies of a single client give the shape that pg_test_fsync lacks") func singleClientShape() throws {
        let report = try Self.calibrate(
            Self.inputs {
                $0.fsync = [try SampleFiles.file("pg_test_fsync.txt")]
                $0.pgbench = [try SampleFiles.file("pgbench_log.1")]
            })
        let sync = try loadScenario(text: report.scenario, file: "c").host.walDevice.sync
        #expect(sync.quantile(0.95) / sync.quantile(0.05) > 1.1)
        #expect(abs(sync.mean / 1.95e6 - 1) < 0.08)
        #expect(report.values[0].source.contains("a single client in pgbench_log.1"))
    }

    @Test("Sessions that are mostly idle get pauses that leave as many active as were sampled") func idleSessions()
        throws
    {
        var text = "sample_time,pid,state,wait_event_type,wait_event\n"
        for tick in 0..<40 {
            for pid in 0..<20 {
                let state = (pid + tick) % 10 == 0 ? "active,IO,WALSync" : "idle,Client,ClientRead"
                text += "\(tick),\(pid),\(state)\n"
            }
        }
        let report = try Self.calibrate(
            Self.inputs {
                $0.fsync = [try SampleFiles.file("pg_test_fsync.txt")]
                $0.waits = [SampleFiles.file(text: text)]
                $0.clientsOnServer = false
            })
        let scenario = try loadScenario(text: report.scenario, file: "c", sets: ["duration=2s", "warmup=200ms"])
        let span = try Experiment.runOnce(scenario, seed: 3).whole
        let active =
            span.waitEvents.filter { $0.backendType == .clientBackend && $0.event?.event != "ClientRead" }
            .reduce(0) { $0 + $1.total.seconds } / span.span.seconds
        #expect(scenario.clients[0].count == 20 && (1.6...2.4).contains(active), "\(active) active")
    }

    @Test("The row of pg_test_fsync is that of wal_sync_method, and slow synchronous writes have their own latency")
    func syncMethod() throws {
        let test = try FsyncTest(
            SampleFiles.file(
                text: """
                      open_datasync   250.0 ops/sec  4000 usecs/op
                      fdatasync      1000.0 ops/sec  1000 usecs/op
                      fsync           500.0 ops/sec  2000 usecs/op
                    """))
        let model = SyncModelBuilder(tests: [(test, "t")], method: "fsync").model()
        #expect(model.mean == 2e6 && model.source.contains("fsync in t"))
        #expect(SyncModelBuilder(tests: [(test, "t")]).model().writeRatio == 4)
        // What it has no row for is not named as the source.
        let other = SyncModelBuilder(tests: [(test, "t")], method: "fsync_writethrough").model()
        #expect(other.mean == 1e6 && other.source.contains("fdatasync in t"))
    }

    @Test("Of several configuration files the last one to name a setting wins") func configurations() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [("a.conf", "commit_delay = 100\ncommit_siblings = 7\n"), ("b.conf", "commit_delay = 200\n")]
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let paths = files.map { folder.appendingPathComponent($0.0).path }
        let report = try Self.calibrate(Self.inputs { $0.configurations = paths })
        let settings = try loadScenario(text: report.scenario, file: "c").settings
        #expect(settings.commitDelay == 200 && settings.commitSiblings == 7)
        #expect(report.values.contains { $0.path == "server.settings" && $0.source == paths.joined(separator: ", ") })
    }

    @Test("CPU costs that no server has raise the question what else ran there", arguments: [900.0, 25_000])
    func oddSpeed(tps: Double) throws {
        let report = try Self.calibrate(
            Self.inputs {
                $0.fsync = [SampleFiles.file(text: "  fdatasync  4000.0 ops/sec  250 usecs/op\n")]
                $0.pgbench = [Self.summary(clients: 32, tps: tps)]
                $0.cores = 2
            })
        let isAsked = report.gaps.contains { $0.what.hasPrefix("whether the server had its cores to itself") }
        #expect(isAsked == (tps < 1_000), "\(report.values)")
    }

    @Test(
        "Runs that do not go with the sync times are met all the same, and the report says that it promises nothing",
        arguments: [1_944.0, 5_000, 15_000])
    func inconsistentRuns(tps: Double) throws {
        let report = try Self.calibrate(
            Self.inputs {
                $0.fsync = [try SampleFiles.file("fio-plus.json")]
                $0.pgbench = [Self.summary(clients: 8, tps: tps)]
                $0.cores = 2
            })
        let sync = try #require(report.factors.last)
        #expect(abs(report.runs[0].error) < 0.25, "\(report.runs)")
        #expect((0.5...2).contains(sync.value * tps / 1_944), "\(report.factors)")
        let isAsked = report.gaps.contains { $0.what.contains("do not go with these sync times") }
        #expect(isAsked == (tps != 1_944) && sync.standardError.isFinite == !isAsked, "\(report.factors)")
    }

    @Test("A pgbench run with --rate gives clients and arrivals, and what it does not tell is asked for")
    func ratedRun() throws {
        let summary = """
            number of clients: 12
            number of threads: 2
            latency average = 9.500 ms
            rate limit schedule lag: avg 1.200 (max 9.000) ms
            tps = 300.400000 (without initial connection time)

            """
        let report = try Self.calibrate(Self.inputs { $0.pgbench = [SampleFiles.file(text: summary)] })
        let clients = try loadScenario(text: report.scenario, file: "c").clients[0]
        #expect(clients.count == 12 && clients.load.isScheduled)
        let load = try #require(report.values.first { $0.path == "clients.load" })
        #expect(load.text == "300.4 transactions a second" && load.source == "pgbench with --rate in input")
        #expect(report.gaps.contains { $0.remedy.hasSuffix("both without --rate") })
    }

    @Test("A postgresql.conf that PostgreSQL would refuse is refused with file and line") func badConfiguration() throws
    {
        let files = FileAccess(
            read: { $0 == "bad.conf" ? Array("\ncommit_delay = 200000\n".utf8) : nil }, list: { _ in nil })
        let inputs = try Self.inputs { $0.configurations = ["bad.conf"] }
        let error = #expect(throws: InputError.self) { _ = try Calibration(inputs, files: files) }
        #expect(error?.description.hasPrefix("bad.conf: line 2: 200000 is outside the valid range") == true)
    }

    @Test("A file behind the wrong option is refused by what it is") func wrongOption() throws {
        let inputs = try Self.inputs { $0.pgbench = [try SampleFiles.file("fio.json")] }
        let error = #expect(throws: InputError.self) { _ = try Calibration(inputs) }
        #expect(
            error?.description.hasPrefix("fio.json: line 1: this is fio's JSON report (expected a pgbench summary")
                == true)
    }

    @Test("A summary joins the log of its run; threads' logs become one run") func joinedRuns() throws {
        let names = [
            "pgbench_log.8.1", "pgbench-8.txt", "pgbench_log.8", "pgbench-1.txt", "pgbench_aggregate.8",
            "pgbench_aggregate.8.1",
        ]
        let runs = try MeasuredRun.all(names.map { try SampleFiles.file($0) })
        #expect(runs.map(\.clients) == [1, 8, 8])
        let joined = try #require(runs.first { $0.sources.contains("pgbench-8.txt") })
        #expect(joined.sources == ["pgbench-8.txt", "pgbench_log.8.1", "pgbench_log.8"])
        #expect(joined.tps == 1943.924616 && joined.distribution?.count == 151 && joined.threads == 2)
    }

    @Test(
        "Names of the best families are found again from moments and extremes",
        arguments: DistributionFit.Family.allCases)
    func families(family: DistributionFit.Family) throws {
        let truth = try #require(family.distribution(mean: 2e6, shape: 0.5))
        let deviation = DistributionFit.deviation(of: truth)
        let record = LatencyRecord(
            count: 999, mean: truth.mean, deviation: deviation, min: truth.quantile(0.001), max: truth.quantile(0.999))
        let fit = try #require(DistributionFit.best(for: record))
        #expect(fit.family == family && fit.misfit < 0.02)
        #expect(abs(fit.mean / 2e6 - 1) < 0.02)
    }

    @Test(
        "Durations are written with four digits and a unit",
        arguments: [
            (1_969_000.4, "1.969ms"), (457.0, "457ns"), (12_345.0, "12.35us"), (2e9, "2s"), (999_999.9, "1000us"),
        ]) func durations(nanoseconds: Double, text: String)
    { #expect(DurationPrinter.text(nanoseconds) == text) }
}
