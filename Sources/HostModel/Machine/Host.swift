import DiscreteEvent
import Instrumentation
import SimTime

/// One simulated machine: its cores, its devices and what its work costs. The servers on it are `Instance`s.
final class Host {
    let simulation: Simulation
    let kernel: Kernel
    let cpu: CPU
    /// The operating system of the bare machine, and those of its guests.
    let system: OperatingSystem
    let guests: [OperatingSystem]
    let coreSets: [CoreSet]
    let recorder: Recorder
    /// The devices that its servers share, but for standbys with a device of their own.
    let storage: Storage
    /// Random preemption for schedule exploration, the same on all hosts; nil in ordinary runs.
    let explorer: ScheduleExplorer?
    /// Set when the run is over: other programs go.
    var isStopping = false
    /// When servers that have not stopped by themselves let their background processes go.
    var patienceEnds = Instant.distantFuture
    private var claimed: Int32 = 0

    /// - Parameters:
    ///   - streams: what the names of its random streams begin with.
    ///   - capacity: how many processes it will have, other programs included.
    init(
        _ spec: HostSpec, streams: String, capacity: Int, simulation: Simulation, recorder: Recorder,
        explorer: ScheduleExplorer?, start: Instant, seed: UInt64
    ) {
        self.simulation = simulation
        self.recorder = recorder
        self.explorer = explorer
        kernel = simulation.kernel
        cpu = CPU(
            spec.cpu, streams: streams, cores: spec.cores, capacity: capacity, kernel: simulation.kernel,
            recorder: recorder, seed: seed)
        system = OperatingSystem(spec, cpu: cpu)
        coreSets = spec.coreSets.map { CoreSet($0.cores) }
        guests = spec.guests.map { [cpu, coreSets] in
            OperatingSystem($0, of: spec, cpu: cpu, coreSets: coreSets)
        }
        storage = Storage(
            wal: StorageDevice(spec.walDevice, name: streams + "wal device", start: start, seed: seed),
            data: spec.dataDevice.map {
                StorageDevice($0, name: streams + "data device", start: start, seed: seed)
            })
    }

    deinit { for set in coreSets { set.deallocate() } }

    /// Numbers in the CPU model for processes that will be made in this order.
    func claimProcesses(_ count: Int) -> Int32 {
        defer { claimed += Int32(count) }
        return claimed
    }

    /// A chance for others to overtake where a real machine could preempt.
    func explore() { explorer!.perturb(kernel) }

    /// Starts a program that works from time to time until the run is over.
    func spawnBackgroundWork(_ work: BackgroundWorkSpec) {
        let number = claimProcesses(1)
        cpu.spawn(work.name, in: simulation) { [self] in
            var next = kernel.now
            while !isStopping {
                cpu.run(number, work.cpu)
                next = max(next + work.every, kernel.now)
                if next > kernel.now { cpu.block(number, as: .waiting, until: next) }
            }
        }
    }
}
