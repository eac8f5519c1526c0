import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// PostgreSQL's cumulative statistics views as a release shows them; times are in milliseconds.
///
/// Release 9.6 counts no WAL; from 14 on pg_stat_wal does. Release 18 moved writes, syncs and their times from there to
/// pg_stat_io, whose rows for WAL that is neither read nor initialised are summed here over all processes.
enum StatisticsViews {
    /// The views on WAL; null for one that the release does not have.
    static func of(_ wal: PgStatWAL, in release: PostgresRelease) -> [(key: String, value: OrderedJSON)] {
        let traits = ReleaseTraits(release)
        let calls: [(key: String, value: OrderedJSON)] = [
            ("wal_write", .integer(wal.walWrite)), ("wal_sync", .integer(wal.walSync)),
            ("wal_write_time", .number(wal.walWriteTime.milliseconds)),
            ("wal_sync_time", .number(wal.walSyncTime.milliseconds)),
        ]
        let volume: [(key: String, value: OrderedJSON)] = [
            ("wal_records", .integer(wal.walRecords)), ("wal_fpi", .integer(wal.walFPI)),
            ("wal_bytes", .integer(wal.walBytes)), ("wal_buffers_full", .integer(wal.walBuffersFull)),
        ]
        guard traits.hasPgStatWAL else { return [("pg_stat_wal", .null)] }
        guard traits.countsWALInPgStatIO else { return [("pg_stat_wal", .object(volume + calls))] }
        return [("pg_stat_wal", .object(volume)), ("pg_stat_io", .array([.object(walRow(wal))]))]
    }

    private static func walRow(_ wal: PgStatWAL) -> [(key: String, value: OrderedJSON)] {
        [
            ("object", .string("wal")), ("context", .string("normal")), ("writes", .integer(wal.walWrite)),
            ("write_time", .number(wal.walWriteTime.milliseconds)), ("fsyncs", .integer(wal.walSync)),
            ("fsync_time", .number(wal.walSyncTime.milliseconds)),
        ]
    }
}
