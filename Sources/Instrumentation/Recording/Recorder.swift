import SimTime
import Statistics
import WaitEvents

/// Records what the processes of all servers of a run do: the exact accounting behind every result.
///
/// Not thread-safe: on real threads its owner calls it under a lock. No call allocates once every kind of wait has
/// been seen. Times given to it never go backwards, but for a state that is told late.
public final class Recorder {
    /// The release whose names results take.
    public let release: PostgresRelease
    let backendTypes: [BackendType]
    /// Each lightweight lock's wait event, by lock number.
    let lockEvents: [WaitEvent]
    /// Told of everything beside this recorder; nil in ordinary runs.
    public let observer: (any RunObserver)?
    /// Whether there is an observer: one branch on the paths that are run most.
    let isObserved: Bool
    let recordTypes: [String]
    /// Asked at the ends of spans; the machine sets it before the first one.
    public var gauges = Gauges(insertHead: { 0 }, busy: { .zero }, cores: 1)
    let ledgers: UnsafeMutablePointer<ProcessLedger>
    let attribution: LockAttribution
    /// What happened in the present span.
    let span: UnsafeMutablePointer<SpanAccumulator>
    /// What has happened since the start of the run.
    let totals: UnsafeMutablePointer<RunTotals>
    /// How many commits each flush of the present span made durable, by server.
    let flushGroups: UnsafeMutableBufferPointer<FlushGroups>

    /// Quantities that the machine counts itself, read at the ends of spans.
    public struct Gauges {
        var insertHead: () -> UInt64
        var busy: () -> Nanoseconds
        var cores: Int
        /// What pg_stat_replication shows.
        public var standbys: () -> [StandbyRow] = { [] }
        /// Every standby, connected or not.
        public var standbyFacts: () -> [StandbyFacts] = { [] }

        /// - Parameters:
        ///   - insertHead: the head of the reserved WAL.
        ///   - busy: busy time of all cores so far.
        ///   - cores: the number of cores.
        public init(insertHead: @escaping () -> UInt64, busy: @escaping () -> Nanoseconds, cores: Int) {
            self.insertHead = insertHead
            self.busy = busy
            self.cores = cores
        }
    }

    /// - Parameters:
    ///   - processes: each process's type, by process number.
    ///   - lockEvents: each lightweight lock's wait event, by lock id.
    ///   - recordTypes: names of WAL record types, by the number that observations use.
    ///   - servers: how many servers the processes belong to, each with a WAL of its own.
    ///   - observer: told of everything too.
    public init(
        release: PostgresRelease, processes: [BackendType], lockEvents: [WaitEvent], recordTypes: [String],
        servers: Int = 1, observer: (any RunObserver)? = nil
    ) {
        self.release = release
        self.recordTypes = recordTypes
        backendTypes = processes
        self.lockEvents = lockEvents
        self.observer = observer
        isObserved = observer != nil
        ledgers = .allocate(capacity: processes.count)
        for (number, type) in processes.enumerated() {
            (ledgers + number).initialize(to: ProcessLedger(type, at: .zero))
        }
        attribution = LockAttribution(events: lockEvents)
        span = .allocate(capacity: 1)
        span.initialize(to: SpanAccumulator(start: .zero, recordTypes: recordTypes.count))
        totals = .allocate(capacity: 1)
        totals.initialize(to: RunTotals())
        flushGroups = .allocate(capacity: servers)
        for server in 0..<servers { (flushGroups.baseAddress! + server).initialize(to: FlushGroups()) }
    }

    deinit {
        for number in backendTypes.indices { ledgers[number].deallocate() }
        ledgers.deallocate()
        attribution.deallocate()
        span.deinitialize(count: 1)
        span.deallocate()
        totals.deallocate()
        for groups in flushGroups { groups.deallocate() }
        flushGroups.deallocate()
    }

    // MARK: Processes

    /// A process sets or clears its wait event.
    @inline(__always)
    public func report(_ process: Int, _ event: WaitEvent, _ now: Instant) {
        let ledger = ledgers + process
        if ledger.pointee.contendedCount > 0 { attribution.holderChanges(process, now, ledgers) }
        ledger.pointee.settle(now)
        let old = ledger.pointee.event
        if old != .none {
            span.pointee.waits(ledger.pointee.backendType, old).pointee.record(now - ledger.pointee.eventSince)
        }
        ledger.pointee.event = event
        ledger.pointee.eventSince = now
    }

    /// A process's true state changes, or has changed since anything else of this process was told.
    @inline(__always)
    public func setState(_ process: Int, _ state: ActivityState, _ now: Instant) {
        let ledger = ledgers + process
        if ledger.pointee.contendedCount > 0 { return setStateOfHolder(process, state, now) }
        ledger.pointee.change(to: state, now)
        if isObserved { tell(process, state, now) }
    }

