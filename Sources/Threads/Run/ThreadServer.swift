import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// One server on real threads: its shared memory, one thread for each process, and the run from start to stop.
final class ThreadServer {
    private let spec: ThreadRunSpec
    /// Where all words live: nothing else keeps it.
    private let memory = ThreadMemory()
    private let host: ThreadHost
    private let processes: [ServerProcess<ThreadMachine>]
    /// Set when all threads exist: no process runs before.
    private let start = Latch()

    /// How long an interrupt or a failed write may go unnoticed.
    private static let pollInterval = Nanoseconds.milliseconds(20)

    /// Lays out the server's memory and opens its WAL.
    init(_ spec: ThreadRunSpec, in directory: DataDirectory) {
        self.spec = spec
        let clock = Clock()
        let layout = ServerProcesses(backends: spec.clients, hasCheckpointer: true)
        var settings = spec.settings
        // The run is judged by its WAL from the first record on: checkpoints must leave every segment.
        settings.walKeepSize = .max >> 20
        let server = Server<ThreadMachine>(
            release: spec.release, settings: settings, transactions: spec.transactions, processes: layout,
            recycledSegments: directory.segmentCount - 1, memory: memory)
        let types = layout.types
        let buffers = WALBuffers(
            pages: server.xlog.bufferCount, format: directory.format, systemIdentifier: spec.seed)
        let device = WALDevice(
            directory, buffers: buffers, pages: server.xlog.bufferCount, settings: spec.settings,
            syncLatency: spec.syncLatency, clock: clock, memory: memory)
        let host = ThreadHost(
            processes: layout.count, clock: clock, recorder: SharedRecorder(server, processes: types, clock: clock),
            buffers: buffers, device: device, burnsExplicitCPU: spec.burnsExplicitCPU, memory: memory)
        self.host = host
        let client = ClosedLoopClient(
            server.transactions[spec.transaction], at: spec.transaction, count: spec.transactionsPerClient,
            think: spec.think)
        processes = types.enumerated().map { number, type in
            let machine = ThreadMachine(
                number, on: host, settings: spec.settings, seed: spec.seed,
                client: type == .clientBackend ? client : nil)
            return ServerProcess(number, of: server, on: machine)
        }
    }

    /// Runs the server: warm-up, the measured span, then a stop in PostgreSQL's order, clients first.
    func run(_ shouldStop: () -> Bool) throws(ThreadRunError) -> (result: RunResult, audit: ProcessAudit) {
        let threads = try startThreads()
        var began = host.recorder.record { $0.beginSpan($1) }
        start.set()
        var isComplete = true
        if spec.warmup > .zero {
            isComplete = pause(spec.warmup, shouldStop)
            began = host.recorder.record { $0.beginSpan($1) }
        }
        isComplete = isComplete && pause(spec.duration, shouldStop)
        let whole = host.recorder.record { $0.endSpan(began, named: SpanResult.wholeName, $1) }
        stop(threads)
        if let failure = host.device.failure { throw failure }
        var audit = ProcessAudit()
        for process in processes { audit.merge(process.machine.audit) }
        return (result(whole, audit, interrupted: !isComplete), audit)
    }

    /// What the device has made durable.
    var durableUpTo: XLogRecPtr { host.device.durableUpTo }

    private func startThreads() throws(ThreadRunError) -> [OSThread] {
        var threads: [OSThread] = []
        for process in processes {
            do {
                threads.append(try OSThread { [start] in Self.main(process, start) })
            } catch {
                host.clientsStop.set()
                start.set()
                stop(threads)
                throw .threads(started: threads.count, wanted: processes.count, reason: error.reason)
            }
        }
        return threads
    }

    /// What each thread runs.
    private static func main(_ process: ServerProcess<ThreadMachine>, _ start: Latch) {
        while !start.wait(timeout: .max) {}
        let machine = process.machine
        machine.host.recorder.record { $0.setState(process.number, .running, $1) }
        switch process.server.processes.type(of: process.number) {
        case .walWriter: process.WalWriterMain()
        case .checkpointer: process.CheckpointerMain()
        default: process.BackendMain()
        }
    }

    /// Lets time pass while there are clients; false if it was cut short by an interrupt or a failure.
    private func pause(_ span: Nanoseconds, _ shouldStop: () -> Bool) -> Bool {
        let end = host.clock.now + span
        while host.clock.now < end {
            if shouldStop() || host.device.hasFailed { return false }
            if host.clientsGone.load() == UInt64(spec.clients) { return true }
            host.clock.sleep(until: min(host.clock.now + Self.pollInterval, end))
        }
        return true
    }

    /// Backends finish the transactions that they are in; the processes that serve them go last.
    private func stop(_ threads: [OSThread]) {
        host.clientsStop.set()
        for thread in threads.prefix(spec.clients) { thread.join() }
        host.shutdown.store(1)
        for latch in host.latches[spec.clients...] { latch.set() }
        for thread in threads.dropFirst(spec.clients) { thread.join() }
    }

    private func result(_ whole: SpanResult, _ audit: ProcessAudit, interrupted: Bool) -> RunResult {
        RunResult(
            seed: spec.seed, digest: 0, wakeups: audit.sleeps, release: spec.release,
            processes: [.clientBackend: spec.clients, .walWriter: 1, .checkpointer: 1], whole: whole, phases: [],
            timeline: Timeline(interval: spec.duration, series: []), sessionCounts: [], interrupted: interrupted)
    }
}
