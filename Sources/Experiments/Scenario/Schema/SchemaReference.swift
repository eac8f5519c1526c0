import BundledScenarios
import WaitEvents

/// The reference of scenarios in Markdown, made from the schema that checks them: the bundled ones, then a table for
/// each object.
///
/// Published as `Scenarios/README.md`.
public func scenarioReference() -> String {
    var reference = SchemaReference()
    reference.listBundledScenarios()
    reference.describe(ScenarioSchema.root, title: "Scenario", path: "")
    reference.describe(.distribution, title: "Distributions", path: "")
    reference.describeSettings()
    return reference.text
}

/// Writes the schema as text.
private struct SchemaReference {
    var text = """
        # Scenarios

        JSON with comments and trailing commas; unknown keys are errors. A key that is left out has its default; null is
        no value, but `--set KEY=null` leaves a key out that the file has. A duration is a number with a unit (`ns us ms
        s min h`), a distribution an object with one key, or a duration that stands for a constant. This page is
        generated from the code that checks scenarios.

        """

    fileprivate mutating func listBundledScenarios() {
        text += "\n## Bundled scenarios\n\n"
        for bundled in BundledScenarios.all {
            let scenario = try? loadScenario(text: bundled.text, file: bundled.name, files: .none)
            text += "- `\(bundled.name)`: \(scenario?.description ?? "")\n"
        }
    }

    mutating func describe(_ type: SchemaType, title: String, path: String) {
        guard let schema = type.objectSchema else { return }
        text += "\n## \(title)\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
        for key in schema.keys { text += row(key) }
        for key in schema.keys {
            let inner = path.isEmpty ? key.name : path + "." + key.name
            describeParts(key.type, path: inner)
        }
    }

    private mutating func describeParts(_ type: SchemaType, path: String) {
        switch type {
        // Distributions and settings have a section of their own; one line says all of a cost.
        case .definition(.distribution), .definition(.settings), .definition(.cost): return
        case .definition(let definition): describeParts(definition.type, path: path)
        case .object: describe(type, title: "`\(path)`", path: path)
        case .list(let element, _):
            describeParts(element, path: path + ".0")
        case .map(let element):
            describeParts(element, path: path + ".NAME")
        case .oneOf(let alternatives):
            if let object = alternatives.first(where: { $0.objectSchema != nil }) {
                describeParts(object, path: path)
            }
        default: return
        }
    }

    private func row(_ key: SchemaKey) -> String {
        let value = key.type.phraseInReference
        let fallback = key.isRequired ? "required" : key.fallbackText
        return "| `\(key.name)` | \(escaped(value)) | \(escaped(fallback)) | \(escaped(key.meaning)) |\n"
    }

    fileprivate mutating func describeSettings() {
        text += """

            ## `server.settings`

            PostgreSQL's names in any case, units, defaults and limits. A setting without effect in the model is
            accepted, and named in a warning: those of this table that say so, PostgreSQL's other settings, whose values
            are not checked, and those of extensions, whose names have a dot.

            | setting | value | default | change | meaning |
            |---|---|---|---|---|

            """
        for setting in SettingTable.definitions {
            let since =
                setting.releases.lowerBound == .v96 ? "" : " From release \(setting.releases.lowerBound.rawValue)."
            let until =
                setting.releases.upperBound == .v18 ? "" : " Until release \(setting.releases.upperBound.rawValue)."
            let others = setting.releaseDefaults.map { ", \($0.release.rawValue): `\($0.standard)`" }.joined()
            let standard = (setting.standard.isEmpty ? "empty" : "`\(setting.standard)`") + others
            text += "| `\(setting.name)` | \(escaped(setting.type.phrase)) | \(standard) | \(setting.context.rawValue) "
            text += "| \(escaped(setting.meaning + since + until)) |\n"
        }
    }

    private func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}

extension SchemaType {
    /// The keys, for an object or an alternative that is one.
    fileprivate var objectSchema: ObjectSchema? {
        switch self {
        case .object(let schema): schema
        case .definition(let definition): definition.type.objectSchema
        case .oneOf(let alternatives): alternatives.lazy.compactMap(\.objectSchema).first
        default: nil
        }
    }

    /// Type and limits in a cell of a table.
    fileprivate var phraseInReference: String {
        switch self {
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .duration(let range): range.lowerBound > .zero ? "duration above 0" : "duration"
        case .fineDuration: "duration, fractions of a nanosecond too"
        case .size: "size"
        case .choice(let names): names.map { "`\"\($0)\"`" }.joined(separator: ", ")
        case .real, .release: expectation
        case .list(let element, _): "list of: " + element.phraseInReference
        case .tuple(let types): "pair of " + types.map(\.kindPhrase).joined(separator: ", ")
        case .oneOf(let alternatives): alternatives.map(\.phraseInReference).joined(separator: ", or ")
        case .definition(.distribution): "distribution"
        case .definition(.cost): "duration, or `{\"base\": duration, \"per_unit\": duration}`"
        case .definition(.settings): "settings by name"
        case .definition(let definition): definition.type.phraseInReference
        case .object, .map: "object"
        case .text(let rule): rule == .prose ? "text" : rule.expectation
        case .setting: kindPhrase
        }
    }
}

extension SchemaKey {
    /// The default in a cell of a table.
    fileprivate var fallbackText: String {
        if let fallbackNote { return fallbackNote }
        guard let fallback, !fallback.isEmptyCollection else { return "" }
        return "`\(fallback.inlineText)`"
    }
}

extension SettingType {
    /// Type, limits and unit in a cell of a table.
    fileprivate var phrase: String {
        switch self {
        case .bool: "on or off"
        case .integer(let unit, let range): "\(range.lowerBound) to \(range.upperBound)" + Self.suffix(unit)
        case .real(let unit, let range):
            [range.lowerBound, range.upperBound].map { JSONNode.real($0).inlineText }.joined(separator: " to ")
                + Self.suffix(unit)
        case .choice(let names, _): names.map { "`\($0)`" }.joined(separator: ", ")
        case .text: "text"
        }
    }

    private static func suffix(_ unit: SettingUnit?) -> String { unit.map { " (\($0.rawValue))" } ?? "" }
}
