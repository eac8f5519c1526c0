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

/// What a primary's walsenders did, and what became of those who waited for standbys.
public struct ReplicationCounters: Sendable, Equatable {
    /// Messages of WAL.
    public var sends: UInt64 = 0
    /// The WAL in them in bytes.
    public var sentBytes: UInt64 = 0
    /// Replies of standbys.
    public var replies: UInt64 = 0
    /// Times that a walsender went to sleep on its latch and socket.
    public var sleeps: UInt64 = 0
    /// Times that a walsender of a standby that counts looked for backends to release.
    public var releases: UInt64 = 0
    /// How many it released.
    public var released: UInt64 = 0
    /// Waits for standbys that began.
    public var waits: UInt64 = 0
    /// Waits for standbys that a signal ended.
    public var cancelled: UInt64 = 0

    /// All counters at zero.
    public init() {}

    /// Adds another span's.
    public mutating func add(_ other: ReplicationCounters) {
        sends += other.sends
        sentBytes += other.sentBytes
        replies += other.replies
        sleeps += other.sleeps
        releases += other.releases
        released += other.released
        waits += other.waits
        cancelled += other.cancelled
    }
}
