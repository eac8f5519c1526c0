import Foundation
import SwiftCSV

/// The measured phases of wal_volume.csv.
struct MeasuredVolume {
    /// The types whose counts are compared.
    static let types = [
        "Transaction/COMMIT", "Heap/INSERT", "Heap/UPDATE", "Heap/HOT_UPDATE", "Heap/LOCK", "Btree/INSERT_LEAF",
        "Heap2/PRUNE",
    ]
    /// Each configuration, and what to change in `wal-volume-pgbench` for it.
    static let configurations: [(name: String, sets: [String])] = [
        ("s50-ff100", []), ("s50-ff90", ["tables.pgbench.fillfactor=90"]),
        ("s50-ff90-pglz", ["tables.pgbench.fillfactor=90", "server.settings.wal_compression=pglz"]),
    ]

    private var rows: [String: [String: String]] = [:]
    private var phaseCounts: [String: Int] = [:]

    /// - Throws: what the file system or the CSV reader says.
    init(folder: String) throws {
        for row in try CSV<Named>(url: URL(fileURLWithPath: folder + "/wal_volume.csv")).rows {
            rows[Self.key(row["config"]!, Int(row["phase"]!)!, row["type"]!)] = row
            phaseCounts[row["config"]!] = max(phaseCounts[row["config"]!] ?? 0, Int(row["phase"]!)!)
        }
    }

    private static func key(_ configuration: String, _ phase: Int, _ type: String) -> String {
        "\(configuration)/\(phase)/\(type)"
    }

    func phases(_ configuration: String) -> Int { phaseCounts[configuration] ?? 0 }

    /// A figure; 0 where the type did not occur.
    func value(_ configuration: String, _ phase: Int, _ type: String, _ column: String) -> Double {
        rows[Self.key(configuration, phase, type)].flatMap { Double($0[column]!) } ?? 0
    }

    /// Bytes of all records over transactions.
    func bytesPerTransaction(_ configuration: String, _ phase: Int) -> Double {
        let sum =
            value(configuration, phase, "Total", "record_bytes") + value(configuration, phase, "Total", "fpi_bytes")
        return sum / value(configuration, phase, "Total", "transactions")
    }
}
