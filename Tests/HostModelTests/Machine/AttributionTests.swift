import Instrumentation
import SimTime
import Testing
import WaitEvents

/// To what the recorder puts down the time that sessions wait for a lock.
@Suite("Who waits for whom")
struct AttributionTests {
    private static let holder = 0
    private let recorder = Recorder(
        release: .v16, processes: [.clientBackend, .clientBackend, .clientBackend], lockEvents: [.lwLockWALWrite],
        recordTypes: [])

    /// What the holder does from the instant on, in microseconds.
    private func holder(at instant: Int64, _ state: ActivityState, _ event: WaitEvent = .none) {
        recorder.report(Self.holder, event, .us(instant))
        recorder.setState(Self.holder, state, .us(instant))
    }

    @Test("A waiter's time goes to what the holder does meanwhile, that of a lock which is free to nobody")
    func holderActivities() {
        let start = recorder.beginSpan(.zero)
        holder(at: 0, .running)
        recorder.lockAcquired(0, by: Self.holder, .us(5))
        recorder.lockWait(0, by: 1, begins: true, .us(10))
        holder(at: 11, .ready)
        holder(at: 13, .asleepWithoutEvent)
        recorder.setCommitDelay(Self.holder, true, .us(13))
        // Its delay is over as soon as it could run: what it lacks then is a core.
        holder(at: 17, .ready)
        recorder.setCommitDelay(Self.holder, false, .us(25))
        holder(at: 25, .waiting, .lwLockWALInsert)
        holder(at: 41, .running, .ioWALWrite)
        holder(at: 73, .waiting, .ioWALSync)
        // Each waiter counts.
        recorder.lockWait(0, by: 2, begins: true, .us(105))
        recorder.lockReleased(0, by: Self.holder, .us(137))
        recorder.lockWait(0, by: 1, begins: false, .us(265))
        recorder.lockWait(0, by: 2, begins: false, .us(265))
        holder(at: 265, .spinning)
        let rows = recorder.endSpan(start, named: "all", .us(300)).attribution
        let found = rows.map { "\($0.holderActivity.name) \(Int64($0.total.microseconds))" }
        #expect(
            Set(found) == [
                "cpu 1", "ready 10", "commit_delay 4", "waiting for insertions 16", "IO:WALWrite 32",
                "IO:WALSync 96", "no holder 256",
            ], "\(found)")
        #expect(rows.allSatisfy { $0.event.description == "LWLock:WALWrite" })
    }

    @Test("What a lock's holder does while nobody waits for it counts for nothing")
    func nobodyWaits() {
        let start = recorder.beginSpan(.zero)
        recorder.lockAcquired(0, by: Self.holder, .us(5))
        holder(at: 10, .waiting, .ioWALSync)
        recorder.lockReleased(0, by: Self.holder, .us(20))
        #expect(recorder.endSpan(start, named: "all", .us(30)).attribution.isEmpty)
    }
}

extension Instant {
    fileprivate static func us(_ count: Int64) -> Instant { .zero + .microseconds(count) }
}
