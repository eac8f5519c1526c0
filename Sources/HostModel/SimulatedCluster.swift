import DiscreteEvent
import Instrumentation
import Postgres
import SimTime
import Statistics
import WaitEvents

/// One simulated server on its host with its clients, ready to run: a value of its own, with no state outside.
public final class SimulatedCluster {
    /// The simulation that its processes live in.
    public let simulation: Simulation
    /// The shared memory of its server.
    public let server: SimulatedServer
    /// What its processes did.
    public let recorder: Recorder
    let host: Host
    private let memory = SimulatedMemory()
    /// The server's processes by number.
    package private(set) var processes: [SimulatedProcess] = []
    /// How many client backends there are; their process numbers come first.
    public var backendCount: Int { server.processes.backends }

    /// Builds the cluster; nothing has happened yet.
    public init(_ spec: ClusterSpec) {
        let ties = spec.exploration.map { TieBreaking.random(seed: $0.seed) } ?? .insertionOrder
        simulation = Simulation(ties: ties)
        let processes = ServerProcesses(
            backends: spec.clients.reduce(0) { $0 + $1.count }, hasCheckpointer: true)
        server = SimulatedServer(
            release: spec.release, settings: spec.settings, transactions: spec.transactions,
            processes: processes, recycledSegments: spec.recycledSegments, memory: memory)
        recorder = Recorder(
            release: spec.release,
            processes: processes.types,
            lockEvents: server.locks.map { $0.event }, recordTypes: server.recordTypes)
        host = Host(spec, simulation: simulation, processes: processes, recorder: recorder)
        recorder.gauges = Recorder.Gauges(
            insertHead: { [server] in server.xlog.insertHead }, busy: { [unowned cpu = host.cpu] in cpu.busyTime },
            cores: spec.host.cores)
        spawnServer()
        spawnClients()
        spawnBackgroundWork(spec.host.background)
    }

    /// Runs until every process has ended, which `stop` brings about.
    ///
    /// - Throws: `Deadlock` if all processes wait for each other: an algorithm is wrong.
    public func run() throws(Deadlock) { try simulation.run() }

    /// Asks clients and then the server to finish; called from a handler.
    public func stop() { host.clients.stop() }

    /// Asks for a checkpoint without pauses, as CHECKPOINT does; called from a handler.
    public func requestCheckpoint() {
        server.noteCheckpointRequest([.immediate, .force])
        if let number = server.processes.checkpointer { _ = host.setLatch(number) }
    }

    /// True if no client will ever start a transaction again: all have come to the end of what they replay.
    public var isExhausted: Bool { host.clients.isExhausted }

    /// Called after each completed transaction.
    public var onCompletion: (() -> Void)? {
        get { host.clients.onCompletion }
        set { host.clients.onCompletion = newValue }
    }

    /// Called at every point where, in an exploring run, another process may have run.
    public var onStep: (() -> Void)? {
        get { host.explorer?.check }
        set { host.explorer?.check = newValue }
    }

    /// The longest time that an acknowledged asynchronous commit was not durable.
    public var longestAsyncWindow: Nanoseconds { host.durability.longestWindow }
    /// Synchronous commits that were acknowledged before they were durable: none, unless an algorithm is wrong.
    public var durabilityViolations: Int { host.durability.violations }

    /// What a blocked process waits for and who could end that, for the report of a deadlock.
    public func describe(_ id: ProcessID) -> String {
        guard let number = (0..<server.processes.count).first(where: { host.cpu.processes[$0].kernelID == id }) else {
            return "not a server process"
        }
        let event = recorder.event(of: number).name(in: server.release)?.description ?? "no wait event"
        guard let lock = recorder.awaitedLock(of: number) else { return event }
        let holder = recorder.holder(of: lock).map { "process \($0)" } ?? "nobody"
        return "\(event), held by \(holder)"
    }

    private func spawnServer() {
        for number in 0..<server.processes.backends {
            let process = makeProcess(number)
            host.cpu.spawn("backend \(number)", in: simulation, recorderNumber: number) { [host] in
                process.BackendMain()
                host.backendEnded()
            }
        }
        let process = makeProcess(server.walWriter)
        host.cpu.spawn("walwriter", in: simulation, recorderNumber: process.number) { process.WalWriterMain() }
        if let number = server.processes.checkpointer {
            let process = makeProcess(number)
            host.cpu.spawn("checkpointer", in: simulation, recorderNumber: number) { process.CheckpointerMain() }
        }
    }

    private func makeProcess(_ number: Int) -> SimulatedProcess {
        let process = SimulatedProcess(number, of: server, on: SimulatedMachine(host: host, number: Int32(number)))
        processes.append(process)
        return process
    }

    private func spawnClients() {
        for thread in host.clients.threads {
            let number = Int32(host.cpu.processCount)
            host.cpu.spawn(thread.name, in: simulation) { thread.run(as: number) }
        }
    }

    private func spawnBackgroundWork(_ works: [BackgroundWorkSpec]) {
        for work in works {
            let number = Int32(host.cpu.processCount)
            host.cpu.spawn(work.name, in: simulation) { [host, kernel = simulation.kernel] in
                var next = kernel.now
                while !host.clients.isStopping {
                    host.cpu.run(number, work.cpu)
                    next = max(next + work.every, kernel.now)
                    if next > kernel.now { host.cpu.block(number, as: .waiting, until: next) }
                }
            }
        }
    }
}
