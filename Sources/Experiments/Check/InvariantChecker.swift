import HostModel
import Postgres
import SimTime
import WaitEvents

/// Watches one exploring run and notes the first invariant that it breaks.
///
/// It keeps its own books of who holds what, which bytes are copied and what the device has, and compares the server's
/// shared memory with them at every point where a process may be overtaken.
final class InvariantChecker: RunProbe {
    /// What the checker knows of one process.
    struct Watched {
        var event = WaitEvent.none
        var held: [LockID] = []
        /// The lock whose release the process may still be busy with.
        var releasing: LockID?
        /// The lock in whose queue it sleeps, or slept until it runs again.
        var sleepsFor: LockID?
        /// The lock in whose queue it was seen last, until it has got the lock or given up.
        var queuedFor: LockID?
        /// The lock that it was woken for and will now try to take.
        var owesAttempt: LockID?
        /// The record that it copies: its start, and how far the copy has got.
        var copying: (start: XLogRecPtr, upTo: XLogRecPtr)?
        /// The end of its last synchronous commit that its client does not know of yet.
        var unacknowledged: XLogRecPtr?
    }

    unowned let cluster: SimulatedCluster
    let release: PostgresRelease
    var server: SimulatedServer { cluster.server }
    var xlog: XLogCtl<SimulatedMachine> { cluster.server.xlog }
    /// Stops the run where it is; called once something is broken.
    var halt: (() -> Void)?
    private(set) var broken: BrokenInvariant?

    var watched: [Watched]
    var sharers: [Int]
    var exclusiveHolder: [ProcNumber?]
    var copied: CopiedWAL
    var device: DeviceContents
    var pageInBuffer: [XLogRecPtr?]
    var last = Positions()
    var insertingAt: [InsertingAt]
    var counts = Counts()
    var checkpoint = WatchedCheckpoint()
    var replication = ReplicationBooks()
    /// For the queue rules: in which step a process was last seen in a queue.
    var seenInStep: [UInt64]
    private(set) var steps: UInt64 = 0

    init(_ cluster: SimulatedCluster) {
        self.cluster = cluster
        release = cluster.server.release
        let server = cluster.server
        watched = Array(repeating: Watched(), count: server.processCount)
        sharers = Array(repeating: 0, count: server.locks.count)
        exclusiveHolder = Array(repeating: nil, count: server.locks.count)
        copied = CopiedWAL(server.xlog.geometry, start: server.xlog.start)
        device = DeviceContents(segmentSize: server.xlog.geometry.segmentSize, start: server.xlog.start)
        pageInBuffer = Array(repeating: nil, count: server.xlog.bufferCount)
        insertingAt = Array(repeating: InsertingAt(), count: server.xlog.insertionLockCount)
        seenInStep = Array(repeating: 0, count: server.processCount)
    }

    // MARK: RunProbe

    /// More than any small run needs: a run that takes more will not end.
    private static let stepLimit: UInt64 = 5_000_000

    func stepped() {
        if broken != nil { halt?() }
        steps += 1
        if steps > Self.stepLimit { fail(.progress, "the run has not ended after \(steps) steps") }
        checkPositions()
        checkInsertionLocks()
        checkLocks()
    }

    func reported(_ event: WaitEvent, by process: ProcNumber) {
        countReport(event, by: process)
        // A releaser may sleep while it spins for the queue.
        let isSpinning = event == .timeoutSpinDelay || watched[process].event == .timeoutSpinDelay
        if !isSpinning { watched[process].releasing = nil }
        watched[process].event = event
        if event == .clientRead { checkIdle(process) }
    }

    func observed(_ observation: Observation, by process: ProcNumber) {
        watched[process].releasing = nil
        switch observation {
        case .lockAcquired(let lock, let exclusive): acquired(lock, exclusive: exclusive, by: process)
        case .lockReleased(let lock): released(lock, by: process)
        case .lockWaitStarted(let lock): waitStarted(lock, by: process)
        case .lockWaitDone(let lock): waitDone(lock, by: process)
        case .heavyweightWaitStarted, .heavyweightWaitDone, .heavyweightReleased: break
        case .recordInserted: watched[process].copying = nil
        case .walWritten: counts.walWritten += 1
        case .walSynced: counts.walSynced += 1
        case .walBufferEvicted: counts.evictions += 1
        case .flushed: counts.flushes += 1
        case .committed(let end, let synchronous): committed(end, synchronous, by: process)
        case .checkpoint(let what): observed(what)
        case .segment(let what): observed(what)
        default: replicated(observation, by: process)
        }
    }

    func panicked(_ message: String, by process: ProcNumber) {
        fail(.panic, "process \(process): \(message)")
        halt?()
    }

    // MARK: Failing

    /// Notes that something is broken and ends the run where it stands.
    func fail(_ invariant: Invariant, _ detail: String) {
        guard broken == nil else { return }
        broken = BrokenInvariant(
            invariant: invariant, detail: detail, instant: cluster.simulation.kernel.now, processes: processLines())
        halt?()
    }

    /// What each process shows and what it waits for.
    private func processLines() -> [String] {
        watched.indices.map { number in
            let type = server.processes.type(of: number)
            let name = type == .clientBackend ? "backend \(number)" : type.name
            let shown = watched[number].event.name(in: release)?.description ?? "no wait event"
            let held = watched[number].held.map { self.name(ofLock: $0) }
            let waits = watched[number].sleepsFor.map { ", sleeps for \(self.name(ofLock: $0))" } ?? ""
            return "\(name): \(shown)\(waits)\(held.isEmpty ? "" : ", holds \(held.joined(separator: ", "))")"
        }
    }

    func name(ofLock lock: LockID) -> String {
        let event = server.locks[lock].event.name(in: release)?.event ?? "lock"
        let siblings = server.locks.filter { $0.event == server.locks[lock].event }
        guard siblings.count > 1, let place = siblings.firstIndex(where: { $0.id == lock }) else { return event }
        return "\(event) \(place)"
    }
}
