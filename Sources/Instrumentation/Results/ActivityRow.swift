import SimTime
import WaitEvents

/// Time that processes of one type spent in one true state.
public struct ActivityRow: Sendable {
    /// The kind of process.
    public var backendType: BackendType
    /// What the processes truly did.
    public var state: ActivityState
    /// The time, clipped to the span and summed over processes.
    public var total: TotalTime

    /// Everything spelled out.
    public init(backendType: BackendType, state: ActivityState, total: TotalTime) {
        self.backendType = backendType
        self.state = state
        self.total = total
    }
}

/// The true state of a process, whatever event it shows.
public enum ActivityState: UInt8, CaseIterable, Sendable {
    /// On a core, at work.
    case running = 0
    /// It could run, but has no core.
    case ready = 1
    /// On a core, probing a spinlock that somebody else holds.
    case spinning = 2
    /// Asleep in a call that reports no wait event.
    case asleepWithoutEvent = 3
    /// Asleep in the wait event that it shows.
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
