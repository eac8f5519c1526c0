import DiscreteEvent
import Instrumentation
import SimTime
import Statistics

/// The cores of a host and the processes on them.
///
/// A process that spends CPU holds its core for that long; one that blocks gives it up; one that is made ready goes to
/// its last core if that idles, else to any idle core, else into its last core's queue. What the model adds to the pure
/// work (see `CPUSpec`): leaving the idle state, a cold core, a process's own caches, the switch itself, a busy
/// sibling, and jitter on the penalties, without which cycles of processes lock in phase.
final class CPU {
    let kernel: Kernel
    let spec: CPUSpec
    let coreCount: Int
    let cores: UnsafeMutablePointer<Core>
    let processes: UnsafeMutablePointer<CPUProcess>
    let entities: UnsafeMutablePointer<SchedulingEntity>
    private let capacity: Int
    private(set) var processCount = 0
    private var busyCores = 0
    private var jitterStream: RandomStream
    private var stealStream: RandomStream
    private let jitterShape: Distribution
    private let exponential = ExponentialTable()
    /// One over the warming time, per nanosecond.
    private let warmingRate: Double
    /// Where the true states of the server's processes go.
    private let recorder: Recorder

    init(
        _ spec: CPUSpec, cores count: Int, capacity: Int, kernel: Kernel, recorder: Recorder, seed: UInt64
    ) {
        self.kernel = kernel
        self.recorder = recorder
        self.spec = spec
        warmingRate = 1 / Double(max(spec.warmingTime.count, 1))
        self.capacity = capacity
        coreCount = count
        cores = .allocate(capacity: count)
        for number in 0..<count {
            (cores + number).initialize(to: Core(queue: RunQueue(policy: spec.scheduler, slice: spec.slice)))
        }
        processes = .allocate(capacity: capacity)
        entities = .allocate(capacity: capacity)
        entities.initialize(repeating: SchedulingEntity(), count: capacity)
        jitterStream = RandomStream(seed: seed, name: "cpu jitter")
        stealStream = RandomStream(seed: seed, name: "cpu steal")
        jitterShape = try! .exponential(mean: Self.jitterUnit)
        guard spec.stealInterval > .zero else { return }
        for number in 0..<count { cores[number].stealAt = drawExponential(spec.stealInterval) }
    }

    deinit {
        for number in 0..<coreCount { cores[number].queue.deallocate() }
        cores.deinitialize(count: coreCount)
        cores.deallocate()
        processes.deallocate()
        entities.deallocate()
        exponential.deallocate()
    }

    /// Adds a process, which runs `body` from its first time on a core on.
    func spawn(_ name: String, in simulation: Simulation, recorderNumber: Int = -1, _ body: @escaping () -> Void) {
        precondition(processCount < capacity)
        let number = Int32(processCount)
        let kernelID = simulation.spawn(name) { [unowned self] in
            acquireCore(number)
            body()
            releaseCore(number, as: .waiting)
        }
        (processes + processCount).initialize(
            to: CPUProcess(kernelID: kernelID, recorderNumber: recorderNumber, core: number % Int32(coreCount)))
        processCount += 1
    }

    /// Busy time of all cores until now.
    var busyTime: Nanoseconds {
        var sum = Nanoseconds.zero
        for number in 0..<coreCount {
            sum += cores[number].busy
            if cores[number].running != nil { sum += kernel.now - cores[number].since }
        }
        return sum
    }

    // MARK: Spending CPU

    /// The running process spends CPU; its core is taken from it when its slice ends and others wait.
    @inline(__always)
    func run(_ process: Int32, _ work: Nanoseconds) {
        let entity = entities + Int(process)
        let core = cores + Int(processes[Int(process)].core)
        let cost = actualCost(work, core)
        core.pointee.work &+= cost.count
        entity.pointee.vruntime &+= cost.count
        if entity.pointee.vruntime < entity.pointee.deadline {
            kernel.hold(cost)
        } else {
            runPastSlice(process, cost)
        }
    }

    /// The work with all that the model adds to it.
    @inline(__always)
    private func actualCost(_ work: Nanoseconds, _ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        var cost = work
        if core.pointee.coldness > 0 { cost += coldExtra(cost, core) }
        if core.pointee.work >= core.pointee.stealAt { cost += steal(core) }
        if busyCores == coreCount && spec.siblingSlowdown > 0 {
            cost = Nanoseconds(rounding: Double(cost.count) * (1 + spec.siblingSlowdown))
        }
        return cost
    }

