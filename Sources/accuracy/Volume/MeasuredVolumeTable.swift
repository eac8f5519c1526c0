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
                + "only the compressed images have entered the model: their fixed part. How many pages of tellers are "
                + "pruned at fillfactor 80 is chance, there and here: one pause of the machine of a few milliseconds "
                + "moves rows off their tight pages for good.")
    }

    private static func make(_ title: String, file: String, _ source: String) throws -> TargetTable {
        let measured = try MeasuredVolume(file: folder + file, repeats: folder + "wal_volume_repeats.csv")
        let runs = try SimulatedVolume.run(
            measured.configurations.map { ("wal-volume-pgbench", MeasuredVolume.sets(of: $0)) })
        var targets: [Target] = []
        for (run, configuration) in zip(runs, measured.configurations) {
            for phase in 1...measured.phases(configuration) {
                targets += Self.targets(measured, configuration, phase, SimulatedVolume(run.phases[phase - 1]))
            }
        }
        return TargetTable(title: title, source: source + repeats, targets: targets)
    }

    /// What the pages say of rows with more than one pass.
    private static let repeats =
        " Where there are more passes (`wal_volume_repeats.csv`) the target is their mean, and the band their range "
        + "and as much around it as around a single pass."

    private static func targets(
        _ measured: MeasuredVolume, _ configuration: String, _ phase: Int, _ volume: SimulatedVolume
    ) -> [Target] {
        func target(_ quantity: String, _ passes: [Double], _ result: Double, _ fraction: Double) -> Target {
            Target(
                row: "\(configuration), phase \(phase)", quantity: quantity,
                target: passes.reduce(0, +) / Double(passes.count), result: result, band: band(passes, fraction))
        }
        let transactions = measured.values(configuration, phase, "Total", "transactions")[0]
        let counts = MeasuredVolume.types.map { type in
            let passes = measured.values(configuration, phase, type, "count")
            var row = target("\(type) count", passes, volume.count(type), 0.1)
            let slack = transactions / transactionsPerStrayRecord
            if row.target * 0.1 < slack {
                row.band = .inside(max(passes.min()! - slack, 0)...(passes.max()! + slack), widenedBy: 0)
            }
            return row
        }
        return counts + [
            target(
                "bytes a transaction", measured.bytesPerTransaction(configuration, phase), volume.bytesPerTransaction,
                0.07),
            target(
                "image bytes", measured.values(configuration, phase, "Total", "fpi_bytes"), volume.imageBytes, 0.1),
        ]
    }

    private static func band(_ passes: [Double], _ fraction: Double) -> Target.Band {
        passes.count == 1 ? .within(fraction) : .inside(passes.min()!...passes.max()!, widenedBy: fraction)
    }
}
