import Postgres
import SimTime
import Statistics

/// A group of clients as it runs: what its connections send and when.
///
/// Lives in raw memory, which `ClientPopulation` owns: an array of them would count references at each message.
struct ClientGroup {
    /// The messages of its transaction, in order.
    private let script: FixedArray<ClientMessage>
    private let think: Distribution
    private var thinkStream: RandomStream
    private var arrivals: ArrivalSequence

    /// - Parameters:
    ///   - streams: what the names of its random streams begin with.
    ///   - transaction: what its clients run, of that number.
    ///   - start: t = 0 of the measured window.
    init(_ spec: ClientGroupSpec, streams: String, transaction: TransactionSpec, start: Instant, seed: UInt64) {
        script = FixedArray(Self.script(of: spec.transaction, transaction))
        think = spec.think
        thinkStream = RandomStream(seed: seed, name: "\(streams)\(spec.name) think")
        arrivals = ArrivalSequence(spec.load, name: streams + spec.name, start: start, seed: seed)
    }

    func deallocate() { script.deallocate() }

    /// A transaction of one statement commits by itself; a longer one is framed by BEGIN and COMMIT.
    private static func script(of number: Int, _ transaction: TransactionSpec) -> [ClientMessage] {
        let executions = transaction.statements.enumerated().flatMap {
            Array(repeating: $0.offset, count: $0.element.times)
        }
        if executions.count == 1 { return [.execute(transaction: number, statement: executions[0], commits: true)] }
        let statements = executions.map {
            ClientMessage.execute(transaction: number, statement: $0, commits: false)
        }
        return [.begin] + statements + [.commit]
    }

    /// The next message of a connection, which goes one step on in its transaction.
    @inline(__always)
    func nextMessage(_ connection: UnsafeMutablePointer<Connection>) -> ClientMessage {
        let step = connection.pointee.step
        connection.pointee.step = step + 1 == script.count ? 0 : step + 1
        return script[step]
    }

    /// When a client that has nothing to do starts its next transaction; nil if never.
    mutating func nextStart(now: Instant) -> Instant? {
        arrivals.next(now: now + think.sample(from: &thinkStream))
    }
}
