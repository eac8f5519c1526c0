import SimTime

/// What the checkpointer did in a span: the counters of `pg_stat_checkpointer` (from release 17 on; before, of
/// `pg_stat_bgwriter`) and what the server's log says of segments. Times are in nanoseconds here, in ms in the views.
public struct PgStatCheckpointer: Sendable, Equatable {
    /// Checkpoints begun because of `checkpoint_timeout`, those included that found nothing to do.
    public var numTimed: UInt64 = 0
    /// Checkpoints begun because somebody, or the volume of WAL, asked for one.
    public var numRequested: UInt64 = 0
    /// Checkpoints that were completed.
    public var numDone: UInt64 = 0
    /// Time in the writing of pages, with its pauses, of completed checkpoints.
    public var writeTime: Nanoseconds = .zero
    /// Time in the syncing of files.
    public var syncTime: Nanoseconds = .zero
    /// Pages written.
    public var buffersWritten: UInt64 = 0
    /// Checkpoints that the volume of WAL asked for sooner than `checkpoint_warning` after the one before.
    public var tooOften: UInt64 = 0
    /// Segment files that had to be made.
    public var segmentsCreated: UInt64 = 0
    /// Segments renamed for use to come.
    public var segmentsRecycled: UInt64 = 0
    /// Segments removed.
    public var segmentsRemoved: UInt64 = 0

    /// All counters at zero.
    public init() {}

    /// Adds another span's.
    public mutating func add(_ other: PgStatCheckpointer) {
        numTimed += other.numTimed
        numRequested += other.numRequested
        numDone += other.numDone
        writeTime += other.writeTime
        syncTime += other.syncTime
        buffersWritten += other.buffersWritten
        tooOften += other.tooOften
        segmentsCreated += other.segmentsCreated
        segmentsRecycled += other.segmentsRecycled
        segmentsRemoved += other.segmentsRemoved
    }
}
