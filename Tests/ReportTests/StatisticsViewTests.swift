import Instrumentation
import Testing
import WaitEvents

@testable import Report

/// Counters under the names of the views in which a release shows them.
@Suite struct StatisticsViewTests {
    private func columns(_ release: PostgresRelease) -> [String: [String]] {
        var views: [String: [String]] = [:]
        for (view, value) in StatisticsViews.of(PgStatWAL(), in: release) {
            switch value {
            case .object(let members): views[view] = members.map(\.key)
            case .array(let rows):
                if case .object(let members)? = rows.first { views[view] = members.map(\.key) }
            default: views[view] = []
            }
        }
        return views
    }

    private let volume = ["wal_records", "wal_fpi", "wal_bytes", "wal_buffers_full"]

    @Test("Release 9.6 counts no WAL, 15 to 17 all in pg_stat_wal, 18 writes and syncs in pg_stat_io")
    func views() {
        #expect(columns(.v96) == ["pg_stat_wal": []])
        for release in [PostgresRelease.v15, .v16, .v17] {
            let calls = ["wal_write", "wal_sync", "wal_write_time", "wal_sync_time"]
            #expect(columns(release) == ["pg_stat_wal": volume + calls])
        }
        #expect(
            columns(.v18) == [
                "pg_stat_wal": volume,
                "pg_stat_io": ["object", "context", "writes", "write_time", "fsyncs", "fsync_time"],
            ])
    }
}
