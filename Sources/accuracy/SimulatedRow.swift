import Experiments
import HostModel
import Instrumentation

/// What the simulator gives for one measured row.
struct SimulatedRow {
    var tps: Double
    var transactionsPerFlush: Double?
    var latency: MeasuredRow.Latency
    var sessions: MeasuredRow.Sessions

    /// The bundled scenario of each measured workload.
    static let scenarios = [
        "insert1": "pgbench-insert", "insert10": "pgbench-insert10", "insert1big": "pgbench-insert-wide",
        "tpcb": "pgbench-tpcb",
    ]

    /// The scenario of a row: the workload's bundled one with the row's clients, device and settings.
    /// - Parameter sync: the mean latency of a sync in microseconds; nil: what the row asked for.
    static func scenario(
        _ key: MeasuredRow.Key, sync: Double? = nil, milliseconds: Int, seed: UInt64 = 1
    ) throws -> Scenario {
        let mean = "\(Int((sync ?? Double(key.syncMicroseconds)) * 1_000))ns"
        let device =
            switch key.distribution {
            case .constant: "{\"constant\":\"\(mean)\"}"
            case .lognormal(let sigma): "{\"lognormal\":{\"mean\":\"\(mean)\",\"sigma\":\(sigma)}}"
            }
        var sets = [
            "clients.count=\(key.clients)", "host.storage.wal.sync=\(device)",
            "duration=\(milliseconds)ms", "warmup=\(min(milliseconds / 4, 1_000))ms", "repeats=1", "seed=\(seed)",
        ]
        if let rate = key.rate { sets.append("clients.load={\"open\":{\"rate\":\(rate)}}") }
        for (name, value) in key.settings.sorted(by: { $0.key < $1.key }) {
            sets.append("server.settings.\(name)=\"\(value)\"")
        }
        guard let standby = key.standbySyncMicroseconds else {
            return try loadScenario(named: scenarios[key.workload]!, sets: sets)
        }
        sets.append("standbys.0.storage.wal.sync={\"constant\":\"\(standby)us\"}")
        return try loadScenario(named: "pgbench-insert-standby", sets: sets)
    }

    init(_ result: RunResult) {
        let span = result.whole
        func metric(_ name: String) -> Double { Metric.named(name)!.value(span) ?? 0 }
        func sessions(_ names: String...) -> Double {
            let rows = span.waitEvents.filter {
                $0.backendType == .clientBackend && names.contains($0.event?.description ?? "")
            }
            return rows.reduce(0) { $0 + $1.total.seconds } / span.span.seconds
        }
        tps = metric("tps")
        transactionsPerFlush = Metric.named("txns_per_flush")!.value(span)
        latency = MeasuredRow.Latency(
            mean: metric("latency_mean"), p50: metric("latency_p50"), p95: metric("latency_p95"),
            p99: metric("latency_p99"))
        self.sessions = MeasuredRow.Sessions(
            walWrite: sessions("LWLock:WALWrite"), walSync: sessions("IO:WALSync"),
            rows: sessions("Lock:transactionid", "Lock:tuple"))
    }

    /// Simulates several rows, on as many cores as there are.
    /// - Parameter host: replaces the scenario's host but for its device.
    static func simulate(
        _ table: MeasuredTable, seed: UInt64 = 1, host: HostSpec? = nil, milliseconds: (MeasuredRow) -> Int
    ) throws -> [SimulatedRow] {
        let rows = table.rows
        var scenarios = try rows.map { row in
            // What the random latencies really were on average, less what the machine added to them.
            let sync =
                row.key.distribution == .constant
                ? nil : table.syncOverhead(like: row).map { row.deliveredSync - $0 }
            return try scenario(row.key, sync: sync, milliseconds: milliseconds(row), seed: seed)
        }
        if let host {
            for index in scenarios.indices {
                let device = scenarios[index].host.walDevice
                scenarios[index].host = host
                scenarios[index].host.walDevice = device
            }
        }
        return try runAll(scenarios).map(SimulatedRow.init)
    }
}
