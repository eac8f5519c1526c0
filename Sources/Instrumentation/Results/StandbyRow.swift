import SimTime

/// One row of pg_stat_replication: a connected standby.
public struct StandbyRow: Sendable, Equatable {
    /// The standby's name.
    public var applicationName: String
    /// `startup`, `catchup` or `streaming`.
    public var state: String
    /// Up to where WAL was sent to it.
    public var sent: UInt64
    /// Up to where it has said it has written WAL; 0 before it has.
    public var write: UInt64
    /// Up to where it has said it has flushed WAL; 0 before it has.
    public var flush: UInt64
    /// Up to where it has said it has replayed WAL; 0 before it has.
    public var replay: UInt64
    /// How long before the reply that confirmed its writing the newest such WAL had been flushed on the primary; nil if
    /// that is not known.
    public var writeLag: Nanoseconds?
    /// The same for what it has flushed.
    public var flushLag: Nanoseconds?
    /// The same for what it has replayed.
    public var replayLag: Nanoseconds?
    /// The place in `synchronous_standby_names`; 0 for none.
    public var syncPriority: Int
    /// `sync`, `potential`, `quorum` or `async`.
    public var syncState: String

    /// Everything spelled out.
    public init(
        applicationName: String, state: String, sent: UInt64, write: UInt64, flush: UInt64, replay: UInt64,
        writeLag: Nanoseconds?, flushLag: Nanoseconds?, replayLag: Nanoseconds?, syncPriority: Int, syncState: String
    ) {
        self.applicationName = applicationName
        self.state = state
        self.sent = sent
        self.write = write
        self.flush = flush
        self.replay = replay
        self.writeLag = writeLag
        self.flushLag = flushLag
        self.replayLag = replayLag
        self.syncPriority = syncPriority
        self.syncState = syncState
    }
}
