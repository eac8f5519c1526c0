import DiscreteEvent
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Postgres

typealias ScriptedProcess = ServerProcess<ScriptedMachine>

/// A place where a session can be overtaken.
enum PausePoint: Equatable {
    /// Before it spends, or begins to owe, CPU for some work.
    case spending(Work)
    /// Before it settles what it owes: before every spinlock, wait-list lock and release.
    case settling
    /// Before it sets somebody's latch.
    case signalling
}

/// One session of a script: a server process, and what it is doing.
final class Session {
    enum State {
        case idle, running, ready, paused, waitingForPost, waitingForLatch, waitingForDevice, asleep
    }

    let name: String
    let number: ProcNumber
    var state = State.idle
    var event = WaitEvent.none
    var semaphore = 0
    var latchIsSet = false
    var interrupt: Interrupt?
    /// What has arrived on its replication connection.
    var inbox: [ReplicationMessage] = []
    var outputIsPending = false
    /// Where the session stops next, and how often it passes there before.
    var pausePoint: (point: PausePoint, after: Int)?
    fileprivate(set) var process: ScriptedProcess!
    fileprivate var kernelID: ProcessID!
    fileprivate var step: (() -> Void)?

    fileprivate init(name: String, number: ProcNumber) {
        self.name = name
        self.number = number
    }
}

/// Named steps of named sessions, in the order that a test spells out, and the transcript of what came of them: who
/// waits, who wakes whom, who is done. In the spirit of PostgreSQL's own isolation tests.
///
/// One session runs at a time, until its step is done, or it waits, or it comes to a pause point. A woken session goes
/// on when the script says so (`run`).
final class Script {
    let server: Server<ScriptedMachine>
    private(set) var sessions: [Session] = []
    private(set) var lines: [String] = []
    var clock = Instant.zero
    /// Whether writes and syncs take no time; else they last until `finishIO`.
    var deviceIsInstant = false
    var shutdownRequested = false
    /// The WAL records that were inserted, in order.
    var inserted: [(type: Int, length: Int, imageBytes: Int)] = []
    var counts = (walWrite: 0, walSync: 0, walBuffersFull: 0, flushes: 0)
    /// What checkpoints told, in order.
    var checkpointEvents: [CheckpointObservation] = []

    private let simulation = Simulation()
    private var controller: ProcessID!
    private var readySessions: [Session] = []
    private var kernel: Kernel { simulation.kernel }

    /// - Parameters:
    ///   - names: the sessions, whose process numbers are their places; a session `walwriter` is added.
    ///   - hasCheckpointer: whether a session `checkpointer` follows it.
    convenience init(
        _ names: String..., release: PostgresRelease = .v16, settings: Settings = Settings(),
        transactions: [TransactionSpec] = [], hasCheckpointer: Bool = false, recycledSegments: Int? = nil
    ) {
        self.init(
            sessions: names + ["walwriter"] + (hasCheckpointer ? ["checkpointer"] : []),
            of: ServerProcesses(backends: names.count, hasCheckpointer: hasCheckpointer), release: release,
            settings: settings, transactions: transactions, recycledSegments: recycledSegments)
    }

    /// - Parameter names: every process of the server, by number.
    init(
        sessions names: [String], of processes: ServerProcesses, release: PostgresRelease,
        settings: Settings = Settings(), transactions: [TransactionSpec] = [], tables: [TableSpec] = [],
        variants: Variants = Variants(), recycledSegments: Int? = nil
    ) {
        server = Server(
            release: release, settings: settings, transactions: transactions, tables: tables, processes: processes,
            variants: variants, recycledSegments: recycledSegments, memory: ScriptedMemory())
        for (number, name) in names.enumerated() {
            let session = Session(name: name, number: number)
            session.process = ScriptedProcess(number, of: server, on: ScriptedMachine(script: self, session: session))
            sessions.append(session)
        }
    }

    /// Runs the script and ends its sessions; one that still waits then is a failure.
    func play(_ body: @escaping () -> Void) throws {
        for session in sessions {
            session.kernelID = simulation.spawn(session.name) { [unowned self, unowned session] in
                kernel.suspend()
                while let step = session.step {
                    session.step = nil
                    step()
                    session.state = .idle
                    yield()
                }
            }
        }
        controller = simulation.spawn("script") { [unowned self] in
            body()
            for session in sessions where session.state == .idle { kernel.wake(session.kernelID, at: kernel.now) }
        }
        try simulation.run()
    }

    var transcript: String { lines.joined(separator: "\n") }

    func write(_ line: String) { lines.append(line) }

    /// Forgets the transcript so far: what led up to the scene.
    func clearTranscript() { lines = [] }

    // MARK: Steps

    /// Begins a step of an idle session and runs it until it waits, pauses or is done.
    func begin(
        _ name: String, _ step: String, pausingBefore point: PausePoint? = nil, after count: Int = 0,
        _ body: @escaping (ScriptedProcess) -> Void
    ) {
        let session = session(name)
        precondition(session.state == .idle, "\(name) is not idle")
        session.pausePoint = point.map { ($0, count) }
        session.step = { [unowned self, unowned session] in
            body(session.process)
            write("\(session.name) is done")
        }
        write("\(name): \(step)")
        go(session)
    }

    /// Lets a woken or paused session go on.
    func run(_ name: String, pausingBefore point: PausePoint? = nil, after count: Int = 0) {
        let session = session(name)
        precondition(session.state == .ready || session.state == .paused, "\(name) is \(session.state)")
        session.pausePoint = point.map { ($0, count) }
        write("\(name) goes on")
        go(session)
    }

    /// The device has done what a session waits for.
    func finishIO(_ name: String, pausingBefore point: PausePoint? = nil, after count: Int = 0) {
        precondition(session(name).state == .waitingForDevice, "\(name) does not wait for the device")
        makeReady(session(name))
        run(name, pausingBefore: point, after: count)
    }

    /// A session's timed sleep, or the timeout of its latch, is over.
    func finishSleep(_ name: String) {
        precondition([.asleep, .waitingForLatch].contains(session(name).state), "\(name) does not sleep")
        makeReady(session(name))
        run(name)
    }

    /// Lets all woken sessions go on, first woken first, until none is left.
    func runWoken() {
        while let next = readySessions.first { run(next.name) }
    }

    func session(_ name: String) -> Session { sessions.first { $0.name == name }! }

    // MARK: For the machine

    func makeReady(_ session: Session) {
        session.state = .ready
        readySessions.append(session)
    }

    /// Ends a session's turn.
    func block(_ session: Session, _ what: String) {
        write("\(session.name) \(what)")
        yield()
    }

    func mayPause(_ session: Session, before point: PausePoint) {
        guard let chosen = session.pausePoint, chosen.point == point else { return }
        guard chosen.after == 0 else {
            session.pausePoint = (point, chosen.after - 1)
            return
        }
        session.pausePoint = nil
        pause(session, "pauses")
    }

    func pause(_ session: Session, _ what: String) {
        session.state = .paused
        block(session, what)
    }

    /// The event that a session shows, behind `in`; nothing if it shows none.
    func shown(_ event: WaitEvent) -> String {
        event.name(in: server.release).map { " in \($0.description)" } ?? ""
    }

    private func go(_ session: Session) {
        readySessions.removeAll { $0 === session }
        session.state = .running
        kernel.wake(session.kernelID, at: kernel.now)
        kernel.suspend()
    }

    /// Back to the script.
    private func yield() {
        kernel.wake(controller, at: kernel.now)
        kernel.suspend()
    }
}
