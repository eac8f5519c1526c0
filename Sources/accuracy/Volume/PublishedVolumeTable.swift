/// The published tables of WAL volume as a table of the certificate.
enum PublishedVolumeTable {
    static let title = "Published WAL volume, PostgreSQL 9.6"

    /// How many repeats the first table is the mean of: the leaves that split within its ten seconds are some 230, and
    /// their number varies by a few per cent with the seed.
    private static let b1Repeats = 4

    static func make() throws -> TargetTable {
        let seeds = (1...b1Repeats).map { ("wal-volume-b1", ["seed=\($0)"]) }
        let repeats = try SimulatedVolume.run(seeds)
        let names = ["wal-volume-b2"] + PublishedVolume.b3.map(\.scenario)
        let runs = try SimulatedVolume.run(names.map { ($0, []) })
        var targets = b1(SimulatedVolume(meanOf: repeats.map(\.whole)))
        for row in PublishedVolume.b2 { targets += b2(row.run, SimulatedVolume(runs[0].phases[row.run - 1])) }
        for (index, row) in PublishedVolume.b3.enumerated() {
            targets += b3(row.scenario, SimulatedVolume(runs[1 + index].whole))
        }
        return TargetTable(
            title: title,
            source:
                "pgbench's TPC-B-like transaction at scale 1000 after a checkpoint. The published server had run for "
                + "long and pruned nothing: its indexes were larger than new ones, so that a few more leaves have "
                + "images. The first table begins after an earlier run of 17 s, a visit of autovacuum and a checkpoint "
                + "here, which leave leaves to split and rows of accounts whose hint bits nobody has set. The "
                + "published max_wal_size lets the next checkpoint begin in it, and its interval of WAL ends some time "
                + "after the run: two snapshots of the background writer are 15 s apart. Mean of \(b1Repeats) repeats.",
            targets: targets)
    }

    private static func b1(_ volume: SimulatedVolume) -> [Target] {
        func target(_ quantity: String, _ target: Double, _ result: Double) -> Target {
            Target(row: PublishedVolume.b1Row, quantity: quantity, target: target, result: result, band: .within(0.12))
        }
        var targets: [Target] = []
        for row in PublishedVolume.b1 {
            targets += [
                target("\(row.type) count", row.count, volume.count(row.type)),
                target(
                    "\(row.type) bytes", row.recordBytes + row.imageBytes,
                    volume.recordBytes(row.type) + volume.imageBytes(row.type)),
            ]
        }
        targets += PublishedVolume.b1Counts.map { target("\($0.type) count", $0.count, volume.count($0.type)) }
        let pages = PublishedVolume.b1CLOGPages
        targets.append(
            Target(
                row: PublishedVolume.b1Row, quantity: "CLOG/ZEROPAGE count", target: pages,
                result: volume.count("CLOG/ZEROPAGE"), band: .inside(pages - 1...pages + 1, widenedBy: 0)))
        return targets + [
            target("bytes a transaction", PublishedVolume.b1Bytes / 123_535, volume.bytesPerTransaction),
            target("image bytes", PublishedVolume.b1ImageBytes, volume.imageBytes),
        ]
    }

    private static func b2(_ run: Int, _ volume: SimulatedVolume) -> [Target] {
        let row = PublishedVolume.b2.first { $0.run == run }!
        func target(_ quantity: String, _ target: Double, _ result: Double, _ band: Double) -> Target {
            Target(row: "run \(run)", quantity: quantity, target: target, result: result, band: .within(band))
        }
        return [
            target("bytes a transaction", row.bytes / 1e5, volume.bytesPerTransaction, 0.05),
            target("Heap/LOCK image bytes", row.lockImages, volume.imageBytes("Heap/LOCK"), 0.05),
            // Hardly any leaf is left that was not touched before.
            target(
                "Btree/INSERT_LEAF image bytes", row.leafImages, volume.imageBytes("Btree/INSERT_LEAF"),
                run == 10 ? 0.4 : 0.05),
            target("Heap/LOCK count", row.locks, volume.count("Heap/LOCK"), 0.12),
            target("Btree/INSERT_LEAF count", row.leaves, volume.count("Btree/INSERT_LEAF"), 0.12),
        ]
    }

    private static func b3(_ scenario: String, _ volume: SimulatedVolume) -> [Target] {
        let row = PublishedVolume.b3.first { $0.scenario == scenario }!
        return [
            Target(
                row: scenario, quantity: "bytes a transaction", target: row.bytes / 1e6,
                result: volume.bytesPerTransaction, band: .within(0.1)),
            Target(
                row: scenario, quantity: "HOT share of updates", target: row.hotShare, result: volume.hotShare,
                band: .within(0.1)),
        ]
    }
}
