import SimTime
import Statistics
import WaitEvents

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

/// One visible wait event of one backend type. `event` nil: active and showing none.
public struct WaitEventRow: Sendable {
    /// The kind of process.
    public var backendType: BackendType
    /// The event; nil: active and showing none.
    public var event: WaitEventName?
    /// Time in the event, clipped to the span, summed over processes.
    public var total: Nanoseconds
    /// Durations of the waits that ended in the span.
    public var waits: LatencyHistogram

    /// Everything spelled out.
    public init(backendType: BackendType, event: WaitEventName?, total: Nanoseconds, waits: LatencyHistogram) {
        self.backendType = backendType
        self.event = event
        self.total = total
        self.waits = waits
    }
}

/// Time that sessions spent waiting in `event` while the lock's holder was doing `holderActivity`.
public struct AttributionRow: Sendable {
    /// The lock's wait event.
    public var event: WaitEventName
    /// An IO event, `commit_delay`, `waiting for insertions`, `ready`, `cpu`, another event, or `no holder`.
    public var holderActivity: String
    /// The time, clipped to the span and summed over processes.
    public var total: Nanoseconds

    /// Everything spelled out.
    public init(event: WaitEventName, holderActivity: String, total: Nanoseconds) {
        self.event = event
        self.holderActivity = holderActivity
        self.total = total
    }
}

/// WAL records of one type, as `pg_waldump --stats=record` counts them.
public struct WALRecordRow: Sendable {
    /// Resource manager and record, such as `Heap/INSERT`.
    public var type: String
    /// How many records.
    public var count: UInt64
    /// Record bytes without full-page images.
    public var recordBytes: UInt64
    /// Bytes of full-page images.
    public var fpiBytes: UInt64

    /// Everything spelled out.
    public init(type: String, count: UInt64, recordBytes: UInt64, fpiBytes: UInt64) {
        self.type = type
        self.count = count
        self.recordBytes = recordBytes
        self.fpiBytes = fpiBytes
    }
}

/// The true state of a process, whatever event it shows.
public enum ActivityState: UInt8, CaseIterable, Sendable {
    case running = 0
    case ready = 1
    case spinning = 2
    case asleepWithoutEvent = 3
    case waiting = 4
    /// No process at all: a walsender without a standby, a standby that is stopped. Shown nowhere.
    case absent = 5

    /// How many states there are: the size of a table indexed by raw value.
    @inlinable public static var count: Int { 6 }

    /// The name in results.
    public var name: String {
        switch self {
        case .running: "running"
        case .ready: "ready"
        case .spinning: "spinning"
        case .asleepWithoutEvent: "asleep without event"
        case .waiting: "waiting"
        case .absent: "absent"
        }
    }
}

/// Time that processes of one type spent in one true state.
public struct ActivityRow: Sendable {
    /// The kind of process.
    public var backendType: BackendType
    /// What the processes truly did.
    public var state: ActivityState
    /// The time, clipped to the span and summed over processes.
    public var total: Nanoseconds

    /// Everything spelled out.
    public init(backendType: BackendType, state: ActivityState, total: Nanoseconds) {
        self.backendType = backendType
        self.state = state
        self.total = total
    }
}

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
