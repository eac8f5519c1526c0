import DiscreteEvent
import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// A PostgreSQL server on the simulated machine: the one place where the algorithms are instantiated for it.
public typealias SimulatedServer = Server<SimulatedMachine>
/// A process of such a server.
public typealias SimulatedProcess = ServerProcess<SimulatedMachine>

/// The simulated machine as one server process sees it.
///
/// A trivial value of one word: it is copied and called millions of times a second, so that it must cost no reference
/// counting. The instance outlives it, as the cluster's simulation runs all processes to their end.
public struct SimulatedMachine: Machine {
    private let context: UnsafePointer<MachineContext>

    /// - Parameter context: stays valid as long as this value is used.
    init(_ context: UnsafePointer<MachineContext>) { self.context = context }

    private var kernel: Kernel { context.pointee.kernel }
    private var costs: FlatCosts { context.pointee.costs }
    private var scheduled: UnsafeMutablePointer<CPUProcess> { context.pointee.scheduled }
    var process: UnsafeMutablePointer<HostProcess> { context.pointee.process }
    /// The process's number in its server, in the CPU model and in the recorder.
    var number: Int32 { context.pointee.number }
    var cpuNumber: Int32 { context.pointee.cpuNumber }
    var recorded: Int { Int(context.pointee.recordedNumber) }
    /// The recorder's number of the server's first lock.
    var lockBase: Int32 { context.pointee.lockBase }
    var isExploring: Bool { context.pointee.isExploring }
    private var hasUnusualCosts: Bool { context.pointee.hasUnusualCosts }
    private var isTold: Bool { context.pointee.isTold }
    var isStandby: Bool { context.pointee.isStandby }

    var instance: Instance { context.pointee.instance._withUnsafeGuaranteedRef { $0 } }
    var host: Host { instance.host }

    var probe: (any RunProbe)? { instance.probe }
    var observer: (any RunObserver)? { host.recorder.observer }

    public typealias Word = SimulatedWord
    public typealias Memory = SimulatedMemory

    // MARK: Time and CPU

    public var now: Instant { kernel.now }

    @inline(__always)
    public func spend(_ work: Work, _ amount: Int) {
        if hasUnusualCosts { return spendUnusual(work, amount) }
        pay(costs.cost(work, amount))
    }

    @inline(never)
    private func spendUnusual(_ work: Work, _ amount: Int) {
        pay(unusualCost(work, amount))
        if isExploring { explore() }
    }

    private func unusualCost(_ work: Work, _ amount: Int) -> Nanoseconds {
        let cost = costs.cost(work, amount)
        return context.pointee.cpu._withUnsafeGuaranteedRef { $0.refetched(cpuNumber, work, cost) }
    }

    /// Spends CPU together with what is owed.
    @inline(__always)
    private func pay(_ cost: Nanoseconds) {
        let debt = process.pointee.debt
        process.pointee.debt = .zero
        context.pointee.cpu._withUnsafeGuaranteedRef { $0.run(scheduled, cost + debt) }
    }

    // Out of line: a settling that has nothing to do is the usual one.
    @inline(never)
    private func payDebt() { pay(.zero) }

    @inline(__always)
    public func accrue(_ work: Work, _ amount: Int) {
        if hasUnusualCosts { return accrueUnusual(work, amount) }
        process.pointee.debt += costs.cost(work, amount)
    }

    @inline(never)
    private func accrueUnusual(_ work: Work, _ amount: Int) {
        if isExploring { return spendUnusual(work, amount) }
        process.pointee.debt += unusualCost(work, amount)
    }

    @inline(__always)
    public func settle() {
        if isExploring { return explore() }
        if process.pointee.debt > .zero { payDebt() }
    }

    public func spinPause() {
        context.pointee.recorder._withUnsafeGuaranteedRef { $0.setState(recorded, .spinning, now) }
        spend(.spinProbe, 0)
        context.pointee.recorder._withUnsafeGuaranteedRef { $0.setState(recorded, .running, now) }
    }

    public func sleep(_ span: Nanoseconds, _ reason: SleepReason) {
        settle()
        if reason == .commitDelay { host.recorder.setCommitDelay(recorded, true, now) }
        let isReported = host.recorder.event(of: recorded) != .none
        host.cpu.block(
            cpuNumber, as: isReported ? .waiting : .asleepWithoutEvent, until: now + span + host.cpu.spec.timerSlack)
        if reason == .commitDelay { host.recorder.setCommitDelay(recorded, false, now) }
    }

    public func random() -> Double { process.pointee.random.uniform() }

    // MARK: Semaphores and latches

