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
    private let exponential = ExponentialTable()
    private let rates: Rates
    /// How many cores must be busy for siblings to slow each other down; never if they do not.
    private let slowdownFrom: Int
    /// Where the true states of the server's processes go.
    private let recorder: Recorder

    init(
        _ spec: CPUSpec, cores count: Int, capacity: Int, kernel: Kernel, recorder: Recorder, seed: UInt64
    ) {
        self.kernel = kernel
        self.recorder = recorder
        self.spec = spec
        rates = Rates(spec)
        slowdownFrom = spec.siblingSlowdown > 0 ? count : .max
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
            to: CPUProcess(
                kernelID: kernelID, recorderNumber: recorderNumber, entity: entities + processCount,
                core: cores + processCount % coreCount))
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
    func run(_ process: Int32, _ work: Nanoseconds) { run(processes + Int(process), work) }

    /// Most bursts are short, on a core of their own and end within the slice: these need no call but the hold.
    @inline(__always)
    func run(_ me: UnsafeMutablePointer<CPUProcess>, _ work: Nanoseconds) {
        let core = me.pointee.core
        let entity = me.pointee.entity
        let share = Double(work.count) * rates.warming
        let extra = core.pointee.coldLeft * Self.shortWarming(share)
        let cost = work.count &+ Nanoseconds(cost: extra).count
        let vruntime = entity.pointee.vruntime &+ cost
        guard share < Self.shortShare, core.pointee.work < core.pointee.stealAt, busyCores < slowdownFrom,
            vruntime < entity.pointee.deadline
        else { return runAnyhow(me, work) }
        let left = core.pointee.coldLeft - extra
        core.pointee.coldLeft = left < rates.coldNegligible ? 0 : left
        core.pointee.work &+= cost
        entity.pointee.vruntime = vruntime
        kernel.hold(Nanoseconds(cost))
    }

    /// `run` for all that is not simple.
    @inline(never)
    private func runAnyhow(_ me: UnsafeMutablePointer<CPUProcess>, _ work: Nanoseconds) {
        let core = me.pointee.core
        let entity = me.pointee.entity
        let cost = actualCost(work, core)
        core.pointee.work &+= cost.count
        entity.pointee.vruntime &+= cost.count
        if entity.pointee.vruntime < entity.pointee.deadline {
            kernel.hold(cost)
        } else {
            runPastSlice(me, cost)
        }
    }

    /// The work with all that the model adds to it.
    private func actualCost(_ work: Nanoseconds, _ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        var cost = work + coldExtra(work, core)
        if core.pointee.work >= core.pointee.stealAt { cost += steal(core) }
        if busyCores >= slowdownFrom {
            cost = Nanoseconds(cost: Double(cost.count) * (1 + spec.siblingSlowdown))
        }
        return cost
    }

    /// A cold core works slower at first, and warms up with the work it does: what is left of the cold start's cost
    /// decays with it.
    private func coldExtra(_ work: Nanoseconds, _ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        let share = Double(work.count) * rates.warming
        let warmed = share < Self.shortShare ? Self.shortWarming(share) : exponential.saturation(share)
        let extra = core.pointee.coldLeft * warmed
        let left = core.pointee.coldLeft - extra
        core.pointee.coldLeft = left < rates.coldNegligible ? 0 : left
        return Nanoseconds(cost: extra)
    }

    /// The share of the warming time below which two terms of the series of `1 - exp(-x)` will do: within 1 in 300.
    private static var shortShare: Double { 0.125 }

    @inline(__always)
    private static func shortWarming(_ share: Double) -> Double { share - 0.5 * share * share }

    /// The hypervisor takes the core away for a while.
    private func steal(_ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        core.pointee.stealAt = core.pointee.work + drawExponential(spec.stealInterval)
        return Nanoseconds(drawExponential(spec.stealTime))
    }

    private func drawExponential(_ mean: Nanoseconds) -> Int64 {
        Int64(Double(mean.count) * exponential.quantile(stealStream.uniform()))
    }

    /// The part of the work until the slice ends, a turn for others, and the rest.
    private func runPastSlice(_ me: UnsafeMutablePointer<CPUProcess>, _ cost: Nanoseconds) {
        let entity = me.pointee.entity
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
            yieldToOthers(Int32(me - processes))
        }
    }

    /// Goes to the end of the line if anybody waits for this core.
    private func yieldToOthers(_ process: Int32) {
        let core = processes[Int(process)].core
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
        let core = processes[Int(process)].core
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
                // It had its core, and was busy with its caches, since before.
                setState(me, .running, since: me.pointee.switchedInAt)
                return
            case .running: kernel.wake(me.pointee.kernelID, at: me.pointee.runsAt)
            case .ready: continue
            case .blocked: makeReady(process)
            }
        }
    }

    /// A blocked process may go on: it gets an idle core at once, or waits in its last core's queue.
    func makeReady(_ process: Int32) {
        let me = processes + Int(process)
        // Its alarm may have come first: then it is on its way, and must not be queued twice.
        guard me.pointee.phase == .blocked else { return }
        me.pointee.phase = .ready
        setState(process, .ready)
        if entities[Int(process)].isDelayed {
            let core = me.pointee.core
            core.pointee.queue.wakeDelayed(process, entities, current: core.pointee.running)
            return
        }
        let core = place(process)
        if me.pointee.core != core {
            me.pointee.core = core
            // Nothing of its caches is there.
            me.pointee.workWhenOut = .min / 2
        }
        if core.pointee.running == nil && core.pointee.queue.isEmpty {
            core.pointee.queue.passThrough(me.pointee.entity)
            switchIn(process, core)
            return
        }
        core.pointee.queue.enqueue(process, entities, current: core.pointee.running)
        if core.pointee.running == nil { switchCore(core) }
    }

    /// The core for a process that wakes: its last one if that idles, else any idle one, else its last one.
    private func place(_ process: Int32) -> UnsafeMutablePointer<Core> {
        let last = processes[Int(process)].core
        if last.pointee.running == nil || busyCores == coreCount { return last }
        let end = cores + coreCount
        var candidate = last + 1
        while true {
            if candidate == end { candidate = cores }
            if candidate == last || candidate.pointee.running == nil { return candidate }
            candidate += 1
        }
    }

    // MARK: Switching

    private func leaveCore(_ process: Int32) {
        let me = processes + Int(process)
        me.pointee.outSince = kernel.now
        me.pointee.workWhenOut = me.pointee.core.pointee.work
    }

    /// Gives a core to the next process in its queue, or lets it idle.
    private func switchCore(_ core: UnsafeMutablePointer<Core>) {
        if !core.pointee.queue.isEmpty, let next = core.pointee.queue.pick(entities) {
            switchIn(next, core)
        } else if core.pointee.running != nil {
            core.pointee.busy += kernel.now - core.pointee.since
            core.pointee.since = kernel.now
            core.pointee.running = nil
            busyCores -= 1
        }
    }

    /// Gives a core to a process.
    private func switchIn(_ next: Int32, _ core: UnsafeMutablePointer<Core>) {
        let now = kernel.now
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
        let idle = Double((now - core.pointee.since).count)
        if rates.coldPenalty > 0 && rates.cooling > 0 {
            let coldness = core.pointee.coldFull > 0 ? core.pointee.coldLeft / core.pointee.coldFull : 0
            let cooled = exponential.saturation(idle * rates.cooling)
            core.pointee.coldFull = rates.coldPenalty * drawJitter()
            core.pointee.coldLeft = core.pointee.coldFull * (coldness + (1 - coldness) * cooled)
        }
        if idle <= rates.idlePoll { return .zero }
        let growth = rates.idleExitGrowth * (idle / 1_000).squareRoot()
        return Nanoseconds(cost: (rates.idleExitBase + growth) * drawJitter())
    }

    /// Switches a process in. The price of having been switched out is paid before it goes on, not inside whatever lock
    /// comes next; one wake-up serves the switch and the price.
    private func dispatch(_ process: Int32, at instant: Instant, _ core: UnsafeMutablePointer<Core>) {
        let me = processes + Int(process)
        let penalty = switchInPenalty(me, core)
        core.pointee.work &+= penalty.count
        me.pointee.entity.pointee.vruntime &+= penalty.count
        me.pointee.phase = .running
        me.pointee.switchedInAt = instant
        me.pointee.runsAt = instant + penalty
        kernel.wake(me.pointee.kernelID, at: me.pointee.runsAt)
    }

    /// What a process's first work costs more because others used the core's caches, and because it was away.
    private func switchInPenalty(
        _ me: UnsafeMutablePointer<CPUProcess>, _ core: UnsafeMutablePointer<Core>
    ) -> Nanoseconds {
        guard rates.evictionPenalty > 0 || rates.absencePenalty > 0 else { return .zero }
        let others = Double(core.pointee.work - me.pointee.workWhenOut)
        let away = Double((kernel.now - me.pointee.outSince).count)
        let evicted = exponential.saturation(others * rates.eviction)
        let absent = exponential.saturation(away * rates.absence)
        return Nanoseconds(cost: (rates.evictionPenalty * evicted + rates.absencePenalty * absent) * drawJitter())
    }

    /// A factor of mean 1: constant but for the share that is exponentially distributed.
    private func drawJitter() -> Double {
        guard spec.jitter > 0 else { return 1 }
        return 1 - spec.jitter + spec.jitter * exponential.quantile(jitterStream.uniform())
    }

    private func setState(_ process: Int32, _ state: ActivityState) {
        setState(processes + Int(process), state, since: kernel.now)
    }

    @inline(__always)
    private func setState(_ me: UnsafeMutablePointer<CPUProcess>, _ state: ActivityState, since instant: Instant) {
        let number = me.pointee.recorderNumber
        if number >= 0 { recorder.setState(number, state, instant) }
    }
}

