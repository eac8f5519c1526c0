import Instrumentation
import Postgres
import SimTime
import Statistics
import WaitEvents

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The real machine as one server process sees it: a thread, the processor's atomics, the operating system's semaphores
/// and sleeps, files.
///
/// Its mutable state belongs to the process's thread until that has ended.
final class ThreadMachine: Machine {
    typealias Word = ThreadWord
    typealias Memory = ThreadMemory

    let number: ProcNumber
    let host: ThreadHost
    let fsync: Bool
    private var stream: RandomStream
    /// Nil for processes that serve no client.
    var client: ClosedLoopClient?
    /// What this process did, for the comparison with the files.
    var audit = ProcessAudit()

    init(_ number: ProcNumber, on host: ThreadHost, settings: Settings, seed: UInt64, client: ClosedLoopClient?) {
        self.number = number
        self.host = host
        self.client = client
        fsync = settings.fsync
        stream = RandomStream(seed: seed, name: "process \(number)")
    }

    // MARK: Time and CPU

    var now: Instant { host.clock.now }

    /// The processor does the work itself; only CPU that the scenario spells out may be burned.
    func spend(_ work: Work, _ amount: Int) {
        guard work == .explicit, host.burnsExplicitCPU else { return }
        let end = now + Nanoseconds(Int64(amount))
        while now < end {}
    }

    /// What a processor does is done: nothing can be owed.
    func accrue(_ work: Work, _ amount: Int) { spend(work, amount) }
    func settle() {}

    /// Gives the processor to the lock's holder, who with fewer cores than threads may be waiting for it.
    func spinPause() { sched_yield() }

    func sleep(_ span: Nanoseconds, _ reason: SleepReason) {
        let isCommitDelay = reason == .commitDelay
        asleep(beginsDelay: isCommitDelay) { host.clock.sleep(until: now + span) }
    }

    func random() -> Double { stream.uniform() }

    // MARK: Semaphores and latches

    func semaphoreWait() {
        audit.sleeps += 1
        asleep { host.semaphores[number].wait() }
    }

    func semaphorePost(_ process: ProcNumber) { host.semaphores[process].post() }

    func waitLatch(timeout: Nanoseconds) -> Bool {
        audit.sleeps += 1
        return asleep { host.latches[number].wait(timeout: timeout) }
    }

    func waitLatch() {
        while !waitLatch(timeout: .seconds(3_600)) {}
    }

    /// Nobody cancels a statement here.
    func takeInterrupt() -> Interrupt? { nil }
    func resetLatch() { host.latches[number].reset() }
    func setLatch(_ process: ProcNumber) { host.latches[process].set() }
    var shutdownRequested: Bool { host.shutdown.load() != 0 }

    // MARK: WAL buffers

    func initializeWALPage(slot: Int, pageAddress: XLogRecPtr) {
        host.buffers.initializePage(slot: slot, address: pageAddress)
    }

    func copyToWALBuffer(slot: Int, position: XLogRecPtr, record: XLogRecord, offset: Int, count: Int) {
        host.buffers.copy(record, offset: offset, count: count, slot: slot, position: position)
    }

    /// Runs a call that puts the thread to sleep, and says so. Whether the thread then waits for a processor before it
    /// runs again, nobody here can see: that time counts as asleep.
    func asleep<Result>(beginsDelay: Bool = false, _ call: () -> Result) -> Result {
        host.recorder.record { recorder, now in
            let isVisible = recorder.event(of: number) != .none
            recorder.setState(number, isVisible ? .waiting : .asleepWithoutEvent, now)
            if beginsDelay { recorder.setCommitDelay(number, true, now) }
        }
        let result = call()
        host.recorder.record { recorder, now in
            if beginsDelay { recorder.setCommitDelay(number, false, now) }
            recorder.setState(number, .running, now)
        }
        return result
    }
}
