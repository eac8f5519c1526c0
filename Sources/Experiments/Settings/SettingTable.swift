import WaitEvents

/// All settings that a scenario may name.
enum SettingTable {
    /// Checked settings, those with an effect first.
    static let definitions: [SettingDefinition] =
        SettingDefinition.modelled + SettingDefinition.wal + SettingDefinition.replication
        + SettingDefinition.resources

    /// The setting of that name; PostgreSQL's names do not depend on case.
    static func named(_ name: String) -> SettingDefinition? { byName[name.lowercased()] }

    /// True for a setting of PostgreSQL that is known only by name.
    static func isOther(_ name: String) -> Bool { others.contains(name.lowercased()) }

    /// PostgreSQL's complaint about a name that it does not know.
    static func unrecognized(_ name: String) -> String { "unrecognized configuration parameter \"\(name)\"" }

    /// The nearest known name, for messages.
    static func nearest(to name: String) -> String? {
        nearestName(to: name, among: definitions.map(\.name) + SettingDefinition.otherNames)
    }

    private static let byName = Dictionary(uniqueKeysWithValues: definitions.map { ($0.name, $0) })
    private static let others = Set(SettingDefinition.otherNames.map { $0.lowercased() })
}

extension SettingDefinition {
    /// A setting that is checked and has no effect in the model.
    static func inert(
        _ name: String, _ type: SettingType, _ context: Context, _ standard: String,
        since: PostgresRelease = .v96, until: PostgresRelease = .v18, in others: [PostgresRelease: String] = [:]
    ) -> SettingDefinition {
        SettingDefinition(
            name: name, type: type, context: context, standard: standard, otherStandards: others,
            releases: since...until, meaning: "Accepted without effect.")
    }
}
