import Testing

@testable import Experiments

/// What becomes of a live server's figures; that they can be read at all only a live server shows.
@Suite struct ServerObservationTests {
    private static func server(active: Int, of clients: Int) -> ServerObservation {
        let tick = WaitSamples.Tick(sessions: ["IO:WALSync": 1, "LWLock:WALWrite": active - 1])
        var server = ServerObservation(
            version: 150_018, settings: [("commit_delay", "250"), ("work_mem", "4MB")],
            waits: WaitSamples(ticks: Array(repeating: tick, count: 10), clients: clients, interval: 0.1),
            seconds: 10, commits: 5_000, localCores: 4)
        (server.walRecords, server.walBytes, server.walImages) = (15_000, 920_000, 0)
        (server.walSyncs, server.walSyncTime) = (2_500, 2_500 * 2e6)
        return server
    }

    private static func scenario(_ server: ServerObservation) throws -> Scenario {
        var inputs = CalibrationInputs()
        inputs.server = server
        inputs.clientsOnServer = false
        var calibration = try Calibration(inputs, transactions: 100)
        return try loadScenario(text: calibration.report().scenario, file: "live")
    }

    @Test("Sessions that are often idle become arrivals at the measured rate") func open() throws {
        let scenario = try Self.scenario(Self.server(active: 2, of: 20))
        guard case .open(let rate) = scenario.clients[0].load else {
            Issue.record("\(scenario.clients[0].load)")
            return
        }
        #expect(rate == 500 && scenario.clients[0].count == 20 && scenario.host.cores == 4)
        #expect(scenario.settings.commitDelay == 250 && scenario.release == .v15)
        // What waking up takes is no part of the device.
        #expect((1.9e6..<2e6).contains(scenario.host.walDevice.sync.mean))
        let records = scenario.transactions[0].statements[0].records
        #expect(records.map(\.length) == [75, 75])
    }

    @Test("Sessions that are never idle become a closed loop, whose throughput is fitted") func closed() throws {
        let scenario = try Self.scenario(Self.server(active: 2, of: 2))
        guard case .closed = scenario.clients[0].load else {
            Issue.record("\(scenario.clients[0].load)")
            return
        }
        // 2 clients at 500 a second: a sync and its turn-around take 2 ms.
        #expect((1.5e6...2.05e6).contains(scenario.host.walDevice.sync.mean))
    }

    @Test("A server at which nobody was at work says nothing of the load, and the report says so") func idle() throws {
        var server = Self.server(active: 1, of: 1)
        server.waits = WaitSamples(ticks: [.init(), .init()], clients: 0, interval: 0.1)
        var inputs = CalibrationInputs()
        inputs.server = server
        var calibration = try Calibration(inputs, transactions: 100)
        let report = try calibration.report()
        let scenario = try loadScenario(text: report.scenario, file: "idle")
        guard case .closed = scenario.clients[0].load else {
            Issue.record("\(scenario.clients[0].load)")
            return
        }
        #expect(report.gaps.contains { $0.what.contains("no session was active") })
        #expect(report.values.contains { $0.path == "clients.load" && $0.source.contains("idle") })
    }

    @Test("What was fixed when the server's cluster was made is taken as the server shows it")
    func fixedSettings() throws {
        var server = Self.server(active: 2, of: 20)
        server.settings += [("data_checksums", "on"), ("wal_segment_size", "64MB"), ("max_wal_size", "4GB")]
        let settings = try Self.scenario(server).settings
        #expect(settings.walSegmentSize == 64 << 20 && settings.dataChecksums && settings.maxWALSize == 4_096)
    }

    @Test(
        "A server's version number gives its release, if that can be simulated",
        arguments: [(90_624, "9.6"), (150_018, "15"), (170_002, "17"), (110_000, nil)])
    func releases(version: Int, name: String?) {
        var server = Self.server(active: 1, of: 1)
        server.version = version
        #expect(server.release?.rawValue == name)
    }
}