    public func semaphoreWait() {
        settle()
        if process.pointee.takeSemaphore() { return }
        spend(.sleep, 0)
        // Posted while it was on its way to sleep.
        if process.pointee.takeSemaphore() { return }
        process.pointee.waitsOnSemaphore = true
        context.pointee.cpu._withUnsafeGuaranteedRef { $0.block(cpuNumber, as: .waiting) }
    }

    public func semaphorePost(_ other: ProcNumber) {
        settle()
        let target = process + (other - Int(number))
        guard target.pointee.waitsOnSemaphore else {
            target.pointee.semaphore += 1
            spend(.wakeRunning, 0)
            return
        }
        target.pointee.waitsOnSemaphore = false
        let kick = context.pointee.cpu._withUnsafeGuaranteedRef {
            $0.makeReady(cpuNumber + Int32(other) - number, by: cpuNumber)
        }
        if kick > .zero { payForKick(kick) }
        spend(.wake, 0)
    }

    @inline(never)
    private func payForKick(_ cost: Nanoseconds) { pay(cost) }

    public func waitLatch(timeout: Nanoseconds) -> Bool {
        settle()
        if process.pointee.latchIsSet { return true }
        spend(.sleep, 0)
        if process.pointee.latchIsSet { return true }
        process.pointee.waitsOnLatch = true
        host.cpu.block(cpuNumber, as: .waiting, alarm: now + timeout)
        process.pointee.waitsOnLatch = false
        return process.pointee.latchIsSet
    }

    public func waitLatch() {
        settle()
        if process.pointee.latchIsSet { return }
        spend(.sleep, 0)
        if process.pointee.latchIsSet { return }
        process.pointee.waitsOnLatch = true
        context.pointee.cpu._withUnsafeGuaranteedRef { $0.block(cpuNumber, as: .waiting) }
    }

    public func takeInterrupt() -> Interrupt? {
        guard let interrupt = process.pointee.interrupt else { return nil }
        process.pointee.interrupt = nil
        return interrupt
    }

    public func resetLatch() { process.pointee.latchIsSet = false }

    public func setLatch(_ other: ProcNumber) {
        settle()
        let wasSet = instance.processes[other].latchIsSet
        let kick = instance.setLatch(other, by: cpuNumber)
        if let kick, kick > .zero { payForKick(kick) }
        // A latch that is set already is left alone; any other one's process gets a signal, asleep or not.
        if !wasSet && instance.server.setsLatchesBySignal { accrue(.latchKill, 0) }
        spend(kick != nil ? .wake : .wakeRunning, 0)
    }

    public func addToEventSet() { changeEventSet(.eventSetAdd) }
    public func closeEventSet() { changeEventSet(.eventSetClose) }

    private func changeEventSet(_ work: Work) {
        spend(work, 0)
        instance.system.eventSetMutex?.withLock(cpuNumber)
    }

    public var shutdownRequested: Bool { instance.shutdownRequested }

    // MARK: WAL buffers

    // The simulated WAL is positions and lengths: its bytes are the threads machine's business.
    public func initializeWALPage(slot: Int, pageAddress: XLogRecPtr) {
        if isExploring { probe?.initialized(slot: slot, pageAddress: pageAddress) }
    }

    public func copyToWALBuffer(slot: Int, position: XLogRecPtr, record: XLogRecord, offset: Int, count: Int) {
        if isExploring { tellCopied(position: position, record: record, offset: offset, count: count) }
    }

    /// Sleeps until the device is done; nothing cuts this short. A device that answers at once costs no sleep.
    func awaitDevice(_ done: Instant) {
        if done > now { host.cpu.block(cpuNumber, as: .waiting, until: done) }
    }

    // MARK: The client

    public func receive() -> ClientMessage {
        settle()
        return context.pointee.clients._withUnsafeGuaranteedRef { $0.receive(process: Int(number)) }
    }

    public func reply() {
        settle()
        if isExploring { tellReplied() }
        context.pointee.clients._withUnsafeGuaranteedRef { $0.reply(process: Int(number)) }
    }

    // MARK: Reporting

    // Told first what is rarely told: on the usual way nothing has to be kept for it.
    @inline(__always)
    public func report(_ event: WaitEvent) {
        if isTold { return reportAndTell(event) }
        record(event)
    }

    @inline(__always)
    func record(_ event: WaitEvent) {
        context.pointee.recorder._withUnsafeGuaranteedRef { $0.report(recorded, event, now) }
    }

    @inline(__always)
    public func observe(_ observation: Observation) {
        if isTold { return recordAndTell(observation) }
        record(observation)
    }

    @inline(__always)
    func record(_ observation: Observation) {
        context.pointee.recorder._withUnsafeGuaranteedRef { record(observation, $0) }
    }

    /// In an exploring run the probe reports it, and does not return.
    public func panic(_ message: String) -> Never {
        probe?.panicked(message, by: Int(number))
        fatalError("PANIC: \(message)")
    }
}
