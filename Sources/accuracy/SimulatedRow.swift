import Experiments
import Foundation
import HostModel
import Instrumentation
import Synchronization

/// What the simulator gives for one measured row.
struct SimulatedRow {
    var tps: Double
    var transactionsPerFlush: Double?
    var meanLatency: Double
    var p95Latency: Double
    var walWriteSessions: Double

    /// The bundled scenario of each measured workload.
    static let scenarios = [
        "insert1": "pgbench-insert", "insert10": "pgbench-insert10", "insert1big": "pgbench-insert-wide",
    ]

    /// The scenario of a row: the workload's bundled one with the row's clients, device and settings.
    static func scenario(_ key: MeasuredRow.Key, milliseconds: Int, seed: UInt64 = 1) throws -> Scenario {
        var sets = [
            "clients.count=\(key.clients)", "host.storage.wal.sync={\"constant\":\"\(key.syncMicroseconds)us\"}",
            "duration=\(milliseconds)ms", "warmup=\(min(milliseconds / 4, 1_000))ms", "repeats=1", "seed=\(seed)",
        ]
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
        func metric(_ name: String) -> Double? { Metric.named(name)!.value(span) }
        tps = metric("tps") ?? 0
        transactionsPerFlush = metric("txns_per_flush")
        meanLatency = metric("latency_mean") ?? 0
        p95Latency = metric("latency_p95") ?? 0
        let row = span.waitEvents.first {
            $0.backendType == .clientBackend && $0.event?.description == "LWLock:WALWrite"
        }
        walWriteSessions = (row?.total.seconds ?? 0) / span.span.seconds
    }

    /// Simulates several rows, on as many cores as there are.
    /// - Parameter host: replaces the scenario's host but for its device.
    static func simulate(
        _ rows: [MeasuredRow], seed: UInt64 = 1, host: HostSpec? = nil, milliseconds: (MeasuredRow) -> Int
    ) throws -> [SimulatedRow] {
        var scenarios = try rows.map { try scenario($0.key, milliseconds: milliseconds($0), seed: seed) }
        if let host {
            for index in scenarios.indices {
                let device = scenarios[index].host.walDevice
                scenarios[index].host = host
                scenarios[index].host.walDevice = device
            }
        }
        let ready = scenarios
        let results = Mutex([SimulatedRow?](repeating: nil, count: rows.count))
        DispatchQueue.concurrentPerform(iterations: rows.count) { index in
            let result = try? Experiment.runOnce(ready[index], seed: ready[index].seed)
            results.withLock { $0[index] = result.map(SimulatedRow.init) }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}
