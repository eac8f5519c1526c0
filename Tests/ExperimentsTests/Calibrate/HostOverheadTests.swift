import Testing

@testable import Experiments

@Suite("What a process measured of a device, and what the host adds to it")
struct HostOverheadTests {
    private func calibrate(_ change: (inout CalibrationInputs) throws -> Void) throws -> CalibrationReport {
        var inputs = CalibrationInputs()
        try change(&inputs)
        var calibration = try Calibration(inputs, transactions: 500)
        return try calibration.report()
    }

    /// Microseconds of a write and of its sync by the only client of a scenario.
    private func alone(_ text: String) throws -> (write: Double, sync: Double) {
        let sets = ["clients.count=1", "duration=500ms", "warmup=50ms"]
        let wal = try Experiment.runOnce(loadScenario(text: text, file: "c", sets: sets), seed: 2).whole.pgStatWAL
        let syncs = Double(wal.walSync)
        return (wal.walWriteTime.microseconds / syncs, wal.walSyncTime.microseconds / syncs)
    }

    @Test("A write and its sync take in the simulation what pg_test_fsync says", arguments: [20.0, 100, 400, 2_000])
    func benchmark(microseconds: Double) throws {
        let report = try calibrate {
            $0.fsync = [SampleFiles.file(text: "  fdatasync  \(1e6 / microseconds) ops/sec\n")]
        }
        let (write, sync) = try alone(report.scenario)
        #expect(abs((write + sync) / microseconds - 1) < 0.02, "\(write) + \(sync)")
        #expect(report.values[0].source.contains("that the host takes for a write, its sync and waking up"))
    }

    @Test("Where cores begin to sleep deeper, the nearest latency that the simulation can have is found")
    func leap() throws {
        let report = try calibrate { $0.fsync = [SampleFiles.file(text: "  fdatasync  33333.3 ops/sec\n")] }
        let (write, sync) = try alone(report.scenario)
        #expect(abs((write + sync) / 30 - 1) < 0.17, "\(write) + \(sync)")
    }

    @Test("A sync takes in the simulation what pg_stat_wal says", arguments: [20.0, 100, 400])
    func statWAL(microseconds: Double) throws {
        let report = try calibrate {
            $0.statWAL = SampleFiles.file(text: "wal_bytes,wal_sync,wal_sync_time\n9000,1000,\(microseconds)\n")
        }
        #expect(abs(try alone(report.scenario).sync / microseconds - 1) < 0.02)
        #expect(report.values[0].source.contains("that the host takes for a sync and waking up"))
    }

    @Test("A device that takes less than the host's part takes next to nothing, not less")
    func tooFast() throws {
        let report = try calibrate { $0.fsync = [SampleFiles.file(text: "  fdatasync  500000 ops/sec  2 usecs/op\n")] }
        #expect((0...2).contains(try loadScenario(text: report.scenario, file: "c").host.walDevice.sync.mean))
    }

    @Test("What a device says of its own flushes stays as it is")
    func device() throws {
        let report = try calibrate { $0.fsync = [try SampleFiles.file("iostat.json")] }
        #expect(!report.values[0].source.contains("less"))
    }

    @Test("The factor of syncs is identified by a run that waits for them, not by one that waits for the cores")
    func syncFactor() throws {
        func factor(clients: Int, tps: Double, rate: Double) throws -> CalibrationReport.Factor {
            let summary = """
                number of clients: \(clients)
                number of threads: \(min(clients, 2))
                tps = \(tps) (without initial connection time)
                """
            let report = try calibrate {
                $0.fsync = [SampleFiles.file(text: "  fdatasync  \(rate) ops/sec\n")]
                $0.pgbench = [SampleFiles.file(text: summary)]
                $0.cores = 2
            }
            return try #require(report.factors.first { $0.name.hasPrefix("sync") })
        }
        let waiting = try factor(clients: 1, tps: 470, rate: 500)
        #expect(waiting.isIdentified && waiting.standardError < 0.06)
        let busy = try factor(clients: 32, tps: 8_000, rate: 8_000)
        #expect(!busy.isIdentified && busy.standardError > 0.06 && abs(busy.value - 1) < 0.1)
    }
}
