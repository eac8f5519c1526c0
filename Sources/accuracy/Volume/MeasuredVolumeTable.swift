/// Measured phases of WAL volume as tables of the certificate.
enum MeasuredVolumeTable {
    static let title = "Measured WAL volume, PostgreSQL 15"
    static let otherTitle = "Measured WAL volume of other configurations, PostgreSQL 15"
    private static let folder = "Tests/ExperimentsTests/Measured/"
    /// A count may be off by one in so many transactions: a few records of a rare type say nothing.
    private static let transactionsPerStrayRecord = 200.0

    /// The rows by which the model of tables was found.
    static func make() throws -> TargetTable {
        try make(
            title, file: "wal_volume.csv",
            "pgbench's TPC-B-like transaction at scale 50 after a checkpoint, in phases of 40,000 transactions "
                + "(`wal_volume.csv`), simulated by `wal-volume-pgbench` with the fillfactor and wal_compression of "
                + "each configuration.")
    }

    /// Rows that were measured when the model was finished.
    static func makeOther() throws -> TargetTable {
        try make(
            otherTitle, file: "wal_volume_other.csv",
            "The same at other scales, fillfactors, compressions and numbers of clients, measured when the model of "
                + "tables stood, on a machine that had other work to do too (`wal_volume_other.csv`). Of these rows "
                + "only the compressed images have entered the model: their fixed part.")
    }

    private static func make(_ title: String, file: String, _ source: String) throws -> TargetTable {
        let measured = try MeasuredVolume(file: folder + file)
        let runs = try SimulatedVolume.run(
            measured.configurations.map { ("wal-volume-pgbench", MeasuredVolume.sets(of: $0)) })
        var targets: [Target] = []
        for (run, configuration) in zip(runs, measured.configurations) {
            for phase in 1...measured.phases(configuration) {
                targets += Self.targets(measured, configuration, phase, SimulatedVolume(run.phases[phase - 1]))
            }
        }
        return TargetTable(title: title, source: source, targets: targets)
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
