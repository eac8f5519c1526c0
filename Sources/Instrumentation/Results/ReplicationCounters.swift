/// What walsenders did, all of them or one, and what became of those who waited for standbys.
public struct ReplicationCounters: Sendable, Equatable {
    /// Messages of WAL.
    public var sends: UInt64 = 0
    /// The WAL in them in bytes.
    public var sentBytes: UInt64 = 0
    /// Replies of standbys.
    public var replies: UInt64 = 0
    /// Times that a walsender went to sleep on its latch and socket.
    public var sleeps: UInt64 = 0
    /// Times that a walsender of a standby that counts looked for backends to release (`SyncRepReleaseWaiters`).
    public var releases: UInt64 = 0
    /// How many queues it looked through then, one for each position that had moved (`SyncRepWakeQueue`).
    public var queuesWoken: UInt64 = 0
    /// How many it released.
    public var released: UInt64 = 0
    /// Waits for standbys that began. No walsender's: of one alone it is 0.
    public var waits: UInt64 = 0
    /// Waits for standbys that a signal ended. No walsender's either.
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
        queuesWoken += other.queuesWoken
        released += other.released
        waits += other.waits
        cancelled += other.cancelled
    }
}
