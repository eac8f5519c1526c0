import Foundation
import SwiftCSV

/// The measured rows with a constant sync latency and a closed loop, read from runs.csv, waits.csv and sync_runs.csv.
struct MeasuredTable {
    var rows: [MeasuredRow] = []

    /// - Parameters:
    ///   - folder: where the files are.
    ///   - workloads: which workloads to keep.
    /// - Throws: what the file system or the CSV reader says.
    init(folder: String, workloads: Set<String>) throws {
        let runs = try Self.read(folder + "/runs.csv").filter {
            workloads.contains($0["workload"]!) && $0["fsync_dist"] == "const" && $0["rate"] == ""
        }
        let standbyRuns = try Self.read(folder + "/sync_runs.csv").filter { workloads.contains($0["workload"]!) }
        let waits = try Self.walWriteSessions(Self.read(folder + "/waits.csv"))
        var order: [MeasuredRow.Key] = []
        var passes: [MeasuredRow.Key: [[String: String]]] = [:]
        for run in runs + standbyRuns {
            let key = try Self.key(run)
            if passes[key] == nil { order.append(key) }
            passes[key, default: []].append(run)
        }
        rows = order.map { Self.row($0, passes[$0]!, waits[$0] ?? []) }
    }

    private static func read(_ path: String) throws -> [[String: String]] {
        try CSV<Named>(url: URL(fileURLWithPath: path)).rows
    }

    private static func key(_ row: [String: String]) throws -> MeasuredRow.Key {
        let object = try JSONSerialization.jsonObject(with: Data(row["gucs"]!.utf8)) as? [String: Any] ?? [:]
        return MeasuredRow.Key(
            workload: row["workload"]!, clients: Int(row["clients"]!)!, syncMicroseconds: Int(row["fsync_us"]!)!,
            standbySyncMicroseconds: row["standby_fsync_us"].flatMap { Int($0) },
            settings: object.mapValues { "\($0)" })
    }

    private static func row(_ key: MeasuredRow.Key, _ passes: [[String: String]], _ waits: [Double]) -> MeasuredRow {
        func mean(_ column: String) -> Double {
            passes.map { Double($0[column]!)! }.reduce(0, +) / Double(passes.count)
        }
        // Without sync latency the counting library did not see the calls.
        let counted = key.syncMicroseconds > 0 && key.settings["synchronous_commit"] != "off"
        let agree = passes.allSatisfy { $0["class"] == "sync" }
        return MeasuredRow(
            key: key, rowClass: key.standbySyncMicroseconds != nil ? .standby : agree ? .sync : .noisy,
            tps: passes.map { Double($0["tps"]!)! },
            transactionsPerFlush: counted ? mean("txns_per_fsync") : nil, meanLatency: mean("lat_avg_us"),
            p95Latency: mean("lat_p95_us"),
            walWriteSessions: waits.isEmpty ? 0 : waits.reduce(0, +) / Double(waits.count))
    }

    /// Average sessions in LWLock:WALWrite by row, one value a pass.
    private static func walWriteSessions(_ rows: [[String: String]]) throws -> [MeasuredRow.Key: [Double]] {
        var perPass: [MeasuredRow.Key: [String: Double]] = [:]
        for row in rows where row["rate"] == "" && row["fsync_dist"] == "const" {
            guard row["backend_type"] == "client backend", let rounds = Double(row["rounds"]!), rounds > 0 else {
                continue
            }
            let key = try key(row)
            let isLock = row["wait_event_type"] == "LWLock" && row["wait_event"] == "WALWrite"
            perPass[key, default: [:]][row["pass"]!, default: 0] += isLock ? Double(row["samples"]!)! / rounds : 0
        }
        return perPass.mapValues { $0.sorted { $0.key < $1.key }.map(\.value) }
    }
}
