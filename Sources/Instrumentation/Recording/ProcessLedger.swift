import SimTime
import WaitEvents

/// Accounts every nanosecond of one process exactly once, in two ways at a time: the wait event that it shows, and
/// its true state.
///
/// Both change independently (a woken process still shows its event until it runs), so that the time is kept in one
/// cell for each pair.
struct ProcessLedger {
    let backendType: BackendType
    var event = WaitEvent.none
    var state = ActivityState.waiting
    /// Whether the process sleeps in `commit_delay`, which no event shows.
    var isInCommitDelay = false
    /// Since when the pair has been as it is.
    var since: Instant
    /// When the event was set.
    var eventSince: Instant
    /// The locks that the process holds exclusively and that somebody waits for: `contendedCount` of at most
    /// `maximumContended`.
    let contended: UnsafeMutablePointer<Int32>
    private(set) var contendedCount = 0
    /// The lock that the process sleeps for; -1 for none.
    var awaitedLock = -1
    /// Nanoseconds per (event, state), `WaitEvent.count x ActivityState.count` cells.
    let cells: UnsafeMutablePointer<Int64>

    /// More than any process holds at once: every insertion lock and a few besides.
    static var maximumContended: Int { 256 }
    static var cellCount: Int { WaitEvent.count * ActivityState.count }

    init(_ type: BackendType, at now: Instant) {
        backendType = type
        since = now
        eventSince = now
        cells = .allocate(capacity: Self.cellCount)
        cells.initialize(repeating: 0, count: Self.cellCount)
        contended = .allocate(capacity: Self.maximumContended)
    }

    func deallocate() {
        cells.deallocate()
        contended.deallocate()
    }

    /// Adds the time since the last change to its cell.
    ///
    /// A change may be told late; what has been accounted meanwhile, at the end of a span, then stays as it is.
    @inline(__always)
    mutating func settle(_ instant: Instant) {
        let until = max(instant.nanoseconds, since.nanoseconds)
        let cell = Int(event.rawValue) &* ActivityState.count &+ Int(state.rawValue)
        cells[cell] &+= until &- since.nanoseconds
        since = Instant(nanoseconds: until)
    }

    /// The true state changes.
    @inline(__always)
    mutating func change(to new: ActivityState, _ now: Instant) {
        settle(now)
        state = new
    }

    /// Somebody waits for a lock that the process holds.
    mutating func addContended(_ id: Int) {
        precondition(contendedCount < Self.maximumContended, "a process holds too many locks")
        contended[contendedCount] = Int32(truncatingIfNeeded: id)
        contendedCount &+= 1
    }

    /// Such a lock is not the process's any more, or nobody waits for it.
    mutating func removeContended(_ id: Int) {
        contendedCount &-= 1
        // Nearly always the one that was added last.
        var index = contendedCount
        while contended[index] != Int32(truncatingIfNeeded: id) { index &-= 1 }
        contended[index] = contended[contendedCount]
    }

    /// What somebody who waits for this process's lock would say it is doing.
    @inline(__always)
    var stateAsHolder: HolderState {
        if isInCommitDelay && state != .ready { return .commitDelay }
        switch state {
        case .ready: return .ready
        case .running, .spinning, .asleepWithoutEvent: return event == .none ? .cpu : .event(event)
        case .waiting, .absent: return .event(event)
        }
    }
}
