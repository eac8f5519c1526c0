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
    /// The locks that the process holds exclusively and that somebody waits for: `awaitedCount` of at most
    /// `maximumAwaited`.
    let awaited: UnsafeMutablePointer<Int32>
    private(set) var awaitedCount = 0
    /// The lock that the process sleeps for; -1 for none.
    var awaitedLock = -1
    /// Nanoseconds per (event, state), `WaitEvent.count x ActivityState.count` cells.
    let cells: UnsafeMutablePointer<Int64>

    /// More than any process holds at once: every insertion lock and a few besides.
    static var maximumAwaited: Int { 256 }
    static var cellCount: Int { WaitEvent.count * ActivityState.count }

    init(_ type: BackendType, at now: Instant) {
        backendType = type
        since = now
        eventSince = now
        cells = .allocate(capacity: Self.cellCount)
        cells.initialize(repeating: 0, count: Self.cellCount)
        awaited = .allocate(capacity: Self.maximumAwaited)
    }

    func deallocate() {
        cells.deallocate()
        awaited.deallocate()
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
    mutating func lockIsAwaited(_ id: Int) {
        precondition(awaitedCount < Self.maximumAwaited, "a process holds too many locks")
        awaited[awaitedCount] = Int32(truncatingIfNeeded: id)
        awaitedCount &+= 1
    }

    /// Such a lock is not the process's any more, or nobody waits for it.
    mutating func lockIsFree(_ id: Int) {
        awaitedCount &-= 1
        // Nearly always the one that was added last.
        var index = awaitedCount
        while awaited[index] != Int32(truncatingIfNeeded: id) { index &-= 1 }
        awaited[index] = awaited[awaitedCount]
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