    /// A cold core works slower at first, and warms up with the work it does.
    private func coldExtra(_ work: Nanoseconds, _ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        let warmed = exponential.saturation(Double(work.count) * warmingRate)
        let extra = Double(spec.coldPenalty.count) * core.pointee.coldness * warmed * core.pointee.coldJitter
        let left = core.pointee.coldness * (1 - warmed)
        core.pointee.coldness = left < 0.001 ? 0 : left
        return Nanoseconds(rounding: extra)
    }

    /// The hypervisor takes the core away for a while.
    private func steal(_ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        core.pointee.stealAt = core.pointee.work + drawExponential(spec.stealInterval)
        return Nanoseconds(drawExponential(spec.stealTime))
    }

    private func drawExponential(_ mean: Nanoseconds) -> Int64 {
        let drawn = jitterShape.sample(from: &stealStream)
        return Int64(Double(mean.count) * Double(drawn.count) / Double(Self.jitterUnit.count))
    }

    /// The part of the work until the slice ends, a turn for others, and the rest.
    private func runPastSlice(_ process: Int32, _ cost: Nanoseconds) {
        let entity = entities + Int(process)
        entity.pointee.vruntime -= cost.count
        var left = cost.count
        while true {
            let untilEnd = max(entity.pointee.deadline - entity.pointee.vruntime, 0)
            if left < untilEnd {
                entity.pointee.vruntime += left
                if left > 0 { kernel.hold(Nanoseconds(left)) }
                return
            }
            entity.pointee.vruntime += untilEnd
            left -= untilEnd
            kernel.hold(Nanoseconds(untilEnd))
            entity.pointee.deadline = entity.pointee.vruntime + spec.slice.count
            yieldToOthers(process)
        }
    }

    /// Goes to the end of the line if anybody waits for this core.
    private func yieldToOthers(_ process: Int32) {
        let core = cores + Int(processes[Int(process)].core)
        guard !core.pointee.queue.isIdle, spec.scheduler == .eevdf else { return }
        leaveCore(process)
        processes[Int(process)].phase = .ready
        setState(process, .ready)
        core.pointee.queue.requeue(process, entities)
        switchCore(core)
        awaitDispatch(process)
    }

    // MARK: Blocking and waking

    /// Gives up the core. Until `acquireCore` the process only exists in virtual time.
    func releaseCore(_ process: Int32, as state: ActivityState) {
        let core = cores + Int(processes[Int(process)].core)
        leaveCore(process)
        processes[Int(process)].phase = .blocked
        setState(process, state)
        _ = core.pointee.queue.block(process, entities)
        switchCore(core)
    }

    /// Gets a core again, after `releaseCore`.
    func acquireCore(_ process: Int32) {
        makeReady(process)
        awaitDispatch(process)
    }

    /// Blocks until an instant; nothing cuts it short.
    func block(_ process: Int32, as state: ActivityState, until instant: Instant) {
        releaseCore(process, as: state)
        kernel.hold(until: instant)
        acquireCore(process)
    }

    /// Blocks until somebody makes the process ready (`makeReady`), or until an alarm.
    func block(_ process: Int32, as state: ActivityState, alarm: Instant? = nil) {
        releaseCore(process, as: state)
        if let alarm { kernel.wake(processes[Int(process)].kernelID, at: alarm) }
        awaitDispatch(process)
    }

    /// Sleeps in the kernel until the process has a core. A wake-up may also be the process's alarm, or an alarm whose
    /// wait somebody has ended already.
    func awaitDispatch(_ process: Int32) {
        let me = processes + Int(process)
        while true {
            kernel.suspend()
            switch me.pointee.phase {
            case .running where kernel.now >= me.pointee.runsAt:
                setState(process, .running)
                payPenalty(me)
                return
            case .running: kernel.wake(me.pointee.kernelID, at: me.pointee.runsAt)
            case .ready: continue
            case .blocked: makeReady(process)
            }
        }
    }

    /// The price of having been switched out is paid before the process goes on, not inside whatever lock comes next.
    private func payPenalty(_ me: UnsafeMutablePointer<CPUProcess>) {
        let penalty = me.pointee.penalty
        guard penalty > .zero else { return }
        me.pointee.penalty = .zero
        cores[Int(me.pointee.core)].work &+= penalty.count
        entities[me - processes].vruntime &+= penalty.count
        kernel.hold(penalty)
    }

