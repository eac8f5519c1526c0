import WaitEvents

/// What was seen of a live server over some time.
public struct ServerObservation: Sendable {
    /// `server_version_num`, such as 150018.
    public var version: Int
    /// Settings that are not at their defaults, with units, as `current_setting` shows them.
    public var settings: [(name: String, value: String)]
    /// Samples of client backends.
    public var waits: WaitSamples
    /// From the first reading of the counters to the last.
    public var seconds: Double
    /// Commits in that time, over all databases.
    public var commits: Double
    /// WAL records in that time; nil before release 14.
    public var walRecords: Double?
    /// Bytes of WAL in that time; nil before release 14.
    public var walBytes: Double?
    /// Full-page images in that time; nil before release 14.
    public var walImages: Double?
    /// Syncs of WAL in that time; nil where the release does not count them.
    public var walSyncs: Double?
    /// What these took together in nanoseconds, 0 without `track_wal_io_timing`; nil where the release does not tell.
    public var walSyncTime: Double?
    /// Cores, if the server runs on this machine.
    public var localCores: Int?

    /// Everything spelled out but the WAL counters.
    public init(
        version: Int, settings: [(name: String, value: String)], waits: WaitSamples, seconds: Double, commits: Double,
        localCores: Int?
    ) {
        self.version = version
        self.settings = settings
        self.waits = waits
        self.seconds = seconds
        self.commits = commits
        self.localCores = localCores
    }

    /// Commits a second.
    var tps: Double { seconds > 0 ? commits / seconds : 0 }

    /// The server's major release, if the simulator knows it.
    var release: PostgresRelease? {
        let name = version < 100_000 ? "\(version / 10_000).\(version / 100 % 100)" : "\(version / 10_000)"
        return PostgresRelease(rawValue: name)
    }

    /// True if no session was seen at work: commits are then those of the server's own housekeeping, and walsim's.
    var isIdle: Bool { waits.totals.isEmpty }

    /// True if its clients are best told as arrivals at a rate.
    var isOpen: Bool { !isIdle && !isSaturated && tps > 0 }

    /// True if hardly a session was ever idle: then the clients are a closed loop without think time, and else arrivals
    /// come at a rate.
    var isSaturated: Bool {
        guard let active = waits.averageActive, waits.clients > 0 else { return false }
        return active >= CalibratedScenario.saturation * Double(waits.clients)
    }
}

extension CalibrationData {
    /// Where values come from that a live server told.
    static let serverName = "the server"

    /// Adds what a live server showed to what files say.
    mutating func take(_ server: ServerObservation) {
        let entries = server.settings.enumerated().map { index, setting in
            ConfigurationEntry(
                name: setting.name, value: setting.value, file: Self.serverName, line: index + 1,
                isShownByServer: true)
        }
        // A file that was given wins: it may be what the server is to get.
        settings = entries.filter { SettingTable.named($0.name)?.effect != nil } + settings
        if let method = settings.last(where: { $0.name == "wal_sync_method" })?.value { sync.method = method }
        if waits == nil, !server.waits.totals.isEmpty { waits = (server.waits, Self.serverName) }
        if sync.statWAL == nil, let syncs = server.walSyncs, let time = server.walSyncTime {
            sync.statWAL = (PgStatWALFile(syncs: syncs, syncTime: time), Self.serverName)
        }
        if server.isSaturated, server.tps > 0 {
            runs.append(MeasuredRun(clients: server.waits.clients, tps: server.tps, source: Self.serverName))
        }
        self.server = server
    }
}
