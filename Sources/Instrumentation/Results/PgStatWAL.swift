import SimTime

/// Counters of the `pg_stat_wal` view (releases 14 to 17). Times are in nanoseconds here, in ms in the view.
public struct PgStatWAL: Sendable, Equatable {
    /// Records inserted.
    public var walRecords: UInt64 = 0
    /// Full-page images among them.
    public var walFPI: UInt64 = 0
    /// Sum of unpadded record lengths.
    public var walBytes: UInt64 = 0
    /// WAL pages that an inserter had to write out itself.
    public var walBuffersFull: UInt64 = 0
    /// Write calls.
    public var walWrite: UInt64 = 0
    /// Sync calls.
    public var walSync: UInt64 = 0
    /// Time in write calls.
    public var walWriteTime: Nanoseconds = .zero
    /// Time in sync calls.
    public var walSyncTime: Nanoseconds = .zero

    /// All counters at zero.
    public init() {}

    /// Adds another span's.
    public mutating func add(_ other: PgStatWAL) {
        walRecords += other.walRecords
        walFPI += other.walFPI
        walBytes += other.walBytes
        walBuffersFull += other.walBuffersFull
        walWrite += other.walWrite
        walSync += other.walSync
        walWriteTime += other.walWriteTime
        walSyncTime += other.walSyncTime
    }
}
