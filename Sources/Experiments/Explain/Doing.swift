import Instrumentation
import WaitEvents

/// What a process does, as somebody who waits for it would want to know.
public enum Doing: Hashable, Sendable {
    /// On a core, holding the lock of this event; `none` if it holds none.
    case running(holding: WaitEvent)
    /// Wants a core and has none.
    case ready(holding: WaitEvent)
    /// Burns its core at a contended spinlock.
    case spinning
    /// In a wait event.
    case waiting(WaitEvent)
    /// Asleep in `commit_delay`, which no event shows.
    case commitDelay
    /// Asleep in a call that reports no event.
    case asleep
    /// No process at all: a standby that is stopped.
    case absent
    /// The lock has no exclusive holder: it is shared, or a woken waiter has not run yet.
    case nobody
    /// Nobody does anything for it: a message is on its way.
    case underWay
    /// Fewer standbys are connected than must confirm.
    case standbyMissing

    /// True if the process waits for its client or for work.
    var isIdle: Bool {
        if self == .absent { return true }
        guard case .waiting(let event) = self, let type = event.name(in: .v17)?.type else { return false }
        return type == .client || type == .activity
    }

    /// `LWLock:WALWrite`, `CPU, holding LWLock:WALInsert` ...
    public func text(in release: PostgresRelease) -> String {
        func name(_ event: WaitEvent) -> String { event.name(in: release)?.description ?? "unreported sleep" }
        func holding(_ event: WaitEvent) -> String { event == .none ? "" : ", holding \(name(event))" }
        return switch self {
        case .running(let lock): "CPU" + holding(lock)
        case .ready(let lock): "off CPU, ready" + holding(lock)
        case .spinning: "spinning"
        case .waiting(let event): name(event)
        case .commitDelay: "commit_delay"
        case .asleep: "asleep without event"
        case .absent: "absent"
        case .nobody: "lock free or shared"
        case .underWay: "a message on its way"
        case .standbyMissing: "too few standbys connected"
        }
    }
}

/// A process and what it does: one link of a blocking chain.
struct ChainLink: Hashable {
    let process: Int
    let doing: Doing
}

/// Process types and what they do, the waiter first, then who it waits for, and so on: a chain of any processes.
struct ChainKind: Hashable {
    struct Link: Hashable {
        /// Nil where there is no process.
        let type: BackendType?
        /// What it is called if there may be several of its type, as of walsenders and standbys.
        let name: String?
        let doing: Doing
    }
    let links: [Link]
}
