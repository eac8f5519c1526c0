import SimTime
import WaitEvents

/// Told what the processes of simulated servers do, in the order in which it happens, beside the recorder.
///
/// An observer changes nothing in a run and costs an unobserved run next to nothing. It hears of one run, on that
/// run's thread. Every call has an empty default.
public protocol RunObserver: AnyObject {
    /// The run is about to start; nothing was told before.
    func runBegins(_ facts: RunFacts)
    /// The measured window begins, after the warm-up, or ends: what comes after that is the drain.
    func windowBegins(_ now: Instant)
    func windowEnds(_ now: Instant)
    /// A process sets or clears (`none`) its wait event.
    func reported(_ event: WaitEvent, by process: Int, _ now: Instant)
    /// A process's true state has changed. It may be told late: nothing else of this process was told since `now`.
    func changed(to state: ActivityState, by process: Int, _ now: Instant)
    /// A process begins or ends its `commit_delay`.
    func commitDelay(by process: Int, begins: Bool, _ now: Instant)
    /// A process has taken a lock.
    func lockAcquired(_ lock: Int, exclusive: Bool, by process: Int, _ now: Instant)
    /// A process is about to release a lock.
    func lockReleased(_ lock: Int, by process: Int, _ now: Instant)
    /// A process begins or ends to sleep for a lock.
    func lockWait(_ lock: Int, begins: Bool, by process: Int, _ now: Instant)
    /// A WAL record is complete in WAL buffers.
    func recordInserted(by process: Int, _ now: Instant)
    /// WAL was handed to the file system, or has reached its device, up to `position`.
    func written(upTo position: UInt64, by process: Int, _ now: Instant)
    /// The shared flush position moved.
    func flushed(upTo position: UInt64, by process: Int, _ now: Instant)
    /// A transaction's commit, whose record ends at `end`, was recorded.
    func committed(end: UInt64, by process: Int, _ now: Instant)
}

/// What an observer must know of a run to understand what it is told.
public struct RunFacts {
    /// The release whose names the wait events take.
    public var release: PostgresRelease
    /// Each process's type, by process number.
    public var processes: [BackendType]
    /// Each process's server, by process number.
    public var servers: [Int]
    /// Each server's name; empty for a server that is alone.
    public var serverNames: [String]
    /// Each lightweight lock's wait event, by lock number.
    public var lockEvents: [WaitEvent]
    /// t = 0, the end of the warm-up.
    public var start: Instant
    /// The head of a server's reserved WAL at the moment of the call.
    public var insertHead: (Int) -> UInt64
    /// The standbys of all servers.
    public var standbys: [StandbyFacts]
    /// What a process waits for at the moment of the call, if it waits for standbys.
    public var awaitedStandby: (Int) -> AwaitedStandby?

    /// Everything spelled out.
    public init(
        release: PostgresRelease, processes: [BackendType], servers: [Int], serverNames: [String],
        lockEvents: [WaitEvent], start: Instant, insertHead: @escaping (Int) -> UInt64,
        standbys: [StandbyFacts] = [], awaitedStandby: @escaping (Int) -> AwaitedStandby? = { _ in nil }
    ) {
        self.release = release
        self.processes = processes
        self.servers = servers
        self.serverNames = serverNames
        self.lockEvents = lockEvents
        self.start = start
        self.insertHead = insertHead
        self.standbys = standbys
        self.awaitedStandby = awaitedStandby
    }
}

extension RunObserver {
    public func runBegins(_ facts: RunFacts) {}
    public func windowBegins(_ now: Instant) {}
    public func windowEnds(_ now: Instant) {}
    public func reported(_ event: WaitEvent, by process: Int, _ now: Instant) {}
    public func changed(to state: ActivityState, by process: Int, _ now: Instant) {}
    public func commitDelay(by process: Int, begins: Bool, _ now: Instant) {}
    public func lockAcquired(_ lock: Int, exclusive: Bool, by process: Int, _ now: Instant) {}
    public func lockReleased(_ lock: Int, by process: Int, _ now: Instant) {}
    public func lockWait(_ lock: Int, begins: Bool, by process: Int, _ now: Instant) {}
    public func recordInserted(by process: Int, _ now: Instant) {}
    public func written(upTo position: UInt64, by process: Int, _ now: Instant) {}
    public func flushed(upTo position: UInt64, by process: Int, _ now: Instant) {}
    public func committed(end: UInt64, by process: Int, _ now: Instant) {}
}
