import Postgres

/// One PostgreSQL server of a cluster: where it runs, its settings, and who uses it.
public struct InstanceSpec: Sendable {
    /// What it is called in reports, and what the names of its random streams begin with; empty for a server that is
    /// alone.
    public var name: String
    /// Index of the machine that it runs on, in `ClusterSpec.hosts`.
    public var host: Int
    /// Its settings at the start.
    public var settings: Settings
    /// How many recycled segments it starts with; nil: as many as steady work leaves.
    public var recycledSegments: Int?
    /// Who uses it.
    public var clients: [ClientGroupSpec]
    /// The guest that it runs in, as an index into `HostSpec.guests`; nil: on the bare machine.
    public var guest: Int?
    /// The cores that its processes may run on, as an index into `HostSpec.coreSets`; nil: any.
    public var coreSet: Int?
    /// The same for its walsenders; nil: as for the others.
    public var walSenderCoreSet: Int?
    /// Who replicates it.
    public var standbys: [StandbySpec]
    /// Whether its tables are modelled, page by page: then the background writer logs its snapshots too.
    public var modelsTables = false

    /// Everything spelled out.
    public init(
        name: String = "", host: Int = 0, settings: Settings, recycledSegments: Int? = nil,
        clients: [ClientGroupSpec], standbys: [StandbySpec] = []
    ) {
        self.name = name
        self.host = host
        self.settings = settings
        self.recycledSegments = recycledSegments
        self.clients = clients
        self.standbys = standbys
    }

    /// What the names of its random streams begin with.
    var streams: String { name.isEmpty ? "" : name + " " }
    /// How many client backends it has.
    var backends: Int { clients.reduce(0) { $0 + $1.count } }
    /// How many threads of its clients share the host's cores.
    var clientThreads: Int { clients.reduce(0) { $0 + ($1.place == .server ? min($1.threads, $1.count) : 0) } }
    /// Its processes.
    var processes: ServerProcesses {
        ServerProcesses(
            backends: backends, hasCheckpointer: true, walSenders: standbys.count,
            hasBackgroundWriter: modelsTables && settings.walLevel > .minimal,
            hasAutovacuum: modelsTables && settings.autovacuum)
    }
}
