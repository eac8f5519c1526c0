import DiscreteEvent
import Instrumentation
import Postgres
import SimTime
import Statistics

/// One PostgreSQL server on a host: its shared memory and processes, its WAL's device, and its clients.
///
/// A process has three numbers: its `ProcNumber` in the server, its number in the host's CPU model, and its number in
/// the cluster's recorder. Those of one server are consecutive in all three, so that two offsets lead from one to the
/// other. The ids of lightweight locks have an offset in the recorder, too.
final class Instance {
    let name: String
    let host: Host
    let server: SimulatedServer
    /// The numbers of its first process in the recorder and in the host's CPU model.
    let processBase: Int
    let cpuBase: Int32
    /// The recorder's number of its first lightweight lock.
    let lockBase: Int
    /// The recorder's number of the server.
    let number: Int
    let segmentSize: UInt64
    let storage: Storage
    /// What it runs on: the bare machine's, or a guest's.
    let system: OperatingSystem
    /// The cores that its processes may run on, and its walsenders; nil: all.
    private let allowed: CoreSet?
    private let walSendersAllowed: CoreSet?
    var durability: DurabilityLog
    /// What the operating system keeps of its data files.
    var dataFiles = DataFileCache()
    /// What the operating system keeps of each process, by `ProcNumber`.
    let processes: UnsafeMutablePointer<HostProcess>
    /// What the machines of its processes point to, by `ProcNumber`.
    private let contexts: UnsafeMutablePointer<MachineContext>
    private(set) var clients: ClientPopulation!
    /// The code of its processes, by `ProcNumber`.
    private(set) var serverProcesses: [SimulatedProcess] = []
    /// Set once the last backend has ended.
    private(set) var lastBackendHasEnded = false
    var replication = InstanceReplication()
    /// What its processes' work costs: the machine's, but for a standby's own cost of replay.
    let costs: FlatCosts
    /// Told what its processes do in an exploring run.
    weak var probe: (any RunProbe)?
    private var backendsAlive: Int

    /// The recorder's numbers of a server, its first process and its first lock.
    struct Base {
        var server = 0
        var process = 0
        var lock = 0
    }

    /// Where a server's processes run, and what their work costs there.
    private struct Place {
        let system: OperatingSystem
        let allowed: CoreSet?
        let walSendersAllowed: CoreSet?
        let costs: FlatCosts
    }

    /// - Parameter streams: what the names of its processes' random streams begin with.
    private init(
        name: String, streams: String, server: SimulatedServer, base: Base, on host: Host, at place: Place,
        storage: Storage, seed: UInt64
    ) {
        self.name = name
        self.host = host
        self.server = server
        processBase = base.process
        lockBase = base.lock
        number = base.server
        cpuBase = host.claimProcesses(server.processes.count)
        segmentSize = server.settings.walSegmentSize
        self.storage = storage
        system = place.system
        allowed = place.allowed
        walSendersAllowed = place.walSendersAllowed
        costs = place.costs
        durability = DurabilityLog(start: server.xlog.start)
        contexts = .allocate(capacity: server.processes.count)
        processes = .allocate(capacity: server.processes.count)
        for number in 0..<server.processes.count {
            (processes + number).initialize(
                to: HostProcess(random: RandomStream(seed: seed, name: "\(streams)process \(number)")))
        }
        backendsAlive = server.processes.backends
    }

    /// A server that clients use.
    convenience init(
        _ spec: InstanceSpec, of cluster: ClusterSpec, server: SimulatedServer, base: Base, on host: Host
    ) {
        let system = spec.guest.map { host.guests[$0] } ?? host.system
        let allowed = spec.coreSet.map { host.coreSets[$0] } ?? system.allowed
        let place = Place(
            system: system, allowed: allowed,
            walSendersAllowed: spec.walSenderCoreSet.map { host.coreSets[$0] } ?? allowed, costs: system.costs.copy())
        self.init(
            name: spec.name, streams: spec.streams, server: server, base: base, on: host, at: place,
            storage: host.storage, seed: cluster.seed)
        clients = ClientPopulation(spec, of: cluster, instance: self)
    }

