import WaitEvents

/// What PostgreSQL checks of several settings together when it starts, and refuses to start for (postmaster.c,
/// PostmasterMain; postinit.c, InitializeMaxBackends; xlog.c, ReadControlFile).
struct StartupCheck {
    /// One more server process than PostgreSQL can have (MAX_BACKENDS).
    private static let processLimit = 262_143

    let collection: SettingCollection
    private(set) var problems: [InputProblem] = []

    init(_ collection: SettingCollection) {
        self.collection = collection
        checkWALSizes()
        checkWALLevel()
        checkConnections()
    }

    /// For a standby, which replays what the primary could do with its settings.
    init(_ collection: SettingCollection, copyOf primary: SettingCollection) {
        self.init(collection)
        guard collection.value(of: "hot_standby") == .bool(true) else { return }
        checkResources(of: primary)
    }

    private var release: PostgresRelease { collection.release }

    private func integer(_ name: String) -> Int { collection.value(of: name).map(\.integer) ?? 0 }

    /// `wal_level is "minimal"`, and whether that is only the default.
    private func state(_ name: String) -> String {
        let origin = collection.isGiven(name) ? "" : ", its default"
        return "\(name) is \(collection.shownValue(of: name))\(origin)"
    }

    /// A complaint at the first of these settings that was given; none if all are defaults.
    private mutating func complain(about names: [String], _ what: String, nearest: [String: String]) {
        guard let name = names.first(where: { collection.given[$0] != nil }), let given = collection.given[name] else {
            return
        }
        let others = names.filter { $0 != name }.map(state)
        problems.append(
            InputProblem(
                given.path, what,
                notes: ["seen \(collection.shownValue(of: name))" + given.place] + others
                    + [nearest[name].map { "nearest: \($0)" }],
                file: given.file))
    }

    private mutating func checkWALSizes() {
        let segment = Int(collection.settings.walSegmentSize) / 1_048_576
        for name in ["min_wal_size", "max_wal_size"] where integer(name) / segment < 2 {
            complain(
                about: [name, "wal_segment_size"], "\"\(name)\" must be at least twice \"wal_segment_size\"",
                nearest: [name: "\(2 * segment)MB", "wal_segment_size": "half of \(name) or less"])
        }
    }

    private mutating func checkWALLevel() {
        guard collection.settings.walLevel == .minimal else { return }
        let level = "\"replica\""
        if collection.settings.maxWALSenders > 0 {
            complain(
                about: ["wal_level", "max_wal_senders"],
                "WAL streaming (\"max_wal_senders\" > 0) requires \"wal_level\" to be \"replica\" or \"logical\"",
                nearest: ["wal_level": level + ", or max_wal_senders 0", "max_wal_senders": "0, or wal_level " + level])
        }
        if collection.value(of: "archive_mode") != .text("off") {
            complain(
                about: ["archive_mode", "wal_level"],
                "WAL archival cannot be enabled when \"wal_level\" is \"minimal\"",
                nearest: ["archive_mode": "\"off\", or wal_level " + level, "wal_level": level])
        }
        if release >= .v17, collection.value(of: "summarize_wal") == .bool(true) {
            complain(
                about: ["summarize_wal", "wal_level"], "WAL cannot be summarized when \"wal_level\" is \"minimal\"",
                nearest: ["summarize_wal": "\"off\", or wal_level " + level, "wal_level": level])
        }
    }

    /// A hot standby keeps track of all that may run on the primary (xlogrecovery.c, RecoveryRequiresIntParameter).
    private mutating func checkResources(of primary: SettingCollection) {
        var names = [
            "max_connections", "max_worker_processes", "max_prepared_transactions", "max_locks_per_transaction",
        ]
        if release != .v96 { names.append("max_wal_senders") }
        for name in names {
            guard case .integer(let needed)? = primary.value(of: name), integer(name) < needed else { continue }
            complain(
                about: [name],
                "recovery aborted because of insufficient parameter settings: \(name) = \(integer(name)) is a lower "
                    + "setting than on the primary server, where its value was \(needed)",
                nearest: [name: "\(needed)"])
        }
    }

    private mutating func checkConnections() {
        let limit = integer("max_connections")
        var reserved = ["superuser_reserved_connections"]
        if release >= .v16 { reserved.append("reserved_connections") }
        if reserved.map(integer).reduce(0, +) >= limit {
            let what = reserved.map { "\"\($0)\"" }.joined(separator: " plus ")
            complain(
                about: reserved + ["max_connections"], "\(what) must be less than \"max_connections\"",
                nearest: ["max_connections": "\(reserved.map(integer).reduce(1, +))"])
        }
        // Until release 11 walsenders were connections like others.
        if release == .v96, integer("max_wal_senders") >= limit {
            complain(
                about: ["max_wal_senders", "max_connections"], "max_wal_senders must be less than max_connections",
                nearest: ["max_wal_senders": "\(limit - 1)", "max_connections": "\(integer("max_wal_senders") + 1)"])
        }
        // Release 18 has slots for autovacuum's workers instead, which are checked by nobody here.
        let counted =
            ["max_connections", "max_worker_processes"] + (release == .v96 ? [] : ["max_wal_senders"])
            + (release == .v18 ? [] : ["autovacuum_max_workers"])
        if counted.map(integer).reduce(0, +) >= Self.processLimit {
            let what = counted.map { "\"\($0)\"" }.joined(separator: " plus ")
            let largest = counted.filter(collection.isGiven).max { integer($0) < integer($1) }
            complain(
                about: [largest].compactMap { $0 } + counted.filter { $0 != largest },
                "too many server processes configured: \(what) must be less than \(Self.processLimit)", nearest: [:])
        }
    }
}
