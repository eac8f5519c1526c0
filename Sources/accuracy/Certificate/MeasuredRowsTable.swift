/// The measured rows of inserts with a constant sync latency and a closed loop, as a table of the certificate.
enum MeasuredRowsTable {
    static let title = "Measured inserts, PostgreSQL 15 on two cores"
    private static let folder = "Tests/ExperimentsTests/Measured"

    static func make() throws -> TargetTable {
        let table = try MeasuredTable(folder: folder, workloads: Set(SimulatedRow.scenarios.keys))
        let simulated = try SimulatedRow.simulate(table.rows) { _ in 20_000 }
        let rows = zip(table.rows, simulated).map { Comparison(measured: $0, simulated: $1) }
        return TargetTable(
            title: title,
            source: "pgbench against PostgreSQL 15.18 under known sync latencies (`runs.csv`), simulated by "
                + "`pgbench-insert`, `pgbench-insert10` and `pgbench-insert-wide` for 20 s of virtual time a row.",
            targets: rows.flatMap(targets),
            summaries: AccuracyBands(rows).bands.map {
                TargetSummary(name: $0.name, value: $0.value, limit: $0.limit)
            })
    }

    private static func targets(_ row: Comparison) -> [Target] {
        let measured = row.measured, simulated = row.simulated
        func target(_ quantity: String, _ target: Double, _ result: Double) -> Target {
            Target(row: measured.name, quantity: quantity, target: target, result: result, band: .shown)
        }
        var targets = [
            target("tps", measured.meanTPS, simulated.tps),
            target("mean latency, us", measured.meanLatency, simulated.meanLatency),
            target("p95 latency, us", measured.p95Latency, simulated.p95Latency),
        ]
        if let flushes = measured.transactionsPerFlush, let result = simulated.transactionsPerFlush {
            targets.append(target("transactions per flush", flushes, result))
        }
        return targets
    }
}
