import Testing

@testable import Experiments

/// What the report of a calibration says of inputs that tell less than they seem to.
@Suite struct CalibrationGapTests {
    private func report(_ change: (inout CalibrationInputs) throws -> Void) throws -> CalibrationReport {
        var inputs = CalibrationInputs()
        inputs.fsync = [try SampleFiles.file("pg_test_fsync.txt")]
        try change(&inputs)
        var calibration = try Calibration(inputs, transactions: 500)
        return try calibration.report()
    }

    @Test(
        "Counters that tell no sync time are named, with the reason",
        arguments: [
            ("wal_bytes,wal_sync,wal_sync_time\n22919045,13349,0\n", "track_wal_io_timing was off"),
            ("wal_records,wal_bytes,wal_buffers_full\n263034,22919045,0\n", "which release 18 counts in pg_stat_io"),
            ("wal_bytes,wal_sync,wal_sync_time\n22919045,0,0\n", "nothing was synced"),
            ("wal_sync,wal_sync_time\n100,200.5\n", nil),
        ])
    func silentCounters(_ text: String, _ reason: String?) throws {
        let report = try report { $0.statWAL = SampleFiles.file(text: text) }
        let said = report.gaps.map(\.what).filter { $0.hasPrefix("what a sync takes within PostgreSQL: input does") }
        #expect(said.count == (reason == nil ? 0 : 1))
        #expect(reason.map { said.first?.contains($0) == true } ?? true, "\(said)")
    }

    @Test("A table of WAL records without commits is used for nothing, and the report says so")
    func noCommits() throws {
        let header = "Type   N  (%)  Record size  (%)  FPI size  (%)  Combined size  (%)\n"
        let row = "Heap/INSERT  10 (100.00)  1190 (100.00)  0 (0.00)  1190 (100.00)\n"
        for file in [SampleFiles.file(text: header + row), try SampleFiles.file("waldump-stats.txt")] {
            let gaps = try report { $0.waldump = file }.gaps.map(\.what)
            let said = "what \(file.name) says about transactions: there are no commits in it"
            #expect(gaps.contains(said), "\(gaps)")
        }
        let whole = try report { $0.waldump = try SampleFiles.file("waldump-record.txt") }
        #expect(!whole.gaps.contains { $0.what.contains("says about transactions") })
    }

    @Test("A setting of another release is refused with the option that names the release")
    func otherRelease() throws {
        let files = FileAccess(
            read: { $0 == "a.conf" ? Array("vacuum_defer_cleanup_age = 7\n".utf8) : nil }, list: { _ in nil })
        var inputs = CalibrationInputs()
        inputs.configurations = ["a.conf"]
        let assumed = #expect(throws: InputError.self) { _ = try Calibration(inputs, files: files) }
        #expect(
            assumed?.description.contains("assumed: PostgreSQL 16; --server-version names another") == true,
            "\(String(describing: assumed))")
        inputs.release = .v17
        let told = #expect(throws: InputError.self) { _ = try Calibration(inputs, files: files) }
        #expect(told?.description.contains("the server is PostgreSQL 17") == true)
        inputs.release = .v15
        _ = try Calibration(inputs, files: files)
    }

    private func standbys(_ configuration: String) throws -> (names: [String], transactions: UInt64, gaps: [String]) {
        let files = FileAccess(read: { $0 == "a.conf" ? Array(configuration.utf8) : nil }, list: { _ in nil })
        var inputs = CalibrationInputs()
        inputs.fsync = [try SampleFiles.file("pg_test_fsync.txt")]
        inputs.configurations = ["a.conf"]
        var calibration = try Calibration(inputs, files: files, transactions: 500)
        let report = try calibration.report()
        #expect(report.warnings.isEmpty, "\(report.warnings)")
        let scenario = try loadScenario(text: report.scenario, file: "c", sets: ["duration=200ms", "warmup=20ms"])
        #expect(scenario.standbys.allSatisfy { $0.walDevice.sync.mean == scenario.host.walDevice.sync.mean })
        return (
            scenario.standbys.map(\.name), try Experiment.runOnce(scenario, seed: 1).whole.transactions,
            report.gaps.map { "\($0.what); assumed: \($0.assumed)" }
        )
    }

    @Test(
        "Synchronous standbys are in the scenario, as many as must confirm, so that commits come to an end",
        arguments: [
            ("FIRST 1 (a, b)", ["a"]), ("ANY 2 (a, \"b-1\", c)", ["a", "b-1"]), ("*", ["standby1"]),
            ("2 (a, *)", ["a", "standby1"]),
        ])
    func awaitedStandbys(_ setting: String, _ names: [String]) throws {
        let calibrated = try standbys("synchronous_standby_names = '\(setting)'\n")
        #expect(calibrated.names == names && calibrated.transactions > 10)
        let said = "the standbys that synchronous_standby_names waits for; assumed: \(names.joined(separator: ", ")), "
        #expect(calibrated.gaps.contains { $0.hasPrefix(said) }, "\(calibrated.gaps)")
    }

    @Test("Nobody is waited for with synchronous_commit = local") func nobodyAwaited() throws {
        let calibrated = try standbys("synchronous_standby_names = 'a'\nsynchronous_commit = local\n")
        #expect(calibrated.names.isEmpty && !calibrated.gaps.contains { $0.hasPrefix("the standbys") })
    }
}
