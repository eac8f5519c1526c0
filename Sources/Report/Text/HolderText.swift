/// What a lock's holder did while others waited, in words.
enum HolderText {
    /// `holder in IO:WALSync`.
    static func phrase(_ activity: String) -> String {
        switch activity {
        case "commit_delay": "holder asleep in commit_delay"
        case "waiting for insertions": "holder waiting for insertions"
        case "ready": "holder ready, but off CPU"
        case "cpu": "holder on CPU"
        case "no holder": "lock free, waiter not yet awake"
        default: "holder in \(activity)"
        }
    }

    /// What the waiters wait for: `sync` or `write` if the holder is in that I/O (15 and 16 spell it IO:WALSync, 17
    /// IO:WalSync), else `flush`.
    static func object(_ activity: String) -> String {
        guard activity.hasPrefix("IO:") else { return "flush" }
        return activity.hasSuffix("Sync") ? "sync" : activity.hasSuffix("Write") ? "write" : "flush"
    }
}