    /// A standby of another server.
    convenience init(
        _ spec: StandbySpec, name: String, of cluster: ClusterSpec, server: SimulatedServer, base: Base, on host: Host,
        guest: Int?
    ) {
        let start = Instant.zero + cluster.warmup
        let system = guest.map { host.guests[$0] } ?? host.system
        let place = Place(
            system: system, allowed: system.allowed, walSendersAllowed: system.allowed,
            costs: system.costs.copy(replay: spec.replayPerByte))
        self.init(
            name: name, streams: "\(name) ", server: server, base: base, on: host, at: place,
            storage: Storage(
                wal: StorageDevice(spec.walDevice, name: "\(name) wal device", start: start, seed: cluster.seed)),
            seed: cluster.seed)
        replication.conflicts = spec.replayStalls.enumerated().map {
            let stream = RandomStream(seed: cluster.seed, name: "\(name) conflict \($0)")
            return StallSchedule($1, start: start, stream: stream)
        }
        clients = ClientPopulation(
            InstanceSpec(name: name, host: spec.host, settings: spec.settings, clients: []), of: cluster, instance: self
        )
    }

    deinit {
        processes.deallocate()
        contexts.deallocate()
        costs.deallocate()
    }

    /// The recorder's numbers of its processes.
    var recorded: Range<Int> { processBase..<processBase + server.processes.count }

    // MARK: Processes

    /// Makes the server's processes.
    func spawnServer() {
        for number in 0..<server.processes.backends {
            spawn("backend \(number)", number) { [self] process in
                process.BackendMain()
                backendEnded()
            }
        }
        spawn("walwriter", server.walWriter) { $0.WalWriterMain() }
        if let number = server.processes.checkpointer { spawn("checkpointer", number) { $0.CheckpointerMain() } }
        spawnWalSenders()
        if let number = server.processes.backgroundWriter {
            spawn("bgwriter", number) { $0.BackgroundWriterMain() }
        }
        if let number = server.processes.autovacuum { spawn("autovacuum", number) { $0.AutoVacuumMain() } }
    }

    func spawn(_ kind: String, _ number: ProcNumber, _ main: @escaping (SimulatedProcess) -> Void) {
        (contexts + number).initialize(to: MachineContext(instance: self, number: number))
        let process = SimulatedProcess(number, of: server, on: SimulatedMachine(contexts + number))
        serverProcesses.append(process)
        host.cpu.spawn(
            name.isEmpty ? kind : "\(name) \(kind)", in: host.simulation, recorderNumber: processBase + number,
            on: server.processes.type(of: number) == .walSender ? walSendersAllowed : allowed
        ) { main(process) }
    }

    /// Makes the threads of those clients that share the host's cores.
    func spawnClients() {
        let sessions = clients.specs.map { _ in host.cpu.openSession() }
        for thread in clients.threads {
            let number = host.claimProcesses(1)
            let set = clients.specs[thread.group].coreSet.map { host.coreSets[$0] } ?? system.allowed
            host.cpu.spawn(thread.name, in: host.simulation, session: sessions[thread.group], on: set) {
                thread.run(as: number)
            }
        }
    }

    /// Whether the server's other processes must go: the last backend has ended, or a standby stops, or the run is
    /// over and a backend still sleeps in a device, by whose end these would look for work many millions of times.
    var shutdownRequested: Bool {
        if isStandby { return replication.isStopping || !replication.isUp }
        return lastBackendHasEnded || host.kernel.now >= host.patienceEnds
    }

    /// A backend has ended; walwriter and checkpointer are told to stop after the last one.
    private func backendEnded() {
        backendsAlive -= 1
        guard backendsAlive == 0 else { return }
        lastBackendHasEnded = true
        setLatch(server.walWriter)
        if let number = server.processes.checkpointer { setLatch(number) }
        if let number = server.processes.backgroundWriter { setLatch(number) }
        if let number = server.processes.autovacuum { setLatch(number) }
        endReplication()
    }

    /// Asks for a checkpoint without pauses, as CHECKPOINT does; called while no process runs.
    func requestCheckpoint() {
        server.noteCheckpointRequest([.immediate, .force])
        if let number = server.processes.checkpointer { setLatch(number) }
    }

    // MARK: Waking

    /// The number of a process in the host's CPU model.
    @inline(__always)
    func cpuNumber(_ number: ProcNumber) -> Int32 { cpuBase &+ Int32(truncatingIfNeeded: number) }

    /// Sets a process's latch and makes the process ready if it sleeps on it.
    /// - Parameter waker: the process that sets it, by its number in the CPU model, if one on the same host does.
    /// - Returns: what it costs the waker to kick a halted core; nil if the process did not sleep.
    @discardableResult
    func setLatch(_ number: ProcNumber, by waker: Int32? = nil) -> Nanoseconds? {
        let target = processes + number
        guard !target.pointee.latchIsSet else { return nil }
        target.pointee.latchIsSet = true
        guard target.pointee.waitsOnLatch else { return nil }
        target.pointee.waitsOnLatch = false
        return host.cpu.makeReady(cpuNumber(number), by: waker)
    }
}
