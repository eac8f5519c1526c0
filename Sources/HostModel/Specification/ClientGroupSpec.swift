import SimTime
import Statistics

/// Connections that run the same transaction under the same load.
public struct ClientGroupSpec: Sendable {
    /// Where the clients' programs run.
    public enum Place: String, Sendable, CaseIterable {
        /// pgbench's threads share the server's cores and serve their connections in passes.
        case server
        /// Elsewhere: a round trip away, with CPU of their own.
        case elsewhere
    }
    /// When clients start transactions.
    public enum Load: Sendable {
        /// Each client starts its next one when the last is done, after a pause (`think`).
        case closed
        /// Poisson arrivals, transactions a second over the whole group.
        case open(rate: Double)
        /// Piecewise constant rate: from each instant on, transactions a second; before the first, the first.
        case profile([(from: Nanoseconds, rate: Double)])
        /// Scheduled starts relative to t = 0, from a pgbench log.
        case replay([Nanoseconds])

        /// True if transactions start when they are due, whatever became of those before them.
        public var isScheduled: Bool { if case .closed = self { false } else { true } }
    }
    /// The group's name, after which its random streams are named.
    public var name: String
    /// How many connections it has.
    public var count: Int
    /// When they start transactions.
    public var load: Load
    /// The pause before each transaction of a closed load.
    public var think: Distribution
    /// Index into `ClusterSpec.transactions`.
    public var transaction: Int
    /// Where their programs run.
    public var place: Place
    /// pgbench's `-j`; only for clients on the server.
    public var threads: Int
    /// The cores that the threads may run on, as an index into `HostSpec.coreSets`; nil: any.
    public var coreSet: Int?

    /// Everything spelled out.
    public init(
        name: String, count: Int, load: Load, think: Distribution, transaction: Int, place: Place, threads: Int
    ) {
        self.name = name
        self.count = count
        self.load = load
        self.think = think
        self.transaction = transaction
        self.place = place
        self.threads = threads
    }
}
