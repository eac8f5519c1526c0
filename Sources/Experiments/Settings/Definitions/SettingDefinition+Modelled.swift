import Postgres
import WaitEvents

/// Definitions of settings that the simulated server obeys, one maker for each type of field.
extension SettingDefinition {
    static func modelled(
        _ name: String, _ type: SettingType, _ context: Context, _ field: any WritableKeyPath<Settings, Int> & Sendable,
        since: PostgresRelease = .v96, until: PostgresRelease = .v18, _ meaning: String
    ) -> SettingDefinition {
        SettingDefinition(
            name: name, type: type, context: context, standard: "\(Settings()[keyPath: field])",
            releases: since...until,
            effect: SettingEffect(
                apply: { $1[keyPath: field] = $0.integer }, read: { .integer($0[keyPath: field]) }), meaning: meaning)
    }

    static func modelled<Choice: RawRepresentable<String> & SendableMetatype>(
        _ name: String, _ type: SettingType, _ context: Context,
        _ field: any WritableKeyPath<Settings, Choice> & Sendable, _ meaning: String
    ) -> SettingDefinition {
        SettingDefinition(
            name: name, type: type, context: context, standard: Settings()[keyPath: field].rawValue,
            effect: SettingEffect(
                apply: { value, settings in
                    if let choice = Choice(rawValue: value.text) { settings[keyPath: field] = choice }
                },
                read: { .text($0[keyPath: field].rawValue) }), meaning: meaning)
    }

    static func modelled(
        _ name: String, _ context: Context, _ field: any WritableKeyPath<Settings, Bool> & Sendable,
        since: PostgresRelease = .v96, _ meaning: String
    ) -> SettingDefinition {
        SettingDefinition(
            name: name, type: .bool, context: context, standard: Settings()[keyPath: field] ? "on" : "off",
            releases: since ... .v18,
            effect: SettingEffect(apply: { $1[keyPath: field] = $0.bool }, read: { .bool($0[keyPath: field]) }),
            meaning: meaning)
    }

    static func modelled(
        _ name: String, _ type: SettingType, _ context: Context,
        _ field: any WritableKeyPath<Settings, Double> & Sendable, _ meaning: String
    ) -> SettingDefinition {
        SettingDefinition(
            name: name, type: type, context: context, standard: "\(Settings()[keyPath: field])",
            effect: SettingEffect(apply: { $1[keyPath: field] = $0.real }, read: { .real($0[keyPath: field]) }),
            meaning: meaning)
    }

    static func modelled(
        _ name: String, _ context: Context, _ field: any WritableKeyPath<Settings, String> & Sendable,
        _ meaning: String
    ) -> SettingDefinition {
        SettingDefinition(
            name: name, type: .text, context: context, standard: Settings()[keyPath: field],
            effect: SettingEffect(apply: { $1[keyPath: field] = $0.text }, read: { .text($0[keyPath: field]) }),
            meaning: meaning)
    }
}