    // Out of line, as is the next: an ordinary change pays for two branches and no call.
    @inline(never)
    private func setStateOfHolder(_ process: Int, _ state: ActivityState, _ now: Instant) {
        attribution.holderChanges(process, now, ledgers)
        ledgers[process].change(to: state, now)
        if isObserved { tell(process, state, now) }
    }

    @inline(never)
    private func tell(_ process: Int, _ state: ActivityState, _ now: Instant) {
        observer?.changed(to: state, by: process, now)
    }

    /// A process begins or ends its `commit_delay`.
    public func setCommitDelay(_ process: Int, _ isInDelay: Bool, _ now: Instant) {
        attribution.holderChanges(process, now, ledgers)
        ledgers[process].isInCommitDelay = isInDelay
        observer?.commitDelay(by: process, begins: isInDelay, now)
    }

    /// The event that a process shows now.
    public func event(of process: Int) -> WaitEvent { ledgers[process].event }

    /// The number of the process that holds a lock exclusively; nil if none does.
    public func holder(of lock: Int) -> Int? { attribution.holder(of: lock) }

    // MARK: Locks

    /// A process has taken a lock; only exclusive holders are remembered.
    @inline(__always)
    public func lockAcquired(_ lock: Int, by process: Int, _ now: Instant) {
        attribution.acquired(lock, by: process, now, ledgers)
    }

    /// A process is about to release a lock.
    @inline(__always)
    public func lockReleased(_ lock: Int, by process: Int, _ now: Instant) {
        attribution.released(lock, by: process, now, ledgers)
    }

    /// A process begins or ends to wait for a lock.
    @inline(__always)
    public func lockWait(_ lock: Int, by process: Int, begins: Bool, _ now: Instant) {
        ledgers[process].awaitedLock = begins ? lock : -1
        attribution.waiting(lock, begins ? 1 : -1, now, ledgers)
    }

    /// A process begins to sleep for a lock on a transaction or row. Each process's are numbered behind the lightweight
    /// locks, and that it holds one becomes known when somebody first waits for it.
    public func heavyweightWaitStarted(_ lock: Int, heldBy holder: Int, by process: Int, _ now: Instant) {
        if self.holder(of: lock) != holder { lockAcquired(lock, by: holder, now) }
        lockWait(lock, by: process, begins: true, now)
    }

    /// The lock that a process sleeps for; nil if it sleeps for none.
    public func awaitedLock(of process: Int) -> Int? {
        let lock = ledgers[process].awaitedLock
        return lock < 0 ? nil : lock
    }

    // MARK: WAL and transactions

    /// A WAL record of `type` was inserted.
    @inline(__always)
    public func recordInserted(type: Int, length: Int, images: Int = 0, imageBytes: Int = 0) {
        span.pointee.countRecord(type: type, length: length, images: images, imageBytes: imageBytes)
    }

    /// A WAL write call ended.
    public func walWritten(took: Nanoseconds) {
        span.pointee.pgStatWAL.walWrite += 1
        span.pointee.pgStatWAL.walWriteTime += took
    }
    /// A WAL sync call ended.
    public func walSynced(took: Nanoseconds) {
        span.pointee.pgStatWAL.walSync += 1
        span.pointee.pgStatWAL.walSyncTime += took
    }
    /// An inserter had to write out a WAL page to make room.
    public func walBufferEvicted() { span.pointee.pgStatWAL.walBuffersFull += 1 }

    /// A server's shared flush position advanced to `position`.
    public func flushed(upTo position: UInt64, server: Int = 0) {
        span.pointee.flushes += 1
        totals.pointee.flushes += 1
        flushGroups[server].flushed(upTo: position)
    }

    /// Asynchronous commits became durable, the longest time after its acknowledgement being `longest`.
    public func asyncCommitsDurable(after longest: Nanoseconds) {
        span.pointee.longestAsyncWindow = max(span.pointee.longestAsyncWindow, longest)
    }

    /// A walsender or a backend that waits for standbys did something.
    public func countReplication(by process: Int, _ change: (inout ReplicationCounters) -> Void) {
        change(&span.pointee.replication)
        guard backendTypes[process] == .walSender else { return }
        change(&span.pointee.walSenders[process, default: ReplicationCounters()])
    }

    /// A transaction's commit, whose record ends at `end`, was recorded.
    @inline(__always)
    public func committed(end: UInt64, server: Int = 0) {
        span.pointee.commits += 1
        totals.pointee.commits += 1
        flushGroups[server].committed(end: end)
    }

    /// A client received the last reply of its transaction.
    @inline(__always)
    public func transactionCompleted(latency: Nanoseconds, _ now: Instant) {
        span.pointee.transactionCompleted(latency: latency, now)
        totals.pointee.transactionCompleted(latency: latency, now)
    }
}
