import Postgres
import WaitEvents

extension SettingDefinition {
    /// The setting as a release's postgresql.conf means it. A scenario's own settings are the same for every release,
    /// and take a unit wherever there is one.
    func inConfiguration(of release: PostgresRelease) -> SettingDefinition {
        var definition = self
        switch name {
        case "commit_delay":
            // PostgreSQL has no flag for microseconds, so that it takes a number only.
            definition.type = .integer(unit: nil, 0...100_000)
        case "maintenance_work_mem" where release < .v17:
            definition.type = .integer(unit: .kilobytes, 1_024...Int(Int32.max))
        case "max_wal_size" where release == .v96, "min_wal_size" where release == .v96:
            // 9.6 counts sizes of WAL in segments of 16 MB, and cuts off what is no whole one (GUC_UNIT_XSEGS).
            definition.type = .integer(unit: .segments, 2...Int(Int32.max))
            definition.effect = effect?.converted({ .integer($0.integer * 16) }, back: { .integer($0.integer / 16) })
        case "wal_compression" where release == .v96:
            definition.type = .bool
            definition.effect = effect?.converted({ .text($0.bool ? "on" : "off") }, back: { .bool($0.text != "off") })
        default: break
        }
        return definition
    }

    /// The value that an entry of a release's postgresql.conf, or what its server shows, gives the setting.
    func value(of entry: ConfigurationEntry, _ release: PostgresRelease) throws(SettingError) -> SettingValue {
        try entry.isShownByServer
            ? inConfiguration(of: release).parse(entry.value) : parse(entry.value, inConfigurationOf: release)
    }

    /// The value that a release's postgresql.conf gives the setting in these words.
    func parse(_ text: String, inConfigurationOf release: PostgresRelease) throws(SettingError) -> SettingValue {
        guard context != .internal else { throw SettingError(message: "parameter \"\(name)\" cannot be changed") }
        let definition = inConfiguration(of: release)
        do throws(SettingError) {
            return try definition.parse(text)
        } catch {
            guard case .integer(unit: nil, _) = definition.type, case .integer(let unit?, _) = type,
                case .integer(let value)? = try? parse(text)
            else { throw error }
            throw SettingError(
                message: error.message,
                hint: "PostgreSQL takes no unit here: write \(value), which is in \(unit.rawValue)")
        }
    }
}

extension SettingDefinition {
    /// A value of a release's postgresql.conf as a scenario has to write it: the same words, unless they mean something
    /// else there.
    func inScenario(_ text: String, of release: PostgresRelease) -> String {
        guard let effect, let value = try? parse(text, inConfigurationOf: release) else { return text }
        var settings = Settings(defaultsOf: release)
        inConfiguration(of: release).effect?.apply(value, &settings)
        let meant = effect.read(settings)
        guard let same = try? parse(text) else { return shown(meant) }
        effect.apply(same, &settings)
        return effect.read(settings) == meant ? text : shown(meant)
    }
}

extension SettingEffect {
    /// The effect of a value that is another way to write the setting's own.
    fileprivate func converted(
        _ forth: @escaping @Sendable (SettingValue) -> SettingValue,
        back: @escaping @Sendable (SettingValue) -> SettingValue
    ) -> SettingEffect {
        SettingEffect(apply: { apply(forth($0), &$1) }, read: { back(read($0)) })
    }
}

extension Settings {
    /// The defaults of a release where they differ from those of the others.
    init(defaultsOf release: PostgresRelease) {
        self.init()
        // From 18 on initdb makes clusters with checksums.
        dataChecksums = release >= .v18
        guard release == .v96 else { return }
        // 14 raised it to 0.9.
        checkpointCompletionTarget = 0.5
        // 12 shortened it.
        autovacuumVacuumCostDelay = 20
        // 10 made replication work without a change of the configuration.
        walLevel = .minimal
        maxWALSenders = 0
    }
}

extension SettingDefinition {
    /// The defaults of releases that differ from `standard`, in the order of releases.
    var releaseDefaults: [(release: PostgresRelease, standard: String)] {
        PostgresRelease.allCases.filter(releases.contains).compactMap { release in
            if let other = otherStandards[release] { return (release, other) }
            guard let effect else { return nil }
            let value = effect.read(Settings(defaultsOf: release))
            return value == effect.read(Settings()) ? nil : (release, value.configurationText)
        }
    }
}

extension SettingValue {
    /// As it would stand in postgresql.conf without a unit.
    fileprivate var configurationText: String {
        switch self {
        case .bool(let value): value ? "on" : "off"
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .text(let value): value
        }
    }
}
