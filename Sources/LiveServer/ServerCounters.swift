import Experiments

/// Counters of a server at one instant, which only grow, by names of our own; what a release does not have is missing.
struct ServerCounters {
    private var values: [String: Double] = [:]

    /// Queries for the counters, each with the names of its columns.
    /// - Parameter version: `server_version_num`.
    static func queries(version: Int) -> [(names: [String], query: String)] {
        let commits = (["commits"], "SELECT sum(xact_commit) FROM pg_stat_database")
        switch version {
        case 140_000..<180_000:
            return [
                commits,
                (
                    ["records", "images", "bytes", "syncs", "sync_ms"],
                    "SELECT wal_records, wal_fpi, wal_bytes, wal_sync, wal_sync_time FROM pg_stat_wal"
                ),
            ]
        case 180_000...:
            return [
                commits,
                (["records", "images", "bytes"], "SELECT wal_records, wal_fpi, wal_bytes FROM pg_stat_wal"),
                (
                    ["syncs", "sync_ms"],
                    "SELECT sum(fsyncs), sum(fsync_time) FROM pg_stat_io WHERE object = 'wal'"
                ),
            ]
        default: return [commits]
        }
    }

    /// Adds a query's row; NULL and what is no number are as if the server did not count it.
    mutating func take(_ names: [String], _ row: Connection.Row) {
        for (name, text) in zip(names, row) { values[name] = text.flatMap { Double($0) } }
    }

    /// By how much a counter has grown; nil if it is missing, or was reset in the meantime.
    func moved(_ name: String, since before: ServerCounters) -> Double? {
        guard let first = before.values[name], let last = values[name], last >= first else { return nil }
        return last - first
    }
}

extension ServerObservation {
    /// What counters at both ends of some time say.
    init(
        version: Int, settings: [(name: String, value: String)], waits: WaitSamples, seconds: Double,
        counters: (before: ServerCounters, after: ServerCounters), localCores: Int?
    ) {
        func moved(_ name: String) -> Double? { counters.after.moved(name, since: counters.before) }
        self.init(
            version: version, settings: settings, waits: waits, seconds: seconds, commits: moved("commits") ?? 0,
            localCores: localCores)
        walRecords = moved("records")
        walBytes = moved("bytes")
        walImages = moved("images")
        walSyncs = moved("syncs")
        walSyncTime = moved("sync_ms").map { $0 * 1e6 }
    }
}
