import Experiments
import Foundation
import SimTime

/// Watches a live server: samples what its client backends wait for, and reads its counters at both ends.
///
/// A sample asks for four columns of pg_stat_get_activity and nothing else. The pause after each is at least two
/// hundred times what it took, so that sampling never takes more than half a per cent of one core, on either side.
public struct ServerSampler {
    private let connection: Connection
    private let sampleQuery: String

    /// The shortest interval between two samples.
    private static let shortest = Duration.milliseconds(100)
    private static let pauseFactor = 200

    /// Connects.
    /// - Parameter conninfo: libpq's connection string or URI.
    /// - Throws: a `ServerError`; also if walsim was built without libpq.
    public init(_ conninfo: String) throws(ServerError) {
        connection = try Connection(conninfo)
        guard connection.version >= 90_600 else { throw ServerError("the server is older than release 9.6") }
        _ = try connection.rows("SET application_name = 'walsim calibrate'")
        sampleQuery =
            connection.version >= 100_000
            ? """
            SELECT pid, state, wait_event_type, wait_event FROM pg_stat_get_activity(NULL)
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
            """
            : """
            SELECT pid, state, wait_event_type, wait_event FROM pg_stat_get_activity(NULL)
            WHERE pid <> pg_backend_pid()
            """
        try connection.prepare(sampleQuery, as: "sample")
    }

    /// Watches for a while.
    /// - Parameters:
    ///   - shouldStop: asked several times a second.
    ///   - onProgress: told the share of the time that has passed.
    public func observe(
        for span: Nanoseconds, shouldStop: () -> Bool = { false }, onProgress: (Double) -> Void = { _ in }
    ) throws(ServerError) -> ServerObservation {
        let length = Duration.nanoseconds(span.count)
        let before = try counters()
        let began = ContinuousClock.now
        var sessions = SessionSamples()
        while ContinuousClock.now - began < length, !shouldStop() {
            let start = ContinuousClock.now
            sessions.add(try connection.rows(prepared: "sample"))
            let cost = ContinuousClock.now - start
            let next = start + max(Self.shortest, cost * Self.pauseFactor)
            while ContinuousClock.now < min(next, began + length), !shouldStop() {
                let rest = min(next, began + length) - ContinuousClock.now
                Thread.sleep(forTimeInterval: max(0, min(rest / .seconds(1), 0.25)))
                onProgress((ContinuousClock.now - began) / length)
            }
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        if sessions.areHidden {
            throw ServerError("other sessions' states are hidden from this role; grant it pg_monitor")
        }
        return try observation(sessions.samples(seconds: seconds), before, try counters(), seconds)
    }

    private func observation(
        _ waits: WaitSamples, _ before: [String: Double], _ after: [String: Double], _ seconds: Double
    ) throws(ServerError) -> ServerObservation {
        func moved(_ name: String) -> Double? {
            guard let first = before[name], let last = after[name], last >= first else { return nil }
            return last - first
        }
        var observation = ServerObservation(
            version: connection.version, settings: try settings(), waits: waits, seconds: seconds,
            commits: moved("commits") ?? 0,
            localCores: connection.isLocal ? ProcessInfo.processInfo.activeProcessorCount : nil)
        observation.walRecords = moved("records")
        observation.walBytes = moved("bytes")
        observation.walImages = moved("images")
        observation.walSyncs = moved("syncs")
        observation.walSyncTime = moved("sync_ms").map { $0 * 1e6 }
        return observation
    }

    private func settings() throws(ServerError) -> [(name: String, value: String)] {
        try connection.rows(
            """
            SELECT name, current_setting(name) FROM pg_settings
            WHERE source <> 'default' OR name = 'wal_segment_size' ORDER BY name
            """
        ).compactMap { row in
            guard let name = row[0], let value = row[1] else { return nil }
            return (name, value)
        }
    }

    /// Counters by names of our own; what a release does not have is missing.
    private func counters() throws(ServerError) -> [String: Double] {
        var counters: [String: Double] = [:]
        func read(_ names: [String], _ query: String) throws(ServerError) {
            guard let row = try connection.rows(query).first else { return }
            for (name, text) in zip(names, row) { counters[name] = text.flatMap { Double($0) } }
        }
        try read(["commits"], "SELECT sum(xact_commit) FROM pg_stat_database")
        switch connection.version {
        case 140_000..<180_000:
            try read(
                ["records", "images", "bytes", "syncs", "sync_ms"],
                "SELECT wal_records, wal_fpi, wal_bytes, wal_sync, wal_sync_time FROM pg_stat_wal")
        case 180_000...:
            try read(["records", "images", "bytes"], "SELECT wal_records, wal_fpi, wal_bytes FROM pg_stat_wal")
            try read(
                ["syncs", "sync_ms"], "SELECT sum(fsyncs), sum(fsync_time) FROM pg_stat_io WHERE object = 'wal'")
        default: break
        }
        return counters
    }
}