    /// A blocked process may go on: it gets an idle core at once, or waits in its last core's queue.
    func makeReady(_ process: Int32) {
        let me = processes + Int(process)
        // Its alarm may have come first: then it is on its way, and must not be queued twice.
        guard me.pointee.phase == .blocked else { return }
        me.pointee.phase = .ready
        setState(process, .ready)
        if entities[Int(process)].isDelayed {
            let core = cores + Int(me.pointee.core)
            core.pointee.queue.wakeDelayed(process, entities, current: core.pointee.running)
            return
        }
        let number = place(process)
        let core = cores + number
        if me.pointee.core != Int32(number) {
            me.pointee.core = Int32(number)
            // Nothing of its caches is there.
            me.pointee.workWhenOut = .min / 2
        }
        core.pointee.queue.enqueue(process, entities, current: core.pointee.running)
        if core.pointee.running == nil { switchCore(core) }
    }

    /// The core for a process that wakes: its last one if that idles, else any idle one, else its last one.
    private func place(_ process: Int32) -> Int {
        let last = Int(processes[Int(process)].core)
        if cores[last].running == nil || busyCores == coreCount { return last }
        for offset in 1..<coreCount {
            let candidate = (last + offset) % coreCount
            if cores[candidate].running == nil { return candidate }
        }
        return last
    }

    // MARK: Switching

    private func leaveCore(_ process: Int32) {
        let me = processes + Int(process)
        me.pointee.outSince = kernel.now
        me.pointee.workWhenOut = cores[Int(me.pointee.core)].work
    }

    /// Gives a core to the next process in its queue, or lets it idle.
    private func switchCore(_ core: UnsafeMutablePointer<Core>) {
        let now = kernel.now
        guard let next = core.pointee.queue.pick(entities) else {
            if core.pointee.running != nil {
                core.pointee.busy += now - core.pointee.since
                core.pointee.since = now
                core.pointee.running = nil
                busyCores -= 1
            }
            return
        }
        var latency = spec.contextSwitch
        if core.pointee.running == nil {
            latency += leaveIdle(core, now)
            core.pointee.since = now
            busyCores += 1
        }
        core.pointee.running = next
        dispatch(next, at: now + latency, core)
    }

    /// How long an idle core takes to come back, and how cold it has become.
    private func leaveIdle(_ core: UnsafeMutablePointer<Core>, _ now: Instant) -> Nanoseconds {
        let idle = now - core.pointee.since
        if spec.coldPenalty > .zero && spec.coolingTime > .zero {
            let cooled = exponential.saturation(Double(idle.count) / Double(spec.coolingTime.count))
            core.pointee.coldness += (1 - core.pointee.coldness) * cooled
            core.pointee.coldJitter = drawJitter()
        }
        if idle <= spec.idlePoll { return .zero }
        let growth = Double(spec.idleExitGrowth.count) * idle.microseconds.squareRoot()
        return Nanoseconds(rounding: (Double(spec.idleExitBase.count) + growth) * drawJitter())
    }

    private func dispatch(_ process: Int32, at runsAt: Instant, _ core: UnsafeMutablePointer<Core>) {
        let me = processes + Int(process)
        me.pointee.phase = .running
        me.pointee.runsAt = runsAt
        me.pointee.penalty = switchInPenalty(me, core)
        kernel.wake(me.pointee.kernelID, at: runsAt)
    }

    /// What a process's first work costs more because others used the core's caches, and because it was away.
    private func switchInPenalty(_ me: UnsafeMutablePointer<CPUProcess>, _ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        guard spec.evictionPenalty > .zero || spec.absencePenalty > .zero else { return .zero }
        let others = Double(core.pointee.work - me.pointee.workWhenOut)
        let away = Double((kernel.now - me.pointee.outSince).count)
        let evicted = exponential.saturation(others / Double(max(spec.evictionWork.count, 1)))
        let absent = exponential.saturation(away / Double(max(spec.absenceTime.count, 1)))
        let penalty = Double(spec.evictionPenalty.count) * evicted + Double(spec.absencePenalty.count) * absent
        return Nanoseconds(rounding: penalty * drawJitter())
    }

    /// A factor of mean 1: constant but for the share that is exponentially distributed.
    private func drawJitter() -> Double {
        guard spec.jitter > 0 else { return 1 }
        let drawn = jitterShape.sample(from: &jitterStream)
        return 1 - spec.jitter + spec.jitter * Double(drawn.count) / Double(Self.jitterUnit.count)
    }

    /// The mean of the drawn spans that stand for a factor of 1: long enough for six digits.
    private static var jitterUnit: Nanoseconds { .milliseconds(1) }

    @inline(__always)
    private func setState(_ process: Int32, _ state: ActivityState) {
        let number = processes[Int(process)].recorderNumber
        if number >= 0 { recorder.setState(number, state, kernel.now) }
    }
}
