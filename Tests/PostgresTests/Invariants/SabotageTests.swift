import Testing

@testable import Experiments
@testable import HostModel
@testable import Postgres

/// Servers that are broken on purpose: proof that the checker can fail.
@Suite struct SabotageTests {
    /// Breaks the server at every step of several schedules; the invariants that were found broken.
    private func broken(
        in scenarios: ClosedRange<UInt64> = 1...6, _ sabotage: @escaping (SimulatedCluster) -> Void
    ) -> Set<Invariant> {
        var found: Set<Invariant> = []
        for scenario in scenarios {
            var check = ScheduleCheck(ScheduleID(scenario: scenario, schedule: 1), of: nil)
            check.sabotage = sabotage
            if let broken = check.run().broken { found.insert(broken.invariant) }
        }
        return found
    }

    @Test("A lock that forgets that it has waiters is found")
    func forgottenWaiters() {
        let found = broken { cluster in
            for lock in cluster.server.locks { _ = lock.state.fetchAnd(~LWLockState.hasWaiters) }
        }
        #expect(found == [.queues])
    }

    @Test("A lock whose releases wake nobody any more is found")
    func lostWakeups() {
        let found = broken { cluster in
            for lock in cluster.server.locks { _ = lock.state.fetchAnd(~LWLockState.releaseOK) }
        }
        #expect(found.contains(.wakeups))
    }

    @Test("A wake-up that never arrives is found as a standstill, with the processes that wait")
    func standstill() throws {
        var check = ScheduleCheck(ScheduleID(scenario: 2, schedule: 1), of: nil)
        check.sabotage = { cluster in
            for number in 0..<cluster.server.processes.backends {
                cluster.instances[0].processes[number].waitsOnSemaphore = false
            }
        }
        let broken = try #require(check.run().broken)
        #expect(broken.invariant == .progress)
        #expect(broken.processes.contains { $0.contains("LWLock:") })
    }

    @Test("A flush position that runs ahead of the writes is found")
    func flushedTooFar() {
        let found = broken { $0.server.xlog.logFlushResult.store($0.server.xlog.insertHead) }
        #expect(!found.isEmpty)
        #expect(found.isSubset(of: [.positions]))
    }

    @Test("Positions that run ahead of the copies are found")
    func insertedTooFar() {
        let found = broken { $0.server.xlog.logInsertResult.store($0.server.xlog.insertHead) }
        #expect(found.contains(.finishedInsertions))
    }

    @Test("A device that forgets what it was given is found at the next acknowledgement")
    func lyingDevice() {
        var found: Set<Invariant> = []
        for scenario in 1...12 as ClosedRange<UInt64> {
            let check = ScheduleCheck(ScheduleID(scenario: scenario, schedule: 1), of: nil)
            let cluster = SimulatedCluster(check.spec)
            let checker = InvariantChecker(cluster)
            checker.committed(cluster.server.xlog.start, true, by: 0)
            #expect(checker.broken == nil)
            // Acknowledged, with nothing on the device.
            checker.watched[0].unacknowledged = cluster.server.xlog.start + 100
            checker.replied(0)
            if let broken = checker.broken { found.insert(broken.invariant) }
        }
        #expect(found == [.durability])
    }

    @Test("A position on a free insertion lock is found")
    func forgedInsertionPosition() {
        let found = broken { $0.server.xlog.insertionLocks.last!.insertingAt.store($0.server.xlog.start) }
        #expect(found.contains(.insertingAt))
    }

    @Test("A lock that says that it is held when nobody holds it is found")
    func forgedHolder() {
        let found = broken { _ = $0.server.xlog.walWriteLock.state.fetchOr(LWLockState.exclusive) }
        #expect(found == [.lockModes])
    }

    @Test("A server that finds its buffers overwritten panics, and the schedule is reported all the same")
    func panic() {
        var found: Set<Invariant> = []
        for scenario in 1...6 as ClosedRange<UInt64> {
            var check = ScheduleCheck(ScheduleID(scenario: scenario, schedule: 1), of: nil)
            check.sabotage = { cluster in
                for block in cluster.server.xlog.xlblocks { block.store(0) }
            }
            if let broken = check.run().broken { found.insert(broken.invariant) }
        }
        #expect(found.contains(.panic))
    }

    @Test("A surplus unit in a semaphore is found when its process is idle")
    func surplusPost() {
        let found = broken { $0.instances[0].processes[0].semaphore += 1 }
        #expect(found.contains(.semaphores))
    }

    @Test("A page that is initialised too far ahead is found")
    func initializedTooFar() {
        let found = broken { cluster in
            let xlog = cluster.server.xlog
            xlog.initializedUpTo.store(xlog.writtenUpTo + UInt64(xlog.bufferCount + 1) * WALFormat.pageSize)
        }
        #expect(found.contains(.buffers))
    }

