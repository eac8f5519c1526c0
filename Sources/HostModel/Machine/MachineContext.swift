import DiscreteEvent
import Instrumentation
import Postgres

/// What the simulated machine of one server process always needs: where the process belongs, and what it may reach
/// without counting a reference.
///
/// Fixed from the start of the process on. It lives in memory that the instance owns, so that a `SimulatedMachine` is
/// one pointer: the algorithms pass their machine on at every step, and copying all of this there cost more than
/// most of what it was copied for.
struct MachineContext {
    let instance: Unmanaged<Instance>
    let cpu: Unmanaged<CPU>
    let recorder: Unmanaged<Recorder>
    let clients: Unmanaged<ClientPopulation>
    let kernel: Kernel
    let costs: FlatCosts
    let isExploring: Bool
    /// Whether what work costs is not in the table alone, or something else happens whenever some is done.
    let hasUnusualCosts: Bool
    /// Whether anybody is told what the process reports: a probe or an observer.
    let isTold: Bool
    let isStandby: Bool
    /// What the operating system and its scheduler keep of the process.
    let process: UnsafeMutablePointer<HostProcess>
    let scheduled: UnsafeMutablePointer<CPUProcess>
    /// The process's number in its server, in the CPU model and in the recorder.
    let number: Int32
    let cpuNumber: Int32
    let recordedNumber: Int32
    /// The recorder's number of the server's first lock.
    let lockBase: Int32

    /// The context of a process; the host's CPU model has room for it already.
    init(instance: Instance, number: ProcNumber) {
        let host = instance.host
        self.instance = .passUnretained(instance)
        cpu = .passUnretained(host.cpu)
        recorder = .passUnretained(host.recorder)
        clients = .passUnretained(instance.clients)
        kernel = host.kernel
        costs = instance.costs
        isStandby = instance.isStandby
        isExploring = host.explorer != nil
        hasUnusualCosts = isExploring || host.cpu.rates.refetch > 0
        isTold = isExploring || host.recorder.observer != nil
        process = instance.processes + number
        self.number = Int32(number)
        cpuNumber = instance.cpuNumber(number)
        recordedNumber = Int32(instance.processBase + number)
        lockBase = Int32(instance.lockBase)
        scheduled = host.cpu.processes + Int(cpuNumber)
    }
}
