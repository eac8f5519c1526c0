import Postgres
import WaitEvents

/// Settings as they pile up: a postgresql.conf, then the scenario's own, the last one of a name winning.
struct SettingCollection {
    let release: PostgresRelease
    /// True if nothing told the release.
    var isReleaseAssumed = false
    private(set) var settings: Settings
    /// Names of accepted settings without effect in the model.
    private(set) var inert: Set<String> = []
    private(set) var problems: [InputProblem] = []
    /// What was given, by name.
    private(set) var given: [String: GivenSetting] = [:]
    /// What was given to the server that these settings change.
    private var inherited: [String: GivenSetting] = [:]

    /// - Parameter settings: what the collected ones change; nil: the release's defaults.
    init(release: PostgresRelease, settings: Settings? = nil) {
        self.release = release
        self.settings = settings ?? Settings(defaultsOf: release)
    }

    /// Settings of a server that has the others from `base`.
    init(changing base: SettingCollection) {
        self.init(release: base.release, settings: base.settings)
        inherited = base.inherited.merging(base.given) { $1 }
    }

    /// Whether a setting is more than a default.
    func isGiven(_ name: String) -> Bool { given[name] != nil || inherited[name] != nil }

    /// The value of a setting that is checked, defaults included.
    func value(of name: String) -> SettingValue? {
        guard let definition = SettingTable.named(name) else { return nil }
        if let effect = definition.effect { return effect.read(settings) }
        return (given[name] ?? inherited[name])?.value
            ?? (try? definition.parse(definition.otherStandards[release] ?? definition.standard))
    }

    /// The value of a setting as SHOW prints it.
    func shownValue(of name: String) -> String {
        guard let definition = SettingTable.named(name), let value = value(of: name) else { return "unset" }
        return definition.shown(value)
    }

    /// Sizes of WAL that initdb writes into postgresql.conf in proportion to the segment's size (initdb.c,
    /// DEFAULT_MAX_WAL_SEGS and DEFAULT_MIN_WAL_SEGS), where they are not given.
    mutating func followSegmentSize() {
        guard given["wal_segment_size"] != nil else { return }
        let segment = Int(settings.walSegmentSize) / 1_048_576
        if !isGiven("max_wal_size") { settings.maxWALSize = 64 * segment }
        if !isGiven("min_wal_size") { settings.minWALSize = 5 * segment }
    }

    /// What `autovacuum_vacuum_cost_delay` leaves to `vacuum_cost_delay`, which has no effect but this
    /// (autovacuum.c, `autovacuum_vac_cost_delay`).
    mutating func followVacuumCostDelay() {
        let own = "autovacuum_vacuum_cost_delay"
        let other = "vacuum_cost_delay"
        guard case .real(let delay)? = (given[own] ?? inherited[own])?.value, delay < 0 else { return }
        settings.autovacuumVacuumCostDelay = value(of: other)?.real ?? 0
        inert.remove(other)
    }

    /// All settings with an effect, as they stand now: the canonical form.
    var canonical: JSONNode {
        var node = JSONNode(.object([]))
        for definition in SettingDefinition.modelled { node[definition.name] = definition.effect?.read(settings).node }
        return node
    }

    /// What is to be said of accepted settings without effect; `path` is the place of the collection.
    func warnings(at path: SchemaPath) -> [String] {
        inert.isEmpty ? [] : ["\(path): accepted, no effect in the model: \(inert.sorted().joined(separator: ", "))"]
    }

    /// Takes a setting of a checked tree.
    mutating func take(_ member: JSONMember, at path: SchemaPath) {
        guard let definition = SettingTable.named(member.key) else { return }
        guard definition.releases.contains(release) else {
            problems.append(
                InputProblem(
                    path / member.key, SettingTable.unrecognized(member.key),
                    notes: ["server.version is \(release.rawValue)" + member.keyPlace.suffix, known(definition)]))
            return
        }
        let value = SettingValue(checked: member.value, definition.type)
        if let message = apply(definition, value) {
            problems.append(InputProblem(path / member.key, message, notes: [member.value.seen]))
            return
        }
        given[definition.name] = GivenSetting(
            value: value, path: path / definition.name, place: member.value.place.suffix)
    }

    /// Takes a line of a postgresql.conf.
    mutating func take(_ entry: ConfigurationEntry) {
        guard let definition = SettingTable.named(entry.name) else {
            let nearest = SettingTable.nearest(to: entry.name).map { "nearest: \"\($0)\"" }
            problems.append(entry.problem(SettingTable.unrecognized(entry.name), notes: [nearest]))
            return
        }
        guard definition.releases.contains(release) else {
            let server =
                isReleaseAssumed
                ? "assumed: PostgreSQL \(release.rawValue); --server-version names another"
                : "the server is PostgreSQL \(release.rawValue)"
            let notes = [server, known(definition)]
            problems.append(entry.problem(SettingTable.unrecognized(entry.name), notes: notes))
            return
        }
        do throws(SettingError) {
            let value = try definition.value(of: entry, release)
            let definition = definition.inConfiguration(of: release)
            if let message = apply(definition, value) { throw SettingError(message: message) }
            given[definition.name] = GivenSetting(
                value: value, file: entry.file, path: .root / "line \(entry.line)", place: "")
        } catch {
            problems.append(entry.problem(error.message, notes: error.notes))
        }
    }

    private func known(_ definition: SettingDefinition) -> String {
        "known in \(definition.releases.lowerBound.rawValue) to \(definition.releases.upperBound.rawValue)"
    }

    /// PostgreSQL's complaint about a list of standbys (syncrep.c, check_synchronous_standby_names).
    private func complaint(aboutStandbys text: String) -> String? {
        do {
            _ = try SyncRepConfig.parse(text, release: release)
            return nil
        } catch {
            let usual = "invalid value for parameter \"synchronous_standby_names\": \"\(text)\""
            return (error.message ?? usual) + (error.detail.map { ": " + $0 } ?? "")
        }
    }

    /// Applies a valid value; the complaint of PostgreSQL's check hook, if it has one.
    private mutating func apply(_ definition: SettingDefinition, _ value: SettingValue) -> String? {
        guard let effect = definition.effect else {
            inert.insert(definition.name)
            return nil
        }
        if definition.name == "wal_segment_size", value.integer.nonzeroBitCount != 1 {
            return "invalid value for parameter \"wal_segment_size\": it must be a power of two between 1MB and 1GB"
        }
        if definition.name == "synchronous_standby_names" {
            if let complaint = complaint(aboutStandbys: value.text) { return complaint }
        }
        if definition.name == "wal_compression", release == .v96, case .text(let method) = value,
            ["lz4", "zstd"].contains(method)
        {
            return "parameter \"wal_compression\" requires a Boolean value in 9.6: it has no other method than pglz"
        }
        effect.apply(value, &settings)
        return nil
    }
}
