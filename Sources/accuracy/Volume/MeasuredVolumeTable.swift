/// The measured phases of WAL volume as a table of the certificate.
enum MeasuredVolumeTable {
    static let title = "Measured WAL volume, PostgreSQL 15"
    private static let folder = "Tests/ExperimentsTests/Measured"
    /// A count may be off by one in so many transactions: a few records of a rare type say nothing.
    private static let transactionsPerStrayRecord = 200.0

    static func make() throws -> TargetTable {
        let measured = try MeasuredVolume(folder: folder)
        let runs = try SimulatedVolume.run(
            MeasuredVolume.configurations.map { ("wal-volume-pgbench", $0.sets) })
        var targets: [Target] = []
        for (run, configuration) in zip(runs, MeasuredVolume.configurations) {
            for phase in 1...measured.phases(configuration.name) {
                targets += Self.targets(
                    measured, configuration.name, phase, SimulatedVolume(run.phases[phase - 1]))
            }
        }
        return TargetTable(
            title: title,
            source: "pgbench's TPC-B-like transaction at scale 50 after a checkpoint, in phases of 40,000 transactions "
                + "(`wal_volume.csv`), simulated by `wal-volume-pgbench` with the fillfactor and wal_compression of "
                + "each configuration.",
            targets: targets)
    }

    private static func targets(
        _ measured: MeasuredVolume, _ configuration: String, _ phase: Int, _ volume: SimulatedVolume
    ) -> [Target] {
        let row = "\(configuration), phase \(phase)"
        let slack = measured.value(configuration, phase, "Total", "transactions") / transactionsPerStrayRecord
        let counts = MeasuredVolume.types.map { type in
            let count = measured.value(configuration, phase, type, "count")
            let band: Target.Band =
                count * 0.1 < slack
                ? .inside(max(count - slack, 0)...(count + slack), widenedBy: 0) : .within(0.1)
            return Target(
                row: row, quantity: "\(type) count", target: count, result: volume.count(type), band: band)
        }
        return counts + [
            Target(
                row: row, quantity: "bytes a transaction",
                target: measured.bytesPerTransaction(configuration, phase), result: volume.bytesPerTransaction,
                band: .within(0.07)),
            Target(
                row: row, quantity: "image bytes",
                target: measured.value(configuration, phase, "Total", "fpi_bytes"), result: volume.imageBytes,
                band: .within(0.1)),
        ]
    }
}