/// The figures of a `CPUSpec` as its formulas take them: in nanoseconds, and reciprocals of the time constants.
private struct Rates {
    let warming: Double
    let cooling: Double
    let coldPenalty: Double
    /// What may be dropped of a cold start's cost: one per cent.
    let coldNegligible: Double
    let idlePoll: Double
    let idleExitBase: Double
    let idleExitGrowth: Double
    let evictionPenalty: Double
    let eviction: Double
    let absencePenalty: Double
    let absence: Double

    init(_ spec: CPUSpec) {
        func rate(_ time: Nanoseconds) -> Double { 1 / Double(max(time.count, 1)) }
        warming = rate(spec.warmingTime)
        cooling = spec.coolingTime > .zero ? rate(spec.coolingTime) : 0
        coldPenalty = Double(spec.coldPenalty.count)
        coldNegligible = 0.01 * coldPenalty
        idlePoll = Double(spec.idlePoll.count)
        idleExitBase = Double(spec.idleExitBase.count)
        idleExitGrowth = Double(spec.idleExitGrowth.count)
        evictionPenalty = Double(spec.evictionPenalty.count)
        eviction = rate(spec.evictionWork)
        absencePenalty = Double(spec.absencePenalty.count)
        absence = rate(spec.absenceTime)
    }
}
