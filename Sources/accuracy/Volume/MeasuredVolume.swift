import Foundation
import SwiftCSV

/// The measured phases of one file of WAL volumes, with every pass over them.
struct MeasuredVolume {
    /// The types whose counts are compared.
    static let types = [
        "Transaction/COMMIT", "Heap/INSERT", "Heap/UPDATE", "Heap/HOT_UPDATE", "Heap/LOCK", "Btree/INSERT_LEAF",
        "Heap2/PRUNE",
    ]

    /// The configurations in the file's order, such as `s50-ff90-pglz-c8`.
    private(set) var configurations: [String] = []
    private var passes: [Phase: [Pass]] = [:]
    private var phaseCounts: [String: Int] = [:]

    private struct Phase: Hashable {
        var configuration: String
        var number: Int
    }

    /// One pass over a phase: its rows by type.
    private struct Pass {
        var number: String
        var rows: [String: [String: String]] = [:]
    }

    /// - Parameters:
    ///   - file: the first pass over every configuration.
    ///   - repeats: further passes over some of them, with a column `pass`; configurations that `file` does not have
    ///     are skipped.
    /// - Throws: what the file system or the CSV reader says.
    init(file: String, repeats: String) throws {
        for row in try CSV<Named>(url: URL(fileURLWithPath: file)).rows {
            let configuration = row["config"]!
            if phaseCounts[configuration] == nil { configurations.append(configuration) }
            phaseCounts[configuration] = max(phaseCounts[configuration] ?? 0, Int(row["phase"]!)!)
            add(row)
        }
        for row in try CSV<Named>(url: URL(fileURLWithPath: repeats)).rows where phaseCounts[row["config"]!] != nil {
            add(row)
        }
    }

    private mutating func add(_ row: [String: String]) {
        let phase = Phase(configuration: row["config"]!, number: Int(row["phase"]!)!)
        let pass = row["pass"] ?? "1"
        var all = passes[phase] ?? []
        let index = all.firstIndex { $0.number == pass } ?? all.count
        if index == all.count { all.append(Pass(number: pass)) }
        all[index].rows[row["type"]!] = row
        passes[phase] = all
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

    func phases(_ configuration: String) -> Int { phaseCounts[configuration] ?? 0 }

    /// A figure in each pass over a phase; 0 where the type did not occur.
    func values(_ configuration: String, _ phase: Int, _ type: String, _ column: String) -> [Double] {
        (passes[Phase(configuration: configuration, number: phase)] ?? []).map { pass in
            pass.rows[type].flatMap { Double($0[column]!) } ?? 0
        }
    }

    /// Bytes of all records over transactions, in each pass.
    func bytesPerTransaction(_ configuration: String, _ phase: Int) -> [Double] {
        func total(_ column: String) -> [Double] { values(configuration, phase, "Total", column) }
        let bytes = zip(total("record_bytes"), total("fpi_bytes")).map { $0 + $1 }
        return zip(bytes, total("transactions")).map { $0 / $1 }
    }
}
