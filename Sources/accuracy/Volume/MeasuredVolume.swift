import Foundation
import SwiftCSV

/// The measured phases of one file of WAL volumes.
struct MeasuredVolume {
    /// The types whose counts are compared.
    static let types = [
        "Transaction/COMMIT", "Heap/INSERT", "Heap/UPDATE", "Heap/HOT_UPDATE", "Heap/LOCK", "Btree/INSERT_LEAF",
        "Heap2/PRUNE",
    ]

    /// The configurations in the file's order, such as `s50-ff90-pglz-c8`.
    private(set) var configurations: [String] = []
    private var rows: [String: [String: String]] = [:]
    private var phaseCounts: [String: Int] = [:]

    /// - Throws: what the file system or the CSV reader says.
    init(file: String) throws {
        for row in try CSV<Named>(url: URL(fileURLWithPath: file)).rows {
            let configuration = row["config"]!
            if phaseCounts[configuration] == nil { configurations.append(configuration) }
            rows[Self.key(configuration, Int(row["phase"]!)!, row["type"]!)] = row
            phaseCounts[configuration] = max(phaseCounts[configuration] ?? 0, Int(row["phase"]!)!)
        }
    }

    /// What to change in `wal-volume-pgbench` for a configuration: scale, fillfactor, compression, clients.
    static func sets(of configuration: String) -> [String] {
        configuration.split(separator: "-").map { part in
            let number = part.drop { $0.isLetter }
            switch part.prefix(part.count - number.count) {
            case "s": return "tables.pgbench.scale=\(number)"
            case "ff": return "tables.pgbench.fillfactor=\(number)"
            case "c": return "clients.count=\(number)"
            default: return "server.settings.wal_compression=\(part)"
            }
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
