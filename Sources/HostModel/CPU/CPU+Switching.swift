import DiscreteEvent
import Instrumentation
import SimTime

/// What wakes a process.
enum WakeupCause {
    /// A semaphore, a latch, a timer or a device.
    case event
    /// A message through a local socket: a client's statement to its backend, and what the backend answers.
    case statement, reply
}

/// Who has which core: blocking, waking and switching, and what these cost.
extension CPU {
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

    /// Is suspended until the process has a core. A wake-up may also be the process's alarm, or an alarm whose wait
    /// somebody has ended already.
    func awaitDispatch(_ process: Int32) {
        let me = processes + Int(process)
        while true {
            kernel.suspend()
            switch me.pointee.phase {
            case .running where kernel.now >= me.pointee.runsAt:
                // It had its core, and was busy with its caches, since before.
                setState(me, .running, since: me.pointee.switchedInAt)
                if me.pointee.core.pointee.needsReschedule { Self.giveWay(self, me) }
                return
            case .running: kernel.wake(me.pointee.kernelID, at: me.pointee.runsAt)
            case .ready: continue
            case .blocked: makeReady(process)
            }
        }
    }

    /// A blocked process may go on: it gets an idle core at once, or waits in a core's queue.
    /// - Parameters:
    ///   - waker: the process that wakes it, if one on a core of the same host does.
    ///   - cause: by what it does so.
    /// - Returns: what it costs the waker to kick a halted core.
    @discardableResult
    func makeReady(_ process: Int32, by waker: Int32? = nil, cause: WakeupCause = .event) -> Nanoseconds {
        let me = processes + Int(process)
        // Its alarm may have come first: then it is on its way, and must not be queued twice.
        guard me.pointee.phase == .blocked else { return .zero }
        if me.pointee.session >= 0 { countLoad(me) }
        me.pointee.phase = .ready
        setState(process, .ready)
        let isDelayed = entities[Int(process)].isDelayed
        let sender = cause == .event ? nil : waker
        let core = isDelayed && spec.autogroup == .off ? me.pointee.core : place(process, by: sender)
        if isDelayed {
            guard me.pointee.core != core else {
                waitingCount += 1
                core.pointee.queue.wakeDelayed(process, entities, current: core.pointee.running)
                checkPreemption(core, by: process)
                return .zero
            }
            me.pointee.core.pointee.queue.leave(process, entities)
        }
        if me.pointee.session >= 0 { shareWeight(process) }
        if me.pointee.core != core { migrate(me, to: core) }
        guard core.pointee.running == nil else {
            waitingCount += 1
            core.pointee.queue.enqueue(process, entities, current: core.pointee.running)
            if rates.prefersNewest, cause != .statement { core.pointee.queue.prefer(process) }
            checkPreemption(core, by: process, atOnce: rates.prefersNewest && cause == .event)
            return .zero
        }
        let isKick = waker != nil && rates.kicks && hasHalted(core)
        startIdle(core, with: process, isKick: isKick)
        return isKick ? spec.kick.cost : .zero
    }

    /// An idle core gets work.
    @inline(__always)
    private func startIdle(_ core: UnsafeMutablePointer<Core>, with process: Int32, isKick: Bool) {
        if core.pointee.queue.isEmpty {
            core.pointee.queue.passThrough(processes[Int(process)].entity)
            switchIn(process, core, isKick: isKick)
        } else {
            waitingCount += 1
            core.pointee.queue.enqueue(process, entities, current: nil)
            switchCore(core, isKick: isKick)
        }
    }

    private func hasHalted(_ core: UnsafeMutablePointer<Core>) -> Bool {
        Double((kernel.now - core.pointee.since).count) > rates.idlePoll
    }

    /// Has the running process give way to one that has woken, if that is next (`wakeup_preempt`).
    /// - Parameter atOnce: it need only have had no more than its share.
    private func checkPreemption(_ core: UnsafeMutablePointer<Core>, by process: Int32, atOnce: Bool = false) {
        guard let running = core.pointee.running, spec.wakeupPreemption != .off else { return }
        if atOnce && core.pointee.queue.isEligible(process, entities, current: running)
            || core.pointee.queue.preempts(process, entities, current: running, atParity: rates.prefersNewest)
        {
            core.pointee.needsReschedule = true
        }
    }

    // MARK: Switching

    func leaveCore(_ process: Int32) {
        let me = processes + Int(process)
        if me.pointee.session >= 0 { countLoad(me) }
        me.pointee.outSince = kernel.now
        me.pointee.workWhenOut = me.pointee.core.pointee.work
    }

