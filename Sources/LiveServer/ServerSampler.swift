import Experiments
import Foundation
import SimTime

/// Watches a live server: samples what its client backends wait for, and reads its counters at both ends.
///
/// A sample asks for four columns of pg_stat_get_activity and nothing else; to a role that may not see a session even
/// the type of its process is NULL. The pause after each is at least two
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
            WHERE coalesce(backend_type, 'client backend') = 'client backend' AND pid <> pg_backend_pid()
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
            guard !sessions.areHidden else { throw ServerError.hidden }
            let cost = ContinuousClock.now - start
            let next = start + max(Self.shortest, cost * Self.pauseFactor)
            while ContinuousClock.now < min(next, began + length), !shouldStop() {
                let rest = min(next, began + length) - ContinuousClock.now
                Thread.sleep(forTimeInterval: max(0, min(rest / .seconds(1), 0.25)))
                onProgress((ContinuousClock.now - began) / length)
            }
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        return try observation(sessions.samples(seconds: seconds), before, try counters(), seconds)
    }

    private func observation(
        _ waits: WaitSamples, _ before: ServerCounters, _ after: ServerCounters, _ seconds: Double
    ) throws(ServerError) -> ServerObservation {
        ServerObservation(
            version: connection.version, settings: try settings(), waits: waits, seconds: seconds,
            counters: (before, after),
            localCores: connection.isLocal ? ProcessInfo.processInfo.activeProcessorCount : nil)
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

    private func counters() throws(ServerError) -> ServerCounters {
        var counters = ServerCounters()
        for (names, query) in ServerCounters.queries(version: connection.version) {
            guard let row = try connection.rows(query).first else { continue }
            counters.take(names, row)
        }
        return counters
    }
}
