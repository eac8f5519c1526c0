/// The measured rows of inserts, TPC-B-like transactions and synchronous standbys, as a table of the certificate.
enum MeasuredRowsTable {
    static let title = "Measured rows, PostgreSQL 15 on two cores"
    private static let folder = "Tests/ExperimentsTests/Measured"

    static func make() throws -> TargetTable {
        let table = try MeasuredTable(folder: folder, workloads: Set(SimulatedRow.scenarios.keys))
        let simulated = try SimulatedRow.simulate(table) { _ in 20_000 }
        let rows = zip(table.rows, simulated).map { RowComparison(measured: $0, simulated: $1) }
        return TargetTable(
            title: title,
            source: "pgbench against PostgreSQL 15.18 under known sync latencies (`runs.csv`, "
                + "`sync_runs.csv`), simulated by the `pgbench-` scenarios for 20 s of virtual time a row.",
            targets: rows.flatMap(targets),
            summaries: AccuracyBands(rows).bands)
    }

    private static func targets(_ row: RowComparison) -> [Target] {
        let measured = row.measured, simulated = row.simulated
        func target(_ quantity: String, _ target: Double, _ result: Double) -> Target {
            Target(row: measured.name, quantity: quantity, target: target, result: result, band: .shown)
        }
        var targets = [
            target("tps", measured.meanTPS, simulated.tps),
            target("mean latency, us", measured.latency.mean, simulated.latency.mean),
            target("p50 latency, us", measured.latency.p50, simulated.latency.p50),
            target("p95 latency, us", measured.latency.p95, simulated.latency.p95),
            target("p99 latency, us", measured.latency.p99, simulated.latency.p99),
        ]
        if let flushes = measured.transactionsPerFlush, let result = simulated.transactionsPerFlush {
            targets.append(target("transactions per flush", flushes, result))
        }
        if measured.key.syncMicroseconds >= 1_000 && measured.rowClass == .sync {
            targets += [
                target("sessions in LWLock:WALWrite", measured.sessions.walWrite, simulated.sessions.walWrite),
                target("sessions in IO:WALSync", measured.sessions.walSync, simulated.sessions.walSync),
            ]
        }
        return targets
    }
}
