import SimTime
import WaitEvents

/// Attributes the time that sessions wait for each lock to what the lock's holder does meanwhile: the blocking chain
/// that PostgreSQL itself cannot show.
///
/// A lock is in its holder's list (`ProcessLedger.contended`) just while somebody waits for it.
struct LockAttribution {
    private struct Lock {
        let event: WaitEvent
        var waiters: Int32 = 0
        /// The exclusive holder's process number, or -1.
        var holder: Int32 = -1
        var since = Instant.zero
    }

    private let locks: UnsafeMutablePointer<Lock>
    private let count: Int
    /// Nanoseconds per (event, holder's state).
    private let cells: UnsafeMutablePointer<Int128>
    private static var cellCount: Int { WaitEvent.count * HolderState.count }

    /// - Parameter events: the wait event of each lock, by lock id.
    init(events: [WaitEvent]) {
        count = events.count
        locks = .allocate(capacity: max(count, 1))
        for (id, event) in events.enumerated() { (locks + id).initialize(to: Lock(event: event)) }
        cells = .allocate(capacity: Self.cellCount)
        cells.initialize(repeating: 0, count: Self.cellCount)
    }

    func deallocate() {
        locks.deallocate()
        cells.deallocate()
    }

    /// Adds the waiters' time since the last change to the holder's activity; for a lock that somebody waits for.
    // A call would have who begins or ends to wait keep registers for it.
    @inline(__always)
    private func settle(_ id: Int, _ now: Instant, _ ledgers: UnsafeMutablePointer<ProcessLedger>) {
        let lock = locks + id
        let holder = Int(lock.pointee.holder)
        let state = holder < 0 ? HolderState.noHolder : ledgers[holder].stateAsHolder
        let cell = Int(lock.pointee.event.rawValue) &* HolderState.count &+ state.index
        // A change told late does not take back what has been attributed meanwhile.
        let until = max(now, lock.pointee.since)
        cells[cell] &+= Int128(until.nanoseconds &- lock.pointee.since.nanoseconds) &* Int128(lock.pointee.waiters)
        lock.pointee.since = until
    }

    @inline(__always)
    func acquired(_ id: Int, by process: Int, _ now: Instant, _ ledgers: UnsafeMutablePointer<ProcessLedger>) {
        if locks[id].waiters > 0 { changeHolder(of: id, to: process, now, ledgers) }
        locks[id].holder = Int32(truncatingIfNeeded: process)
    }

    @inline(__always)
    func released(_ id: Int, by process: Int, _ now: Instant, _ ledgers: UnsafeMutablePointer<ProcessLedger>) {
        guard locks[id].holder == Int32(truncatingIfNeeded: process) else { return }
        if locks[id].waiters > 0 { changeHolder(of: id, to: -1, now, ledgers) }
        locks[id].holder = -1
    }

    /// A lock that somebody waits for is about to be taken or released.
    // Out of line: most locks are taken and released with nobody waiting.
    @inline(never)
    private func changeHolder(
        of id: Int, to process: Int, _ now: Instant, _ ledgers: UnsafeMutablePointer<ProcessLedger>
    ) {
        settle(id, now, ledgers)
        if locks[id].holder >= 0 { ledgers[Int(locks[id].holder)].removeContended(id) }
        if process >= 0 { ledgers[process].addContended(id) }
    }

    @inline(__always)
    func waiting(_ id: Int, _ change: Int32, _ now: Instant, _ ledgers: UnsafeMutablePointer<ProcessLedger>) {
        let lock = locks + id
        let wasContended = lock.pointee.waiters > 0
        if wasContended { settle(id, now, ledgers) } else { lock.pointee.since = now }
        lock.pointee.waiters &+= change
        guard lock.pointee.holder >= 0, wasContended != (lock.pointee.waiters > 0) else { return }
        if wasContended {
            ledgers[Int(lock.pointee.holder)].removeContended(id)
        } else {
            ledgers[Int(lock.pointee.holder)].addContended(id)
        }
    }

    /// The exclusive holder's process number; nil if there is none.
    func holder(of id: Int) -> Int? { locks[id].holder < 0 ? nil : Int(locks[id].holder) }

    /// To be called before the activity of a process changes that has a lock that somebody waits for.
    @inline(never)
    func holderChanges(_ process: Int, _ now: Instant, _ ledgers: UnsafeMutablePointer<ProcessLedger>) {
        for index in 0..<ledgers[process].contendedCount {
            settle(Int(ledgers[process].contended[index]), now, ledgers)
        }
    }

    /// Moves what was collected so far out and starts again.
    func drain(_ now: Instant, _ ledgers: UnsafeMutablePointer<ProcessLedger>) -> [Int128] {
        for id in 0..<count where locks[id].waiters > 0 { settle(id, now, ledgers) }
        let result = Array(UnsafeBufferPointer(start: cells, count: Self.cellCount))
        cells.update(repeating: 0, count: Self.cellCount)
        return result
    }

    /// Turns collected cells into rows, the largest first within each event.
    static func rows(_ cells: [Int128], _ release: PostgresRelease) -> [AttributionRow] {
        var rows: [AttributionRow] = []
        for event in WaitEvent.allCases {
            guard let name = event.name(in: release) else { continue }
            let base = Int(event.rawValue) * HolderState.count
            let found = (0..<HolderState.count).filter { cells[base + $0] > 0 }
            for index in found.sorted(by: { (cells[base + $0], $1) > (cells[base + $1], $0) }) {
                rows.append(
                    AttributionRow(
                        event: name, holderActivity: HolderState(index: index).activity(in: release),
                        total: TotalTime(cells[base + index])))
            }
        }
        return rows
    }
}
