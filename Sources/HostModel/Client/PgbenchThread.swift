import Postgres
import SimTime

/// A pgbench thread on the server's own cores: it serves its connections in passes (pgbench.c, threadRun).
///
/// A pass polls the sockets and takes every result that has come. A client whose transaction has ended starts its next
/// one only in the next pass, which does not poll; so part of a client's cycle lies in no transaction.
final class PgbenchThread {
    let name: String
    private let number: Int
    // Owns this and outlives it: no reference is counted for each message.
    unowned(unsafe) private let population: ClientPopulation
    /// The connections that it serves.
    var connections: [Int] = []
    /// The thread's number in the CPU model.
    private var process: Int32 = -1
    private var isAsleep = false

    /// The group of clients that it serves.
    let group: Int

    init(name: String, number: Int, group: Int, of population: ClientPopulation) {
        self.name = name
        self.number = number
        self.group = group
        self.population = population
    }

    private var host: Host { population.host }
    private var costs: FlatCosts { population.instance.system.costs }

    /// A reply lies on one of its sockets.
    /// - Parameter backend: who sent it, by its number in the CPU model.
    func replyArrived(from backend: Int32) { wake(by: backend) }

    /// The run is over.
    func stop() { wake() }

    /// Clients may start transactions again.
    func pauseIsOver() { wake() }

    private func wake(by sender: Int32? = nil) {
        guard isAsleep else { return }
        isAsleep = false
        let kick = host.cpu.makeReady(process, by: sender, cause: .reply)
        if let sender { host.cpu.endSystemCall(of: sender, after: kick) }
    }

    /// Runs until every client has finished.
    func run(as process: Int32) {
        self.process = process
        while true {
            switch nextPass() {
            case .start: startTransactions()
            case .poll(let sockets, let alarm):
                poll(sockets, alarm)
                takeResults()
            case .finished: return
            }
        }
    }

    private func spend(_ work: Work, _ amount: Int) {
        host.cpu.run(process, host.cpu.refetched(process, work, costs.cost(work, amount)))
    }

    /// What a pass has to do.
    private enum Pass {
        /// A client is ready to start a transaction right now.
        case start
        /// So many clients wait for results; the next start is due at the alarm.
        case poll(sockets: Int, alarm: Instant?)
        /// All clients have finished.
        case finished
    }

    private func nextPass() -> Pass {
        var sockets = 0
        var alarm: Instant?
        var unfinished = false
        for number in connections {
            switch population.connections[number].state {
            case .choosing: return .start
            case .sleeping(let until):
                if until <= host.kernel.now || population.isStopping { return .start }
                alarm = min(alarm ?? until, until)
                unfinished = true
            case .held:
                if !population.isPaused || population.isStopping { return .start }
                unfinished = true
            case .exhausted:
                if population.isStopping { return .start }
                unfinished = true
            case .awaitingResult:
                sockets += 1
                unfinished = true
            case .finished: continue
            }
        }
        return unfinished ? .poll(sockets: sockets, alarm: alarm) : .finished
    }

    /// Polls the sockets, and sleeps until something comes if nothing has and no start is due.
    private func poll(_ sockets: Int, _ alarm: Instant?) {
        spend(.clientPoll, sockets)
        if connections.contains(where: { population.connections[$0].hasReply }) { return }
        if (population.isStopping || holdsWithoutPause) && sockets == 0 { return }
        if let alarm, alarm <= host.kernel.now { return }
        isAsleep = true
        host.cpu.block(process, as: .waiting, alarm: alarm.map { $0 + host.cpu.spec.timerSlack })
        isAsleep = false
        spend(.clientWake, 0)
    }

    /// Whether a pause has ended that a client was held by.
    private var holdsWithoutPause: Bool {
        !population.isPaused
            && connections.contains { if case .held = population.connections[$0].state { true } else { false } }
    }

    /// The clients whose replies the poll found; later ones wait for the next.
    private func takeResults() {
        let ready = connections.filter { population.connections[$0].hasReply }
        for number in ready { takeResult(number) }
    }

    private func takeResult(_ number: Int) {
        let connection = population.connections + number
        connection.pointee.hasReply = false
        spend(.clientResult, 0)
        if connection.pointee.step == 0 {
            population.completed(connection)
            connection.pointee.state = .choosing
        } else {
            send(number)
        }
    }

    private func startTransactions() {
        for number in connections {
            let connection = population.connections + number
            switch connection.pointee.state {
            case .choosing, .held(isScheduled: false): start(number)
            case .held(isScheduled: true): begin(number)
            case .sleeping(let until) where until <= host.kernel.now || population.isStopping: begin(number)
            case .exhausted where population.isStopping: finish(number)
            default: continue
            }
        }
    }

    private func start(_ number: Int) {
        let connection = population.connections + number
        if population.isPaused && !population.isStopping {
            connection.pointee.state = .held(isScheduled: false)
            return
        }
        if population.isStopping {
            finish(number)
            return
        }
        guard let start = population.nextStart(group: connection.pointee.group) else {
            connection.pointee.state = .exhausted
            return
        }
        connection.pointee.began = start
        if start > host.kernel.now {
            connection.pointee.state = .sleeping(until: start)
        } else {
            begin(number)
        }
    }

    private func begin(_ number: Int) {
        if population.isStopping {
            finish(number)
        } else if population.isPaused {
            population.connections[number].state = .held(isScheduled: true)
        } else {
            send(number)
        }
    }

    /// Sends the next message of the client's transaction.
    private func send(_ number: Int) {
        let connection = population.connections + number
        let message = population.groups[connection.pointee.group].nextMessage(connection)
        connection.pointee.state = .awaitingResult
        spend(.clientSend, 0)
        deliver(message, number)
    }

    private func finish(_ number: Int) {
        population.connections[number].state = .finished
        deliver(.terminate, number)
    }

    private func deliver(_ message: ClientMessage, _ number: Int) {
        let connection = population.connections + number
        connection.pointee.inbox = message
        guard connection.pointee.backendWaits else { return }
        connection.pointee.backendWaits = false
        let kick = host.cpu.makeReady(population.instance.cpuNumber(number), by: process, cause: .statement)
        host.cpu.endSystemCall(of: process, after: kick)
    }
}
