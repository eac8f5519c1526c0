import WaitEvents

/// All settings that a scenario may name.
enum SettingTable {
    /// Checked settings, those with an effect first.
    static let definitions: [SettingDefinition] =
        SettingDefinition.modelled + SettingDefinition.wal + SettingDefinition.replication
        + SettingDefinition.resources

    /// The setting of that name, nil if PostgreSQL has none; its names do not depend on case.
    ///
    /// A name with a dot belongs to an extension, and PostgreSQL lets any pass.
    static func named(_ name: String) -> SettingDefinition? {
        let folded = name.lowercased()
        return byName[folded] ?? (isExtensionName(folded) ? .unchecked(folded) : nil)
    }

    /// PostgreSQL's complaint about a name that it does not know.
    static func unrecognized(_ name: String) -> String { "unrecognized configuration parameter \"\(name)\"" }

    /// The nearest known name, for messages.
    static func nearest(to name: String) -> String? {
        nearestName(to: name, among: definitions.map(\.name) + SettingDefinition.otherNames)
    }

    /// Identifiers with dots between them (guc.c, valid_custom_variable_name).
    private static func isExtensionName(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1
            && parts.allSatisfy { part in
                guard let first = part.first, first.isLetter || first == "_" else { return false }
                return part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
            }
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: (definitions + SettingDefinition.otherNames.map(SettingDefinition.unchecked)).map {
            ($0.name.lowercased(), $0)
        })
}

extension SettingDefinition {
    /// A setting that is known only by name: any value passes, and none has an effect.
    static func unchecked(_ name: String) -> SettingDefinition { .inert(name, .text, .user, "") }

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
