import DiscreteEvent
import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// Simulated servers on their hosts with their clients, ready to run: a value of its own, with no state outside.
///
/// One recorder covers all: a process's number there is its `ProcNumber` behind the processes of the servers before it.
public final class SimulatedCluster {
    /// The simulation that its processes live in.
    public let simulation: Simulation
    /// What its processes did.
    public let recorder: Recorder
    let hosts: [Host]
    /// The servers that clients use, and their standbys in the same order.
    let instances: [Instance]
    let standbys: [Instance]
    private let memory = SimulatedMemory()

    /// The shared memory of the first server.
    public var server: SimulatedServer { instances[0].server }
    /// The first server's processes by number.
    package var processes: [SimulatedProcess] { instances[0].serverProcesses }

    /// Builds the cluster; nothing has happened yet.
    ///
    /// - Parameter observer: told what the servers' processes do.
    public init(_ spec: ClusterSpec, observer: (any RunObserver)? = nil) {
        let ties = spec.exploration.map { TieBreaking.random(seed: $0.seed) } ?? .insertionOrder
        simulation = Simulation(ties: ties)
        let servers = spec.instances.map { [memory] instance in
            SimulatedServer(
                release: spec.release, settings: instance.settings, transactions: spec.transactions,
                tables: spec.tables, processes: instance.processes, variants: spec.variants,
                recycledSegments: instance.recycledSegments, memory: memory)
        }
        let replicas = spec.instances.flatMap(\.standbys).map { [memory] standby in
            SimulatedServer(
                release: spec.release, settings: standby.settings, transactions: [], processes: .standby, memory: memory
            )
        }
        recorder = Recorder(
            release: spec.release, processes: (servers + replicas).flatMap { $0.processes.types },
            lockEvents: (servers + replicas).flatMap { $0.lockEvents }, recordTypes: servers[0].recordTypes,
            servers: servers.count + replicas.count, observer: observer)
        hosts = Self.makeHosts(spec, simulation, recorder)
        (instances, standbys) = Self.makeInstances(spec, servers, replicas, hosts)
        Self.link(spec, instances, standbys)
        recorder.gauges = gauges(spec)
        if !standbys.isEmpty {
            recorder.gauges.standbys = { [unowned self] in statReplication }
            recorder.gauges.standbyFacts = { [unowned self] in standbyFacts }
        }
        for instance in instances { instance.spawnServer() }
        for standby in standbys { standby.spawnStandby() }
        for instance in instances { instance.spawnClients() }
        for (host, hostSpec) in zip(hosts, spec.hosts) {
            for work in hostSpec.background { host.spawnBackgroundWork(work) }
        }
    }

    // MARK: Running

    /// Runs until every process has ended, which `stop` brings about.
    ///
    /// - Throws: `Deadlock` if all processes wait for each other: an algorithm is wrong.
    public func run() throws(Deadlock) { try simulation.run() }

    /// Asks clients and then the servers to finish; called from a handler.
    public func stop() {
        for host in hosts {
            host.isStopping = true
            host.patienceEnds = simulation.kernel.now + Self.patience
        }
        for instance in instances { instance.clients.stop() }
        endWaitsWhenStopped()
    }

    /// How long servers may take to stop once the run is over.
    static var patience: Nanoseconds { .seconds(60) }

    /// Asks every server for a checkpoint without pauses, as CHECKPOINT does; called from a handler.
    public func requestCheckpoint() {
        for instance in instances { instance.requestCheckpoint() }
    }

    /// From now on no client starts a transaction, until `resumeClients`; called from a handler.
    public func pauseClients() { for instance in instances { instance.clients.pause() } }

    /// Clients may start transactions again; called from a handler.
    public func resumeClients() { for instance in instances { instance.clients.resume() } }

    /// Whether no client is in a transaction.
    public var clientsAreAtRest: Bool { instances.allSatisfy { $0.clients.isAtRest } }

    /// True if no client will ever start a transaction again: all have come to the end of what they replay.
    public var isExhausted: Bool { instances.allSatisfy { $0.clients.isExhausted } }

