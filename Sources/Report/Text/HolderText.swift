import Instrumentation

/// What a lock's holder did while others waited, in words.
enum HolderText {
    /// `holder in IO:WALSync`.
    static func phrase(_ activity: HolderActivity) -> String {
        switch activity {
        case .event(let event): "holder in \(event)"
        case .commitDelay: "holder asleep in commit_delay"
        case .waitingForInsertions: "holder waiting for insertions"
        case .asleepWithoutEvent: "holder asleep without event"
        case .ready: "holder ready, but off CPU"
        case .cpu: "holder on CPU"
        case .noHolder: "lock free, waiter not yet awake"
        }
    }

    /// What the waiters wait for: `sync` or `write` if the holder is in that I/O (15 and 16 spell it IO:WALSync, 17
    /// IO:WalSync), else `flush`.
    static func object(_ activity: HolderActivity) -> String {
        guard case .event(let event) = activity, event.type == .io else { return "flush" }
        return event.event.hasSuffix("Sync") ? "sync" : event.event.hasSuffix("Write") ? "write" : "flush"
    }
}
