import DiscreteEvent
import Instrumentation
import SimTime
import Statistics

/// The cores of a host and the processes on them.
///
/// A process that spends CPU holds its core for that long; one that blocks gives it up; one that is made ready goes to
/// its last core if that idles, else to any idle core, else into a queue, from which a core that would idle may take
/// it. What the model adds to the pure work (see `CPUSpec`): leaving the idle state, also when kicked, a cold core,
/// code that its caches have lost, a process's own caches, the switch itself, a busy sibling, and jitter on the
/// penalties, without which cycles of processes lock in phase.
final class CPU {
    let kernel: Kernel
    let spec: CPUSpec
    let coreCount: Int
    let cores: UnsafeMutablePointer<Core>
    let processes: UnsafeMutablePointer<CPUProcess>
    let entities: UnsafeMutablePointer<SchedulingEntity>
    /// The processes of each session that has several.
    var sessions: [[Int32]] = []
    private let capacity: Int
    private(set) var processCount = 0
    var busyCores = 0
    /// How many processes wait in queues, those aside that only stay there until their debt is paid.
    var waitingCount = 0
    var jitterStream: RandomStream
    var stealStream: RandomStream
    let exponential = ExponentialTable()
    let rates: CPURates
    /// How many cores must be busy for siblings to slow each other down; never if they do not.
    let slowdownFrom: Int
    /// One over the number of cores that are a second thread of another.
    let crowding: Double
    /// Where the true states of the server's processes go.
    let recorder: Recorder

    /// - Parameter streams: what the names of its random streams begin with.
    init(
        _ spec: CPUSpec, streams: String = "", cores count: Int, capacity: Int, kernel: Kernel, recorder: Recorder,
        seed: UInt64
    ) {
        self.kernel = kernel
        self.recorder = recorder
        self.spec = spec
        rates = CPURates(spec)
        let physical = max(count / spec.threadsPerCore, 1)
        slowdownFrom = spec.siblingSlowdown > 0 ? min(physical + 1, count) : .max
        crowding = 1 / Double(max(count - physical, 1))
        self.capacity = capacity
        coreCount = count
        cores = .allocate(capacity: count)
        for number in 0..<count {
            (cores + number).initialize(to: Core(queue: RunQueue(policy: spec.scheduler, slice: spec.slice)))
        }
        processes = .allocate(capacity: capacity)
        entities = .allocate(capacity: capacity)
        entities.initialize(repeating: SchedulingEntity(), count: capacity)
        jitterStream = RandomStream(seed: seed, name: streams + "cpu jitter")
        stealStream = RandomStream(seed: seed, name: streams + "cpu steal")
        guard spec.stealInterval > .zero else { return }
        for number in 0..<count { cores[number].stealAt = drawExponential(spec.stealInterval) }
    }

    deinit {
        for number in 0..<coreCount {
            cores[number].queue.deallocate()
            cores[number].recentWork.deallocate()
        }
        cores.deinitialize(count: coreCount)
        cores.deallocate()
        processes.deallocate()
        entities.deallocate()
        exponential.deallocate()
    }