    /// Called after each completed transaction.
    public var onCompletion: (() -> Void)? {
        get { instances[0].clients.onCompletion }
        set { for instance in instances { instance.clients.onCompletion = newValue } }
    }

    /// Called at every point where, in an exploring run, another process may have run.
    public var onStep: (() -> Void)? {
        get { hosts[0].explorer?.check }
        set { hosts[0].explorer?.check = newValue }
    }

    // MARK: Looking

    /// The longest time that an acknowledged asynchronous commit was not durable.
    public var longestAsyncWindow: Nanoseconds {
        instances.reduce(.zero) { max($0, $1.durability.longestWindow) }
    }

    /// Synchronous commits that were acknowledged before they were durable: none, unless an algorithm is wrong.
    package var durabilityViolations: Int { instances.reduce(0) { $0 + $1.durability.violations } }

    /// What a blocked process waits for and who could end that, for the report of a deadlock.
    public func describe(_ id: ProcessID) -> String {
        guard let number = recordedNumber(of: id) else { return "not a server process" }
        let event = recorder.event(of: number).name(in: recorder.release)?.description ?? "no wait event"
        guard let lock = recorder.awaitedLock(of: number) else { return event }
        let holder = recorder.holder(of: lock).map { "process \($0)" } ?? "nobody"
        return "\(event), held by \(holder)"
    }

    /// The recorder's number of a server process.
    private func recordedNumber(of id: ProcessID) -> Int? {
        for instance in instances + standbys {
            for number in 0..<instance.server.processes.count
            where instance.host.cpu.processes[Int(instance.cpuNumber(number))].kernelID == id {
                return instance.processBase + number
            }
        }
        return nil
    }
}

/// Making the parts.
extension SimulatedCluster {
    private static func makeHosts(_ spec: ClusterSpec, _ simulation: Simulation, _ recorder: Recorder) -> [Host] {
        let explorer = spec.exploration.map { ScheduleExplorer($0) }
        return spec.hosts.enumerated().map { index, host in
            // The first host's streams have plain names: other machines beside it change nothing on it.
            Host(
                host, streams: index == 0 ? "" : "host \(index) ", capacity: spec.processCount(on: index),
                simulation: simulation, recorder: recorder, explorer: explorer, start: .zero + spec.warmup,
                seed: spec.seed)
        }
    }

    private static func makeInstances(
        _ spec: ClusterSpec, _ servers: [SimulatedServer], _ replicas: [SimulatedServer], _ hosts: [Host]
    ) -> (instances: [Instance], standbys: [Instance]) {
        var base = Instance.Base()
        func advance(behind server: SimulatedServer) {
            base.process += server.processes.count
            base.lock += server.lockEvents.count
            base.server += 1
        }
        let instances = zip(spec.instances, servers).map { instance, server in
            defer { advance(behind: server) }
            return Instance(instance, of: spec, server: server, base: base, on: hosts[instance.host])
        }
        let specs = spec.instances.flatMap { instance in instance.standbys.map { (instance, $0) } }
        let standbys = zip(specs, replicas).map { named, server in
            defer { advance(behind: server) }
            let (primary, standby) = named
            return Instance(
                standby, name: "\(primary.streams)standby \(standby.name)", of: spec, server: server, base: base,
                on: hosts[standby.host], guest: standby.host == primary.host ? primary.guest : nil)
        }
        return (instances, standbys)
    }

    /// WAL is summed over the servers; CPU is that of the machines that clients' servers run on.
    ///
    /// The machines refer to the recorder: if it owned them or their servers in turn, they would never be freed.
    private func gauges(_ spec: ClusterSpec) -> Recorder.Gauges {
        let used = Set(spec.instances.map(\.host)).sorted()
        return Recorder.Gauges(
            insertHead: { [unowned self] in instances.reduce(0) { $0 + $1.server.xlog.insertHead } },
            busy: { [unowned self] in used.reduce(.zero) { $0 + hosts[$1].cpu.busyTime } },
            cores: used.reduce(0) { $0 + spec.hosts[$1].cores })
    }
}
