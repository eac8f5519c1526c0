import SimTime

/// What must hold at every instant of every schedule.
public enum Invariant: String, CaseIterable, Sendable {
    case positions
    case reservation
    case finishedInsertions = "finished-insertions"
    case insertingAt = "inserting-at"
    case buffers
    case durability
    case replication
    case lockModes = "lock-modes"
    case lockOrder = "lock-order"
    case queues
    case wakeups = "wake-ups"
    case semaphores
    case checkpoints
    case dataPages = "data-pages"
    case segments
    case progress
    case panic
    case accounting
    case time
    case determinism

    /// The rule in a sentence.
    public var rule: String {
        switch self {
        case .positions: "flushed <= written <= inserted <= reserved, none goes back, and no process knows more"
        case .reservation: "records lie side by side in the order of their reservation, each naming the one before"
        case .finishedInsertions: "nothing counts as inserted before every byte up to it is copied"
        case .insertingAt: "an insertion lock's position only grows while held, is true, and is 0 when free"
        case .buffers: "a WAL buffer is reused only when its page is written, and holds the page that is written out"
        case .durability: "a synchronous commit is acknowledged only when the device has it"
        case .replication:
            "only durable WAL is sent, in order, and a wait for standbys ends when as many as must have it have said so"
        case .lockModes: "a lock has one exclusive holder or any number of sharers, and releases match acquisitions"
        case .lockOrder: "nobody sleeps for a lock while holding one that the holder may need"
        case .queues: "a process waits in one queue at most, those who wait for a free lock ahead of all others"
        case .wakeups: "a free lock with a sleeper in its queue has somebody who will wake it"
        case .semaphores: "a process that waits for nothing has no wake-up left over"
        case .checkpoints: "the redo point never goes back, and a checkpoint pauses when it is ahead of time and WAL"
        case .dataPages: "a data page is written only when the device has the WAL of its last change"
        case .segments: "segments that recovery needs are kept, and one that is full is flushed"
        case .progress: "every wait ends"
        case .panic: "the server never finds that it cannot go on"
        case .accounting: "calls, wait events and counters of writes, syncs and commits agree"
        case .time: "each process's time is in exactly one wait event, or in none"
        case .determinism: "the same seeds give the same run"
        }
    }
}

/// An invariant that a run broke.
public struct BrokenInvariant: Error, Sendable, Equatable {
    /// Which one.
    public let invariant: Invariant
    /// What was seen.
    public let detail: String
    /// When, in virtual time since the start of the run.
    public let instant: Instant
    /// What each server process was doing, a line each.
    public let processes: [String]
}

extension BrokenInvariant: CustomStringConvertible {
    /// The invariant, what was seen, the rule, and what each process was doing.
    public var description: String {
        let headline = "\(invariant.rawValue) is broken at \(instant): \(detail)"
        return ([headline, "  the rule: \(invariant.rule)"] + processes.map { "  \($0)" }).joined(separator: "\n")
    }
}
