import SimTime
import WaitEvents

/// Time that sessions spent waiting in `event` while the lock's holder was doing `holderActivity`.
public struct AttributionRow: Sendable {
    /// The lock's wait event.
    public var event: WaitEventName
    /// What the holder was doing.
    public var holderActivity: HolderActivity
    /// The time, clipped to the span and summed over processes.
    public var total: TotalTime

    /// Everything spelled out.
    public init(event: WaitEventName, holderActivity: HolderActivity, total: TotalTime) {
        self.event = event
        self.holderActivity = holderActivity
        self.total = total
    }
}

/// What a lock's holder did while others waited for the lock.
public enum HolderActivity: Hashable, Sendable {
    /// It was in a wait event.
    case event(WaitEventName)
    /// It slept in `commit_delay`, which no event shows.
    case commitDelay
    /// It was about to flush, and waited for others to finish their insertions.
    case waitingForInsertions
    /// It slept in a call that its release does not report.
    case asleepWithoutEvent
    /// It could have run, but had no core.
    case ready
    /// It ran, or spun.
    case cpu
    /// The lock was free, as a woken waiter had not run yet, or held by sharers.
    case noHolder

    /// The name in results.
    public var name: String {
        switch self {
        case .event(let event): event.description
        case .commitDelay: "commit_delay"
        case .waitingForInsertions: "waiting for insertions"
        case .asleepWithoutEvent: "asleep without event"
        case .ready: "ready"
        case .cpu: "cpu"
        case .noHolder: "no holder"
        }
    }
}
