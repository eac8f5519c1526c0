import ArgumentParser

/// `walsim-accuracy volume`: WAL volume by type of record, beside what is published and measured.
struct VolumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "volume",
        abstract: "Print WAL volume by type of record beside published and measured figures; status 1 if one is off.")

    @Option(help: "The folder with wal_volume.csv.")
    var measured = "Tests/ExperimentsTests/Measured"

    func run() throws {
        let targets = try Self.targets(measured: measured)
        print(VolumeTarget.header)
        for target in targets { print(target.line) }
        let kept = targets.filter(\.isKept).count
        print("\(kept) passed, \(targets.count - kept) failed")
        if kept < targets.count { throw ExitCode(1) }
    }

    /// Every figure of tables B1, B2, B3 and of the measured phases.
    static func targets(measured folder: String) throws -> [VolumeTarget] {
        let measured = try MeasuredVolume(folder: folder)
        let published = ["wal-volume-b1", "wal-volume-b2"] + PublishedVolume.b3.map(\.scenario)
        let runs = try SimulatedVolume.run(
            published.map { ($0, []) } + MeasuredVolume.configurations.map { ("wal-volume-pgbench", $0.sets) })
        var targets = b1(SimulatedVolume(runs[0].whole))
        for row in PublishedVolume.b2 { targets += b2(row.run, SimulatedVolume(runs[1].phases[row.run - 1])) }
        for (index, row) in PublishedVolume.b3.enumerated() {
            let volume = SimulatedVolume(runs[2 + index].whole)
            targets += [
                VolumeTarget(
                    table: "B3", figure: "\(row.scenario) bytes a transaction", expected: row.bytes / 1e6,
                    simulated: volume.bytesPerTransaction, band: 0.1),
                VolumeTarget(
                    table: "B3", figure: "\(row.scenario) HOT share of updates", expected: row.hotShare,
                    simulated: volume.hotShare, band: 0.1),
            ]
        }
        for (index, configuration) in MeasuredVolume.configurations.enumerated() {
            for phase in 1...measured.phases(configuration.name) {
                let volume = SimulatedVolume(runs[published.count + index].phases[phase - 1])
                targets += phases(measured, configuration.name, phase, volume)
            }
        }
        return targets
    }

    private static func b1(_ volume: SimulatedVolume) -> [VolumeTarget] {
        let types = PublishedVolume.b1.flatMap { row in
            [
                VolumeTarget(
                    table: "B1", figure: "\(row.type) count", expected: row.count, simulated: volume.count(row.type),
                    band: 0.12),
                VolumeTarget(
                    table: "B1", figure: "\(row.type) bytes", expected: row.recordBytes + row.imageBytes,
                    simulated: volume.recordBytes(row.type) + volume.imageBytes(row.type), band: 0.12),
            ]
        }
        return types + [
            VolumeTarget(
                table: "B1", figure: "bytes a transaction", expected: PublishedVolume.b1Bytes / 123_535,
                simulated: volume.bytesPerTransaction, band: 0.12),
            VolumeTarget(
                table: "B1", figure: "image bytes", expected: PublishedVolume.b1ImageBytes,
                simulated: volume.imageBytes, band: 0.12),
        ]
    }

    private static func b2(_ run: Int, _ volume: SimulatedVolume) -> [VolumeTarget] {
        let row = PublishedVolume.b2.first { $0.run == run }!
        func target(_ figure: String, _ expected: Double, _ simulated: Double, _ band: Double) -> VolumeTarget {
            VolumeTarget(
                table: "B2", figure: "run \(run) \(figure)", expected: expected, simulated: simulated, band: band)
        }
        return [
            target("bytes a transaction", row.bytes / 1e5, volume.bytesPerTransaction, 0.05),
            target("Heap/LOCK image bytes", row.lockImages, volume.imageBytes("Heap/LOCK"), 0.05),
            target(
                "Btree/INSERT_LEAF image bytes", row.leafImages, volume.imageBytes("Btree/INSERT_LEAF"),
                run == 10 ? 0.4 : 0.05),
            target("Heap/LOCK count", row.locks, volume.count("Heap/LOCK"), 0.12),
            target("Btree/INSERT_LEAF count", row.leaves, volume.count("Btree/INSERT_LEAF"), 0.12),
        ]
    }

    private static func phases(
        _ measured: MeasuredVolume, _ configuration: String, _ phase: Int, _ volume: SimulatedVolume
    ) -> [VolumeTarget] {
        let table = "\(configuration) phase \(phase)"
        let transactions = measured.value(configuration, phase, "Total", "transactions")
        let counts = MeasuredVolume.types.map { type in
            // Less than one record in two hundred transactions is noise.
            VolumeTarget(
                table: table, figure: "\(type) count", expected: measured.value(configuration, phase, type, "count"),
                simulated: volume.count(type), band: 0.1, slack: transactions / 200)
        }
        return counts + [
            VolumeTarget(
                table: table, figure: "bytes a transaction",
                expected: measured.bytesPerTransaction(configuration, phase), simulated: volume.bytesPerTransaction,
                band: 0.07),
            VolumeTarget(
                table: table, figure: "image bytes",
                expected: measured.value(configuration, phase, "Total", "fpi_bytes"),
                simulated: volume.imageBytes, band: 0.1),
        ]
    }
}
