import Postgres
import SimTime
import WaitEvents

/// Everything that one simulated server, its host and its clients are made from.
public struct ClusterSpec: Sendable {
    /// The seed of every random stream.
    public var seed: UInt64
    /// What runs before t = 0: schedules of stalls and of loads count from its end.
    public var warmup: Nanoseconds
    /// The server's release.
    public var release: PostgresRelease
    /// Its settings at the start.
    public var settings: Settings
    /// How many recycled segments it starts with; nil: as many as steady work leaves.
    public var recycledSegments: Int?
    /// The machine that it runs on.
    public var host: HostSpec
    /// Who uses it.
    public var clients: [ClientGroupSpec]
    /// What they may ask for.
    public var transactions: [TransactionSpec]
    /// Nil: wake-ups due at the same instant come in the order of their making, and nothing is preempted but by the
    /// scheduler.
    public var exploration: ExplorationSpec?

    /// Everything spelled out.
    public init(
        seed: UInt64, warmup: Nanoseconds, release: PostgresRelease, settings: Settings,
        recycledSegments: Int? = nil, host: HostSpec,
        clients: [ClientGroupSpec], transactions: [TransactionSpec], exploration: ExplorationSpec? = nil
    ) {
        self.seed = seed
        self.warmup = warmup
        self.release = release
        self.settings = settings
        self.recycledSegments = recycledSegments
        self.host = host
        self.clients = clients
        self.transactions = transactions
        self.exploration = exploration
    }
}
