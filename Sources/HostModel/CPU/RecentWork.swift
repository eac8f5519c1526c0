import Postgres
import SimTime

/// When a core last did each kind of work, and so what of that work's code and data its caches still hold.
///
/// A kind of work that a core has not done for long is several times as dear as it is right after somebody else did it
/// there: of the backends that a flush wakes on one core the first pays for the others. Scheduler traces of a real
/// server (PostgreSQL 15, 4 clients, syncs of 2 ms) show it: from going on to its reply a follower takes 13 us on the
/// core of its leader, and 55 to 67 us on the other.
struct RecentWork {
    /// Longer work goes over the same code again: no more than this of it is dearer, in nanoseconds.
    private static var longestFetch: Double { 4_000 }
    private let lastDone: UnsafeMutablePointer<Instant>
    /// How many times its cost work adds if it was last done very long ago; drawn anew whenever the core leaves the
    /// idle state.
    var factor = 0.0

    init() {
        lastDone = .allocate(capacity: Work.count)
        lastDone.initialize(repeating: .zero, count: Work.count)
    }

    func deallocate() { lastDone.deallocate() }

    /// Notes that some work is done now, and says for how long it was not.
    func note(_ work: Work, at now: Instant) -> Nanoseconds {
        let last = lastDone + work.rawValue
        defer { last.pointee = now }
        return now - last.pointee
    }

    /// What of a cost may be dearer.
    static func fetched(_ cost: Nanoseconds) -> Double { min(Double(cost.count), longestFetch) }
}