    /// Adds a process, which runs `body` from its first time on a core on.
    /// - Parameters:
    ///   - session: the session that it shares with other processes (`openSession`); -1: one of its own.
    ///   - allowed: the cores that it may run on; nil: all.
    func spawn(
        _ name: String, in simulation: Simulation, recorderNumber: Int = -1, session: Int = -1,
        on allowed: CoreSet? = nil, _ body: @escaping () -> Void
    ) {
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
                session: Int32(spec.autogroup == .on ? session : -1),
                core: cores + (allowed.map { $0[processCount % $0.count] } ?? processCount % coreCount),
                allowed: allowed))
        if session >= 0 { sessions[session].append(number) }
        processCount += 1
    }

    /// A session for several processes.
    func openSession() -> Int {
        sessions.append([])
        return sessions.count - 1
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
        let vruntime = entity.pointee.vruntime &+ entity.pointee.virtual(cost)
        guard share < Self.shortShare, core.pointee.work < core.pointee.stealAt, busyCores < slowdownFrom,
            vruntime < entity.pointee.deadline
        else { return Self.runAnyhow(self, me, work) }
        let left = core.pointee.coldLeft - extra
        core.pointee.coldLeft = left < rates.coldNegligible ? 0 : left
        core.pointee.work &+= cost
        entity.pointee.vruntime = vruntime
        // Whatever is not usual is the last that happens here: so nothing has to be kept over a call.
        guard kernel.passes(Nanoseconds(cost)) else { return Self.holdQueued(self, me, cost) }
        if core.pointee.needsReschedule && cost > Self.shortestInterrupted { Self.giveWay(self, me) }
    }

    /// The end of a simple burst in which others come.
    @inline(never)
    private static func holdQueued(_ cpu: CPU, _ me: UnsafeMutablePointer<CPUProcess>, _ cost: Int64) {
        cpu.kernel.holdQueued(until: cpu.kernel.now + Nanoseconds(cost))
        if me.pointee.core.pointee.needsReschedule && cost > shortestInterrupted { giveWay(cpu, me) }
    }

    /// A simple burst is interrupted, at its end, only if it is longer than this, in nanoseconds. Who wakes
    /// somebody does so between two bursts, and the next one would be interrupted; were that a spinlock's, it would be
    /// found held far more often than by a real interrupt, for which that is as likely as the lock is held long.
    private static var shortestInterrupted: Int64 { 100 }

    /// The end of a system call by which a running process has woken somebody, who may be next, with a kick or without.
    func endSystemCall(of process: Int32, after kick: Nanoseconds) {
        if kick > .zero { run(process, kick) }
        let me = processes + Int(process)
        if me.pointee.core.pointee.needsReschedule { Self.giveWay(self, me) }
    }

    /// Leaves the core to a process that has woken.
    @inline(never)
    static func giveWay(_ cpu: CPU, _ me: UnsafeMutablePointer<CPUProcess>) {
        me.pointee.core.pointee.needsReschedule = false
        cpu.yieldToOthers(Int32(me - cpu.processes))
    }

    /// `run` for all that is not simple.
    @inline(never)
    private static func runAnyhow(_ cpu: CPU, _ me: UnsafeMutablePointer<CPUProcess>, _ work: Nanoseconds) {
        let core = me.pointee.core
        let entity = me.pointee.entity
        let cost = cpu.actualCost(work, core)
        core.pointee.work &+= cost.count
        entity.pointee.vruntime &+= entity.pointee.virtual(cost.count)
        if entity.pointee.vruntime < entity.pointee.deadline {
            cpu.kernel.hold(cost)
        } else {
            cpu.runPastSlice(me, cost)
        }
        // Whatever its length: the measured machine, which comes here whenever both cores are busy, was fitted so.
        if me.pointee.core.pointee.needsReschedule { giveWay(cpu, me) }
    }

    /// The part of the work until the slice ends, a turn for others, and the rest.
    private func runPastSlice(_ me: UnsafeMutablePointer<CPUProcess>, _ cost: Nanoseconds) {
        let entity = me.pointee.entity
        entity.pointee.vruntime -= entity.pointee.virtual(cost.count)
        var left = cost.count
        while true {
            let untilEnd = entity.pointee.service(max(entity.pointee.deadline - entity.pointee.vruntime, 0))
            if left < untilEnd {
                entity.pointee.vruntime += entity.pointee.virtual(left)
                if left > 0 { kernel.hold(Nanoseconds(left)) }
                return
            }
            entity.pointee.vruntime += entity.pointee.virtual(untilEnd)
            left -= untilEnd
            kernel.hold(Nanoseconds(untilEnd))
            entity.pointee.deadline = entity.pointee.vruntime + entity.pointee.virtual(spec.slice.count)
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
        waitingCount += 1
        core.pointee.queue.requeue(process, entities)
        switchCore(core)
        awaitDispatch(process)
    }
}
