import DiscreteEvent
import Instrumentation
import SimTime

/// A sleeping mutex of the kernel with optimistic spinning: kernel/mutex.c (__mutex_lock_common) and kernel/sched.c
/// (mutex_spin_on_owner) of Linux 2.6.32 as Red Hat Enterprise Linux 6 has them.
///
/// Who finds it taken spins, with its core, for at most `spin` if the owner runs when it comes, whether others
/// sleep in its queue or not. A release lets one of the spinners have it. The next few of them get to read that it is
/// free before it has a new owner, and spin on for that one; who comes later in the line sees only that the owner has
/// changed, takes this for heavy contention and goes to sleep. If anybody sleeps the release wakes the first besides,
/// which has to try again when it runs. Meanwhile whoever comes by on a CPU takes the free mutex.
///
/// So it has two regimes. With few CPUs waits are short spins. When more want it they end in the queue, from which only
/// a wake-up that finds the mutex free gets anybody out.
final class KernelMutex {
    private let spec: KernelMutexSpec
    // Of the same host, which outlives this: no reference is counted for each probe.
    private unowned(unsafe) let cpu: CPU
    private let costs: FlatCosts
    /// The number of the owner in the CPU model; -1 if the mutex is free.
    private var owner: Int32 = -1
    private var spinners = ProcessList()
    private var sleepers = ProcessList()
    /// The NUMA node whose caches have it.
    private var node = 0

    init(_ spec: KernelMutexSpec, cpu: CPU, costs: FlatCosts) {
        self.spec = spec
        self.cpu = cpu
        self.costs = costs
    }

    deinit {
        spinners.deallocate()
        sleepers.deallocate()
    }

    /// Takes the mutex for a running process, works under it, and releases it. A kernel without preemption is not
    /// interrupted in between.
    func withLock(_ process: Int32) {
        acquire(process)
        cpu.runInKernel(process, holdTime(process))
        release(process)
    }

    private func holdTime(_ process: Int32) -> Nanoseconds {
        let time = spec.hold + spec.holdPerSpinner * Int64(spinners.count)
        let here = cpu.node(of: process)
        if here == node { return time }
        node = here
        return time + spec.remoteTransfer
    }

    private func acquire(_ process: Int32) {
        if owner < 0 {
            owner = process
            return
        }
        if cpu.isRunning(owner), spin(process) { return }
        sleep(process)
    }

    /// Burns the core until it has the mutex; false if it has given up.
    private func spin(_ process: Int32) -> Bool {
        let began = cpu.kernel.now
        spinners.insert(process, at: spinners.count)
        cpu.beginSpin(process)
        cpu.kernel.wake(cpu.processes[Int(process)].kernelID, at: began + spec.spin)
        cpu.kernel.suspend()
        cpu.endSpin(process, since: began)
        if owner == process { return true }
        if let place = spinners.firstIndex(of: process) { spinners.remove(at: place) }
        return false
    }

    private func sleep(_ process: Int32) {
        sleepers.insert(process, at: sleepers.count)
        cpu.run(process, costs.cost(.sleep, 0))
        // Released while it was on its way to sleep, or taken by somebody else before a woken sleeper ran.
        while owner >= 0 { cpu.block(process, as: .asleepWithoutEvent) }
        owner = process
        sleepers.remove(at: sleepers.firstIndex(of: process)!)
    }

    /// Who sees first that it is free: the first of those whose caches have it from the node on which it was released,
    /// or else the first of all.
    private func winner(on node: Int) -> Int {
        (0..<spinners.count).first { cpu.node(of: spinners[$0]) == node } ?? 0
    }

    /// Sends those to sleep who have not seen it free.
    private func discourage() {
        guard let seeRelease = spec.seeRelease else { return }
        while spinners.count > seeRelease { stopSpinning(spinners.count - 1) }
    }

    private func stopSpinning(_ index: Int) {
        cpu.kernel.wake(cpu.processes[Int(spinners[index])].kernelID, at: cpu.kernel.now)
        spinners.remove(at: index)
    }

    private func release(_ process: Int32) {
        if spinners.isEmpty {
            owner = -1
        } else {
            let winner = winner(on: cpu.node(of: process))
            owner = spinners[winner]
            stopSpinning(winner)
            discourage()
        }
        guard !sleepers.isEmpty else { return }
        let first = sleepers[0]
        let sleeps = cpu.processes[Int(first)].phase == .blocked
        if sleeps { cpu.makeReady(first) }
        cpu.run(process, costs.cost(sleeps ? .wake : .wakeRunning, 0))
    }
}

/// What the kernel's own code does with cores.
extension CPU {
    /// Whether a process is on its core right now.
    func isRunning(_ process: Int32) -> Bool { processes[Int(process)].phase == .running }

    /// The NUMA node that a process runs on.
    func node(of process: Int32) -> Int { (processes[Int(process)].core - cores) / spec.coresPerNode }

    /// Works without being preempted.
    fileprivate func runInKernel(_ process: Int32, _ work: Nanoseconds) {
        let me = processes + Int(process)
        let cost = actualCost(work, me.pointee.core)
        charge(me, cost)
        kernel.hold(cost)
    }

    /// The process keeps its core while it is suspended.
    fileprivate func beginSpin(_ process: Int32) { setState(process, .spinning) }

    /// It has used the core all the time.
    fileprivate func endSpin(_ process: Int32, since began: Instant) {
        charge(processes + Int(process), kernel.now - began)
        setState(process, .running)
    }

    private func charge(_ me: UnsafeMutablePointer<CPUProcess>, _ cost: Nanoseconds) {
        me.pointee.core.pointee.work &+= cost.count
        me.pointee.entity.pointee.vruntime &+= cost.count
    }
}