    @Test("A commit that is acknowledged before its standby has confirmed it is found")
    func releasedTooEarly() {
        let found = broken(in: 1...24) { cluster in
            let (control, procs) = (cluster.server.walSndCtl, cluster.server.procGlobal.allProcs)
            for mode in SyncRepMode.allCases {
                for (process, _) in cluster.server.syncRepQueue(mode) {
                    control.queues[mode.rawValue].remove(process, procs)
                    procs[process].syncRepState.store(SyncRepState.complete.rawValue)
                    _ = cluster.instances[0].setLatch(process)
                }
            }
        }
        #expect(found == [.replication])
    }

    @Test("A walsender that takes a standby for further than it has said is found at its next reply")
    func believedTooMuch() {
        let found = broken(in: 1...16) { cluster in
            let head = cluster.server.xlog.insertHead
            for sender in cluster.server.walSndCtl.walSenders where sender.fields.unprotected.positions.flush != 0 {
                sender.fields.unprotected.positions = StandbyPositions(write: head, flush: head, apply: head)
            }
        }
        #expect(found == [.replication])
    }

    @Test("Books that do not agree with the recorder are found at the end")
    func wrongBooks() {
        let check = ScheduleCheck(ScheduleID(scenario: 3, schedule: 1), of: nil)
        let cluster = SimulatedCluster(check.spec)
        let checker = InvariantChecker(cluster)
        let start = cluster.recorder.beginSpan(.zero)
        checker.counts.syncs += 1
        checker.checkEnd(cluster.recorder.endSpan(start, named: "run", .zero))
        #expect(checker.broken?.invariant == .accounting)
    }

    @Test("A broken invariant is reported with its rule, the instant and every process")
    func report() throws {
        var check = ScheduleCheck(ScheduleID(scenario: 1, schedule: 1), of: nil)
        check.sabotage = { _ = $0.server.xlog.walWriteLock.state.fetchOr(LWLockState.exclusive) }
        let broken = try #require(check.run().broken)
        #expect(broken.description.contains("lock-modes is broken at 0."))
        #expect(broken.description.contains(broken.invariant.rule))
        let instance = check.spec.instances[0]
        #expect(broken.processes.count == instance.processes.count)
    }
}

/// The checker's own books, fed by hand.
@Suite struct BookTests {
    private let geometry = WALGeometry(segmentSize: 1 << 20)

    private func record(_ length: Int, at start: XLogRecPtr, after previous: XLogRecPtr = 0) -> XLogRecord {
        var record = XLogRecord(type: 1, length: length, xid: 3)
        record.start = start
        record.previous = previous
        return record
    }

    @Test("Copies that come out of order count once what lies before them is there")
    func outOfOrder() {
        let start: XLogRecPtr = 1 << 20
        var wal = CopiedWAL(geometry, start: start)
        let first = record(100, at: start + 40)
        let second = record(50, at: start + 40 + 104, after: first.start)
        #expect(wal.copied(second, offset: 0, count: 50, to: second.start) == nil)
        #expect(wal.finishedEnd == start)
        #expect(wal.copied(first, offset: 0, count: 60, to: first.start) == nil)
        #expect(!wal.isFinished(upTo: second.start))
        #expect(wal.copied(first, offset: 60, count: 40, to: first.start + 60) == nil)
        #expect(wal.finishedEnd == second.start + 56)
    }

    @Test("Overlapping copies, unaligned starts and broken chains are told")
    func problems() {
        let start: XLogRecPtr = 1 << 20
        var wal = CopiedWAL(geometry, start: start)
        let first = record(100, at: start + 40)
        #expect(wal.copied(first, offset: 0, count: 100, to: first.start) == nil)
        #expect(wal.copied(record(50, at: start + 96), offset: 0, count: 50, to: start + 96) != nil)
        #expect(wal.copied(record(50, at: start + 147), offset: 0, count: 50, to: start + 147) != nil)
        var broken = CopiedWAL(geometry, start: start)
        _ = broken.copied(first, offset: 0, count: 100, to: first.start)
        let next = record(50, at: start + 144, after: start + 48)
        #expect(broken.copied(next, offset: 0, count: 50, to: next.start) != nil)
    }

    @Test("The device has what was written before a sync began, segment by segment, and of a page only what was in it")
    func device() {
        let segment: UInt64 = 1 << 20
        var device = DeviceContents(segmentSize: segment, start: segment)
        #expect(device.durable == segment)
        device.writeBegan(segment..<segment + 8192, finished: segment + 500)
        device.writeEnded(durable: false)
        device.syncBegan(1)
        device.writeBegan(segment..<segment + 8192, finished: segment + 900)
        device.writeEnded(durable: false)
        device.syncEnded(1)
        #expect(device.durable == segment + 500)
        // The next segment counts only when this one is complete.
        device.writeBegan(2 * segment..<2 * segment + 8192, finished: 2 * segment + 100)
        device.writeEnded(durable: true)
        #expect(device.durable == segment + 500)
        device.writeBegan(segment..<2 * segment, finished: 2 * segment + 100)
        device.writeEnded(durable: true)
        #expect(device.durable == 2 * segment + 100)
    }
}
