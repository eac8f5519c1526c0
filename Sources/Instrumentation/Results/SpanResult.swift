import SimTime
import Statistics

/// What was measured in one span of a run: the whole window, or one phase of it.
public struct SpanResult: Sendable {
    /// The name of the whole window among the phases.
    public static var wholeName: String { "all" }

    /// `wholeName` for the whole window, else the phase's.
    public var name: String
    /// The span's length.
    public var span: Nanoseconds
    /// Transactions whose last reply reached the client in the span.
    public var transactions: UInt64
    /// Their latencies, from the sending of the first statement (open load: the scheduled start) to the last reply.
    public var latency: LatencyHistogram
    /// The longest time without a completed transaction, the span's ends included.
    public var longestCommitGap: Nanoseconds
    /// Commits recorded in the span (a transaction's commit precedes its reply).
    public var commits: UInt64
    /// How often the flush position advanced, by any process.
    public var flushes: UInt64
    /// Distance that the insert position moved, page headers included.
    public var walBytes: UInt64
    /// Busy time of all cores over `cores x span`.
    public var cpuUtilization: Double
    /// Time per visible wait event, in a fixed order.
    public var waitEvents: [WaitEventRow]
    /// What the holder did while others waited for its lock.
    public var attribution: [AttributionRow]
    /// WAL records by type.
    public var walRecords: [WALRecordRow]
    /// The true split of every process's time.
    public var activity: [ActivityRow]
    /// The `pg_stat_wal` view's counters, moved in the span.
    public var pgStatWAL: PgStatWAL
    /// What walsenders did in the span.
    public var replication = ReplicationCounters()
    /// Each walsender's part of that, in the order of the scenario's servers and their standbys.
    public var walSenders: [WalSenderRow] = []
    /// `pg_stat_replication` at the span's end.
    public var standbys: [StandbyRow] = []
    /// How many commits each flush made durable, smallest first.
    public var flushGroups: [FlushGroupRow]
    /// What the checkpointer did.
    public var pgStatCheckpointer: PgStatCheckpointer
    /// The longest time from an asynchronous commit's acknowledgement to its durability, of those that became durable
    /// in the span; zero if there was none.
    public var longestAsyncWindow: Nanoseconds

    /// Everything spelled out.
    public init(
        name: String, span: Nanoseconds, transactions: UInt64, latency: LatencyHistogram,
        longestCommitGap: Nanoseconds, commits: UInt64, flushes: UInt64, walBytes: UInt64, cpuUtilization: Double,
        waitEvents: [WaitEventRow], attribution: [AttributionRow], walRecords: [WALRecordRow],
        activity: [ActivityRow], pgStatWAL: PgStatWAL, flushGroups: [FlushGroupRow] = [],
        pgStatCheckpointer: PgStatCheckpointer = PgStatCheckpointer(), longestAsyncWindow: Nanoseconds = .zero
    ) {
        self.name = name
        self.span = span
        self.transactions = transactions
        self.latency = latency
        self.longestCommitGap = longestCommitGap
        self.commits = commits
        self.flushes = flushes
        self.walBytes = walBytes
        self.cpuUtilization = cpuUtilization
        self.waitEvents = waitEvents
        self.attribution = attribution
        self.walRecords = walRecords
        self.activity = activity
        self.pgStatWAL = pgStatWAL
        self.flushGroups = flushGroups
        self.pgStatCheckpointer = pgStatCheckpointer
        self.longestAsyncWindow = longestAsyncWindow
    }
}
