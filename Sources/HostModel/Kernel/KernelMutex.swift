import DiscreteEvent
import Instrumentation
import SimTime

/// A sleeping mutex of the kernel with optimistic spinning (kernel/mutex.c as of Linux 2.6.32).
///
/// Who finds it taken spins, with its core, as long as the owner runs, nobody sleeps in the queue, and nothing else wants
/// the core; then it sleeps. A release hands the mutex to a spinner, or leaves it free; if anybody sleeps it wakes the
/// first besides, which has to try again when it runs. Meanwhile whoever comes by on a CPU takes the free mutex.
///
/// So it has two regimes. With few CPUs waits are short spins. Once arrivals outrun it a queue of sleepers builds up that
/// feeds itself, as newcomers do not spin any more: the mutex then lies idle for the time that each wake-up takes.
final class KernelMutex {
    private let spec: KernelMutexSpec
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
        if sleepers.isEmpty, cpu.isRunning(owner), spin(process) { return }
        sleep(process)
    }

    /// Burns the core until the mutex is handed over; false if that took too long.
    private func spin(_ process: Int32) -> Bool {
        let began = cpu.kernel.now
        spinners.insert(process, at: spinners.count)
        cpu.beginSpin(process)
        cpu.kernel.wake(cpu.processes[Int(process)].kernelID, at: began + spec.spin)
        cpu.kernel.suspend()
        cpu.endSpin(process, since: began)
        if owner == process { return true }
        spinners.remove(at: spinners.firstIndex(of: process)!)
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

    private func release(_ process: Int32) {
        if spinners.isEmpty {
            owner = -1
        } else {
            owner = spinners[0]
            spinners.remove(at: 0)
            cpu.kernel.wake(cpu.processes[Int(owner)].kernelID, at: cpu.kernel.now)
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
    func runInKernel(_ process: Int32, _ work: Nanoseconds) {
        let me = processes + Int(process)
        let cost = actualCost(work, me.pointee.core)
        charge(me, cost)
        kernel.hold(cost)
    }

    /// The process keeps its core while it is suspended.
    func beginSpin(_ process: Int32) { setState(process, .spinning) }

    /// It has used the core all the time.
    func endSpin(_ process: Int32, since began: Instant) {
        charge(processes + Int(process), kernel.now - began)
        setState(process, .running)
    }

    private func charge(_ me: UnsafeMutablePointer<CPUProcess>, _ cost: Nanoseconds) {
        me.pointee.core.pointee.work &+= cost.count
        me.pointee.entity.pointee.vruntime &+= cost.count
    }
}