    /// Gives a core to the next process in its queue, else to one that waits elsewhere, else lets it idle.
    func switchCore(_ core: UnsafeMutablePointer<Core>, isKick: Bool = false) {
        if !core.pointee.queue.isEmpty, let next = core.pointee.queue.pick(entities) {
            waitingCount -= 1
            switchIn(next, core, isKick: isKick)
        } else if waitingCount > 0, spec.migrationCost != nil, core.pointee.running != nil, let pulled = pull(to: core)
        {
            switchIn(pulled, core)
        } else if core.pointee.running != nil {
            core.pointee.busy += kernel.now - core.pointee.since
            core.pointee.since = kernel.now
            core.pointee.running = nil
            busyCores -= 1
        }
    }

    /// Gives a core to a process.
    func switchIn(_ next: Int32, _ core: UnsafeMutablePointer<Core>, isKick: Bool = false) {
        let now = kernel.now
        var latency = spec.contextSwitch
        if core.pointee.running == nil {
            if rates.refetch > 0 { core.pointee.recentWork.factor = spec.refetch.factor * drawJitter(spec.jitter) }
            latency += leaveIdle(core, now, isKick: isKick)
            core.pointee.since = now
            busyCores += 1
        }
        core.pointee.running = next
        core.pointee.needsReschedule = false
        dispatch(next, at: now + latency, core)
    }

    /// How long an idle core takes to come back, and how cold it has become.
    func leaveIdle(_ core: UnsafeMutablePointer<Core>, _ now: Instant, isKick: Bool) -> Nanoseconds {
        let idle = Double((now - core.pointee.since).count)
        if rates.coldPenalty > 0 && rates.cooling > 0 {
            let coldness = core.pointee.coldFull > 0 ? core.pointee.coldLeft / core.pointee.coldFull : 0
            let cooled = exponential.saturation(idle * rates.cooling)
            core.pointee.coldFull = rates.coldPenalty * drawJitter(spec.coldJitter)
            core.pointee.coldLeft = core.pointee.coldFull * (coldness + (1 - coldness) * cooled)
        }
        if idle <= rates.idlePoll { return .zero }
        let growth = rates.idleExitGrowth * (idle / 1_000).squareRoot()
        let exit = (rates.idleExitBase + growth) * drawJitter(spec.jitter)
        return Nanoseconds(cost: isKick ? exit * spec.kick.factor : exit)
    }

    /// Switches a process in. The price of having been switched out is paid before it goes on, not inside whatever lock
    /// comes next; one wake-up serves the switch and the price.
    func dispatch(_ process: Int32, at instant: Instant, _ core: UnsafeMutablePointer<Core>) {
        let me = processes + Int(process)
        let penalty = switchInPenalty(me, core)
        core.pointee.work &+= penalty.count
        me.pointee.entity.pointee.vruntime &+= me.pointee.entity.pointee.virtual(penalty.count)
        me.pointee.phase = .running
        me.pointee.switchedInAt = instant
        me.pointee.runsAt = instant + penalty
        kernel.wake(me.pointee.kernelID, at: me.pointee.runsAt)
    }

    /// What a process's first work costs more because others used the core's caches, and because it was away.
    func switchInPenalty(
        _ me: UnsafeMutablePointer<CPUProcess>, _ core: UnsafeMutablePointer<Core>
    ) -> Nanoseconds {
        guard rates.evictionPenalty > 0 || rates.absencePenalty > 0 else { return .zero }
        let others = Double(core.pointee.work - me.pointee.workWhenOut)
        let away = Double((kernel.now - me.pointee.outSince).count)
        let evicted = exponential.saturation(others * rates.eviction)
        let absent = exponential.saturation(away * rates.absence)
        return Nanoseconds(
            cost: (rates.evictionPenalty * evicted + rates.absencePenalty * absent) * drawJitter(spec.jitter))
    }

    /// A factor of mean 1: constant but for the share that is exponentially distributed.
    func drawJitter(_ share: Double) -> Double {
        guard share > 0 else { return 1 }
        return 1 - share + share * exponential.quantile(jitterStream.uniform())
    }

    func setState(_ process: Int32, _ state: ActivityState) {
        setState(processes + Int(process), state, since: kernel.now)
    }

    @inline(__always)
    func setState(_ me: UnsafeMutablePointer<CPUProcess>, _ state: ActivityState, since instant: Instant) {
        let number = me.pointee.recorderNumber
        if number >= 0 { recorder.setState(number, state, instant) }
    }
}
