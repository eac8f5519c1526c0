import Postgres
import SimTime
import WaitEvents

/// Everything that a simulated cluster is made from: machines, the servers on them and their clients.
public struct ClusterSpec: Sendable {
    /// The seed of every random stream.
    public var seed: UInt64
    /// What runs before t = 0: schedules of stalls and of loads count from its end.
    public var warmup: Nanoseconds
    /// The release of every server: results are named as it names them.
    public var release: PostgresRelease
    /// What every server does in another way than its release.
    public var variants = Variants()
    /// The machines.
    public var hosts: [HostSpec]
    /// The servers; at least one.
    public var instances: [InstanceSpec]
    /// What clients may ask for.
    public var transactions: [TransactionSpec]
    /// The tables of every server.
    public var tables: [TableSpec]
    /// Nil: wake-ups due at the same instant come in the order of their making, and nothing is preempted but by the
    /// scheduler.
    public var exploration: ExplorationSpec?

    /// Everything spelled out.
    public init(
        seed: UInt64, warmup: Nanoseconds, release: PostgresRelease, hosts: [HostSpec], instances: [InstanceSpec],
        transactions: [TransactionSpec], tables: [TableSpec] = [], exploration: ExplorationSpec? = nil
    ) {
        self.tables = tables
        self.seed = seed
        self.warmup = warmup
        self.release = release
        self.hosts = hosts
        self.instances = instances
        self.transactions = transactions
        self.exploration = exploration
    }

    /// A single server on its machine, with its standbys, for which there may be others.
    public init(
        seed: UInt64, warmup: Nanoseconds, release: PostgresRelease, settings: Settings,
        recycledSegments: Int? = nil, host: HostSpec, clients: [ClientGroupSpec], transactions: [TransactionSpec],
        tables: [TableSpec] = [], standbys: [StandbySpec] = [], otherHosts: [HostSpec] = [],
        exploration: ExplorationSpec? = nil
    ) {
        self.init(
            seed: seed, warmup: warmup, release: release, hosts: [host] + otherHosts,
            instances: [
                InstanceSpec(
                    settings: settings, recycledSegments: recycledSegments, clients: clients, standbys: standbys)
            ],
            transactions: transactions, tables: tables, exploration: exploration)
    }

    /// How many processes a machine will have, clients' threads and other programs included.
    func processCount(on host: Int) -> Int {
        let servers = instances.filter { $0.host == host }
        let standbys = instances.flatMap(\.standbys).filter { $0.host == host }
        return hosts[host].background.count + standbys.count * ServerProcesses.standby.count
            + servers.reduce(0) { $0 + $1.processes.count + $1.clientThreads }
    }
}
