import Foundation
import SwiftCSV

/// The measured rows, read from runs.csv, waits.csv and sync_runs.csv.
struct MeasuredTable {
    var rows: [MeasuredRow] = []

    /// - Parameters:
    ///   - folder: where the files are.
    ///   - workloads: which workloads to keep.
    /// - Throws: what the file system or the CSV reader says.
    init(folder: String, workloads: Set<String>) throws {
        let runs = try Self.read(folder + "/runs.csv").filter { workloads.contains($0["workload"]!) }
        let standbyRuns = try Self.read(folder + "/sync_runs.csv").filter { workloads.contains($0["workload"]!) }
        let waits = try Self.sessions(Self.read(folder + "/waits.csv"))
        var order: [MeasuredRow.Key] = []
        var passes: [MeasuredRow.Key: [[String: String]]] = [:]
        for run in runs + standbyRuns {
            let key = try Self.key(run)
            if passes[key] == nil { order.append(key) }
            passes[key, default: []].append(run)
        }
        rows = order.map { Self.row($0, passes[$0]!, waits[$0] ?? [:]) }
    }

    private static func read(_ path: String) throws -> [[String: String]] {
        try CSV<Named>(url: URL(fileURLWithPath: path)).rows
    }

    private static func key(_ row: [String: String]) throws -> MeasuredRow.Key {
        let object = try JSONSerialization.jsonObject(with: Data(row["gucs"]!.utf8)) as? [String: Any] ?? [:]
        return MeasuredRow.Key(
            workload: row["workload"]!, clients: Int(row["clients"]!)!, rate: Double(row["rate"]!),
            syncMicroseconds: Int(row["fsync_us"]!)!, distribution: distribution(row["fsync_dist"]!),
            standbySyncMicroseconds: row["standby_fsync_us"].flatMap { Int($0) },
            settings: object.mapValues { "\($0)" })
    }

    /// `const` or `lognorm:SIGMA`.
    private static func distribution(_ text: String) -> MeasuredRow.Distribution {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let sigma = Double(parts[1]) else { return .constant }
        return .lognormal(sigma: sigma)
    }

    private static func row(
        _ key: MeasuredRow.Key, _ passes: [[String: String]], _ waits: [String: Double]
    ) -> MeasuredRow {
        func mean(_ value: ([String: String]) -> Double) -> Double {
            passes.map(value).reduce(0, +) / Double(passes.count)
        }
        func mean(_ column: String) -> Double { mean { Double($0[column]!) ?? 0 } }
        // Without sync latency the counting library did not see the calls.
        let counted = key.syncMicroseconds > 0 && key.settings["synchronous_commit"] != "off"
        let seconds = mean("secs")
        let agree = passes.allSatisfy { $0["class"] == "sync" }
        return MeasuredRow(
            key: key, rowClass: key.standbySyncMicroseconds != nil ? .standby : agree ? .sync : .noisy,
            tps: passes.map { Double($0["tps"]!)! },
            transactionsPerFlush: counted ? mean("txns_per_fsync") : nil,
            latency: MeasuredRow.Latency(
                mean: mean("lat_avg_us"), p50: mean("lat_p50_us"), p95: mean("lat_p95_us"), p99: mean("lat_p99_us")),
            deliveredSync: mean("fsync_mean_us"),
            sessions: MeasuredRow.Sessions(
                walWrite: waits["LWLock:WALWrite"] ?? 0,
                // Where samples and counters disagree, the counters are right.
                walSync: counted
                    ? mean { Double($0["fsync_calls"]!)! * Double($0["fsync_mean_us"]!)! } / seconds / 1e6 : 0,
                rows: (waits["Lock:transactionid"] ?? 0) + (waits["Lock:tuple"] ?? 0)))
    }

    /// Average sessions of client backends by row and wait event, over all passes.
    private static func sessions(_ rows: [[String: String]]) throws -> [MeasuredRow.Key: [String: Double]] {
        var sums: [MeasuredRow.Key: [String: Double]] = [:]
        var passes: [MeasuredRow.Key: Set<String>] = [:]
        for row in rows where row["backend_type"] == "client backend" {
            guard let rounds = Double(row["rounds"]!), rounds > 0 else { continue }
            let key = try key(row)
            let event = "\(row["wait_event_type"]!):\(row["wait_event"]!)"
            sums[key, default: [:]][event, default: 0] += Double(row["samples"]!)! / rounds
            passes[key, default: []].insert(row["pass"]!)
        }
        return sums.reduce(into: [:]) { result, entry in
            result[entry.key] = entry.value.mapValues { $0 / Double(passes[entry.key]!.count) }
        }
    }
}

extension MeasuredTable {
    /// What going idle and waking adds to a sync of the row's clients, as rows with constant latency show it, in
    /// microseconds; nil if there is none like it.
    func syncOverhead(like row: MeasuredRow) -> Double? {
        var key = row.key
        key.distribution = .constant
        return rows.first { $0.key == key }.map { $0.deliveredSync - Double(key.syncMicroseconds) }
    }
}
