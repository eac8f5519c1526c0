/// One measured configuration: the figures of all its passes.
struct MeasuredRow {
    /// Whether the passes agree, or what is known is only their range; rows with a synchronous standby are apart.
    enum Class: String { case sync, noisy, standby }

    /// How the latencies of the syncs were distributed.
    enum Distribution: Hashable {
        case constant
        /// Lognormal with this sigma.
        case lognormal(sigma: Double)
    }

    /// What was run; equal for the passes of one row.
    struct Key: Hashable {
        var workload: String
        var clients: Int
        /// pgbench's `-R`, transactions a second; nil: a closed loop.
        var rate: Double?
        /// The latency that each sync was given, in microseconds; a mean if it varied.
        var syncMicroseconds: Int
        var distribution: Distribution
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
    var latency: Latency
    /// How long a sync took on average as the caller saw it, in microseconds.
    var deliveredSync: Double
    /// Average sessions of client backends by wait event.
    var sessions: Sessions

    /// Figures of transactions' latencies, in microseconds.
    struct Latency {
        var mean: Double
        var p50: Double
        var p95: Double
        var p99: Double
    }

    /// Average numbers of sessions that wait.
    struct Sessions {
        /// LWLock:WALWrite.
        var walWrite: Double
        /// IO:WALSync.
        var walSync: Double
        /// Lock:transactionid and Lock:tuple.
        var rows: Double
    }

    var meanTPS: Double { tps.reduce(0, +) / Double(tps.count) }

    /// The row's name in tables: workload, clients, latency and what else is not as usual.
    var name: String {
        var parts = ["\(key.workload) \(key.clients)c \(key.syncMicroseconds)us"]
        if case .lognormal(let sigma) = key.distribution { parts.append("lognormal \(sigma)") }
        if let rate = key.rate { parts.append("\(Int(rate))/s") }
        if let standby = key.standbySyncMicroseconds { parts.append("standby \(standby)us") }
        return (parts + key.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }
}
