/// What one walsender did in a span of a run.
public struct WalSenderRow: Sendable, Equatable {
    /// The name of the server that it is a process of; empty where there is only one.
    public var server: String
    /// The name of its standby.
    public var applicationName: String
    /// Commits recorded on its server meanwhile, which is what its messages carry in the long run.
    public var commits: UInt64
    /// What it did itself.
    public var counters: ReplicationCounters

    /// Everything spelled out.
    public init(server: String, applicationName: String, commits: UInt64, counters: ReplicationCounters) {
        self.server = server
        self.applicationName = applicationName
        self.commits = commits
        self.counters = counters
    }

    /// Commits for each message of WAL; nil if there was none.
    public var commitsPerSend: Double? { Self.ratio(commits, counters.sends) }
    /// Sleeps for each message of WAL; nil if there was none.
    public var waitsPerSend: Double? { Self.ratio(counters.sleeps, counters.sends) }
    /// Queues for each look for backends to release; nil if there was none.
    public var queuesPerReply: Double? { Self.ratio(counters.queuesWoken, counters.releases) }
    /// Backends for each look for some to release; nil if there was none.
    public var releasedPerReply: Double? { Self.ratio(counters.released, counters.releases) }

    private static func ratio(_ count: UInt64, _ base: UInt64) -> Double? {
        base > 0 ? Double(count) / Double(base) : nil
    }
}
