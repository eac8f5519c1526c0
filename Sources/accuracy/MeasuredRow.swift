/// One measured configuration: the figures of all its passes.
struct MeasuredRow {
    /// Whether the passes agree, or what is known is only their range; rows with a synchronous standby are apart.
    enum Class: String { case sync, noisy, standby }

    /// What was run; equal for the passes of one row.
    struct Key: Hashable {
        var workload: String
        var clients: Int
        /// The latency that each sync was given, in microseconds.
        var syncMicroseconds: Int
        /// The same of the standby's syncs; nil without a standby.
        var standbySyncMicroseconds: Int?
        /// Settings by name, as `--set` takes their values.
        var settings: [String: String]
    }

    var key: Key
    var rowClass: Class
    /// One value a pass.
    var tps: [Double]
    /// Means over the passes.
    var transactionsPerFlush: Double?
    var meanLatency: Double
    var p95Latency: Double
    /// Average sessions in LWLock:WALWrite, client backends only.
    var walWriteSessions: Double

    var meanTPS: Double { tps.reduce(0, +) / Double(tps.count) }

    /// The row's name in tables: workload, clients, latency and settings.
    var name: String {
        let settings = key.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        let standby = key.standbySyncMicroseconds.map { " standby \($0)us" } ?? ""
        return "\(key.workload) \(key.clients)c \(key.syncMicroseconds)us\(standby) \(settings)"
    }
}
