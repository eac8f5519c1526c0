import Instrumentation
import SimTime
import WaitEvents

/// Follows blocking chains through a run: for every nanosecond of every process, what it does, and while it waits for a
/// lock what the lock's holder does, and whom that one waits for in turn.
///
/// Used by one run's thread at a time, and by its owner after the run: hence the unchecked conformance.
public final class ChainObserver: RunObserver, @unchecked Sendable {
    /// A process as it stands.
    struct Process {
        let type: BackendType
        var event = WaitEvent.none
        var state = ActivityState.waiting
        var isInCommitDelay = false
        /// Locks held exclusively, in the order of taking them.
        var held: [Int] = []
        var awaited: Int?
        /// Until when it is accounted.
        var since = Instant.zero
        var path = PathRecorder()
    }

    struct Lock {
        let event: WaitEvent
        var holder: Int?
        var waiters: [Int] = []
    }

    private(set) var facts: RunFacts!
    private(set) var standbyWaits = StandbyWaits()
    private(set) var processes: [Process] = []
    private(set) var locks: [Lock] = []
    private var totals: [ChainKind: TotalTime] = [:]
    private(set) var slowest: RecordedPath?
    private var isMeasuring = false
    /// The measured span.
    private(set) var span = Nanoseconds.zero
    private var began = Instant.zero

    /// Chains longer than this end there; a cycle would be a deadlock.
    private static let longestChain = 8

    /// An observer for one run.
    public init() {}

    /// Chains with the time that processes spent in each.
    var chains: [ChainKind: TotalTime] { totals }

    // MARK: The run

    public func runBegins(_ facts: RunFacts) {
        self.facts = facts
        processes = facts.processes.map { Process(type: $0) }
        locks = facts.lockEvents.map { Lock(event: $0) }
        standbyWaits = StandbyWaits(facts)
    }

    public func windowBegins(_ now: Instant) {
        for number in processes.indices { settle(number, now) }
        totals = [:]
        began = now
        isMeasuring = true
    }

    public func windowEnds(_ now: Instant) {
        for number in processes.indices { settle(number, now) }
        span = now - began
        isMeasuring = false
    }

    public func reported(_ event: WaitEvent, by process: Int, _ now: Instant) {
        touch(process, now)
        let wasIdle = processes[process].event == .clientRead
        processes[process].event = event
        if event == .ipcSyncRep { standbyWaits.look(at: process) } else { standbyWaits.ended(process) }
        if wasIdle, event == .none { processes[process].path.received(now) }
        guard event == .clientRead else { return }
        let path = processes[process].path.replied(now)
        if isMeasuring, let path, path.began >= began, path.length > slowest?.length ?? .zero {
            slowest = RecordedPath(process: process, began: path.began, length: path.length, steps: path.steps)
        }
    }

    public func changed(to state: ActivityState, by process: Int, _ now: Instant) {
        touch(process, now)
        processes[process].state = state
    }

    public func commitDelay(by process: Int, begins: Bool, _ now: Instant) {
        touch(process, now)
        processes[process].isInCommitDelay = begins
    }

    public func committed(end: UInt64, by process: Int, _ now: Instant) { processes[process].path.hasCommitted = true }

    // MARK: Locks

    public func lockAcquired(_ lock: Int, exclusive: Bool, by process: Int, _ now: Instant) {
        guard exclusive, locks[lock].holder != process else { return }
        touch(process, now)
        touchWaiters(lock, now)
        if let former = locks[lock].holder { processes[former].held.removeAll { $0 == lock } }
        locks[lock].holder = process
        processes[process].held.append(lock)
    }

    public func lockReleased(_ lock: Int, by process: Int, _ now: Instant) {
        guard locks[lock].holder == process else { return }
        touch(process, now)
        touchWaiters(lock, now)
        locks[lock].holder = nil
        if let index = processes[process].held.lastIndex(of: lock) { processes[process].held.remove(at: index) }
    }

    public func lockWait(_ lock: Int, begins: Bool, by process: Int, _ now: Instant) {
        touch(process, now)
        processes[process].awaited = begins ? lock : nil
        if begins {
            locks[lock].waiters.append(process)
        } else if let index = locks[lock].waiters.firstIndex(of: process) {
            locks[lock].waiters.remove(at: index)
        }
    }

    // MARK: Accounting

    /// Accounts a process and all that wait for it, directly or not, before it changes.
    private func touch(_ number: Int, _ now: Instant) {
        guard processes[number].since < now else { return }
        settle(number, now)
        for lock in processes[number].held { touchWaiters(lock, now) }
        for waiter in standbyWaits.waiters(on: number) {
            touch(waiter, now)
            standbyWaits.look(at: waiter)
        }
    }

    private func touchWaiters(_ lock: Int, _ now: Instant) {
        for waiter in locks[lock].waiters { touch(waiter, now) }
    }

    private func settle(_ number: Int, _ now: Instant) {
        let since = processes[number].since
        guard now > since else { return }
        processes[number].since = now
        let first = doing(number)
        let links = first.isIdle ? [ChainLink(process: number, doing: first)] : chain(number)
        processes[number].path.add(links, since, now)
        guard isMeasuring, !first.isIdle else { return }
        let kind = ChainKind(
            links: links.map { link in
                ChainKind.Link(
                    type: link.process < 0 ? nil : processes[link.process].type,
                    name: standbyWaits.names[link.process], doing: link.doing)
            })
        totals[kind, default: .zero] += now - since
    }

    private func doing(_ number: Int) -> Doing {
        let process = processes[number]
        let held = process.held.last.map { locks[$0].event } ?? .none
        if process.isInCommitDelay, process.state != .ready { return .commitDelay }
        switch process.state {
        // It has been woken, and still shows what it waited for.
        case .running: return process.event == .none ? .running(holding: held) : .waiting(process.event)
        case .ready: return .ready(holding: held)
        case .spinning: return .spinning
        case .asleepWithoutEvent: return .asleep
        case .absent: return .absent
        case .waiting: return process.event == .none ? .asleep : .waiting(process.event)
        }
    }

    private func chain(_ number: Int) -> [ChainLink] {
        var links = [ChainLink(process: number, doing: doing(number))]
        while links.count < Self.longestChain, let last = links.last, last.process >= 0 {
            if let awaited = processes[last.process].awaited {
                guard let holder = locks[awaited].holder, !links.contains(where: { $0.process == holder }) else {
                    links.append(ChainLink(process: -1, doing: .nobody))
                    break
                }
                links.append(ChainLink(process: holder, doing: doing(holder)))
            } else if last.doing == .waiting(.ipcSyncRep), standbyWaits.isWaiting(last.process) {
                addStandby(of: last.process, to: &links)
            } else {
                break
            }
        }
        return links
    }

    /// The walsender and the processes of the standby that a process waits for: one that is idle waits for the next.
    private func addStandby(of waiter: Int, to links: inout [ChainLink]) {
        guard let helpers = standbyWaits.helpers(of: waiter) else {
            links.append(ChainLink(process: -1, doing: .standbyMissing))
            return
        }
        for helper in helpers {
            let doing = doing(helper)
            links.append(ChainLink(process: helper, doing: doing))
            guard doing.isIdle else { return }
        }
        links.append(ChainLink(process: -1, doing: .underWay))
    }
}
