import DiscreteEvent
import Instrumentation
import Postgres
import SimTime
import Statistics

/// One simulated host: its cores, its WAL device, its clients, and what its kernel keeps of each server process.
final class Host {
    let simulation: Simulation
    let kernel: Kernel
    let cpu: CPU
    let costs: FlatCosts
    let segmentSize: UInt64
    var walDevice: StorageDevice
    /// Nil: data files are on the WAL's device.
    var dataDevice: StorageDevice?
    var dataFiles = DataFileCache()
    var durability: DurabilityLog
    let processes: UnsafeMutablePointer<HostProcess>
    private let processCount: Int
    private(set) var clients: ClientPopulation!
    let recorder: Recorder
    /// Set once the last backend has ended.
    private(set) var shutdownRequested = false
    /// Random preemption for schedule exploration; nil in ordinary runs.
    var explorer: ScheduleExplorer?
    private var backendsAlive: Int
    private let walWriter: ProcNumber
    private let checkpointer: ProcNumber?

    init(_ spec: ClusterSpec, simulation: Simulation, processes layout: ServerProcesses, recorder: Recorder) {
        self.simulation = simulation
        self.recorder = recorder
        kernel = simulation.kernel
        costs = FlatCosts(spec.host.costs)
        segmentSize = spec.settings.walSegmentSize
        let count = layout.count
        let others = spec.host.background.count + spec.clients.reduce(0) { $0 + ($1.place == .server ? $1.threads : 0) }
        cpu = CPU(
            spec.host.cpu, cores: spec.host.cores, capacity: count + others, kernel: simulation.kernel,
            recorder: recorder, seed: spec.seed)
        walDevice = StorageDevice(
            spec.host.walDevice, name: "wal device", start: .zero + spec.warmup, seed: spec.seed)
        dataDevice = spec.host.dataDevice.map {
            StorageDevice($0, name: "data device", start: .zero + spec.warmup, seed: spec.seed)
        }
        // A server's WAL begins in segment 1.
        durability = DurabilityLog(start: spec.settings.walSegmentSize)
        processCount = count
        processes = .allocate(capacity: count)
        for number in 0..<count {
            (processes + number).initialize(
                to: HostProcess(random: RandomStream(seed: spec.seed, name: "process \(number)")))
        }
        backendsAlive = layout.backends
        walWriter = layout.walWriter
        checkpointer = layout.checkpointer
        explorer = spec.exploration.map { ScheduleExplorer($0) }
        clients = ClientPopulation(spec, host: self)
    }

    deinit {
        processes.deallocate()
        costs.deallocate()
    }

    /// Sets a process's latch and makes the process ready if it sleeps on it; true if it did.
    func setLatch(_ number: ProcNumber) -> Bool {
        let target = processes + number
        guard !target.pointee.latchIsSet else { return false }
        target.pointee.latchIsSet = true
        guard target.pointee.waitsOnLatch else { return false }
        target.pointee.waitsOnLatch = false
        cpu.makeReady(Int32(number))
        return true
    }

    /// A backend has ended; walwriter and checkpointer are told to stop after the last one.
    func backendEnded() {
        backendsAlive -= 1
        guard backendsAlive == 0 else { return }
        shutdownRequested = true
        _ = setLatch(walWriter)
        if let checkpointer { _ = setLatch(checkpointer) }
    }

    /// A chance for others to overtake where a real machine could preempt.
    func explore() { explorer!.perturb(kernel) }
}
