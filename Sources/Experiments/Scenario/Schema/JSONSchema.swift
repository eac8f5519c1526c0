import WaitEvents

/// The JSON Schema (draft 2020-12) of scenarios, made from the schema that checks them; published as
/// `Scenarios/scenario.schema.json`, so that editors complete and check what is written.
public func jsonSchema() -> String {
    var document = JSONNode.object([
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "walsim scenario",
        "description": "Comments and trailing commas are allowed. Generated from the code that checks scenarios.",
    ])
    for member in JSONSchema.schema(of: ScenarioSchema.root).members ?? [] { document[member.key] = member.value }
    var definitions = JSONNode.object([
        "duration": JSONSchema.duration, "positiveDuration": JSONSchema.positiveDuration,
        "positiveSize": JSONSchema.positiveSize,
    ])
    for definition in SchemaDefinition.allCases {
        definitions[definition.rawValue] = JSONSchema.schema(of: definition.type)
    }
    document["$defs"] = definitions
    return document.indentedText()
}

/// JSON Schema's words for each type.
private enum JSONSchema {
    static let duration = quantity("ns|us|ms|s|min|h", takesZero: true)
    static let positiveDuration = quantity("ns|us|ms|s|min|h", takesZero: false)
    static let positiveSize = quantity("B|kB|MB|GB|TB", takesZero: false)

    /// A number with a unit. JSON Schema cannot convert units: of a range it knows whether zero is in it.
    private static func quantity(_ units: String, takesZero: Bool) -> JSONNode {
        let allowed = "(" + units.replacing("|", with: ", ") + ")"
        let notZero = takesZero ? "" : "(?=[0-9.]*[1-9])"
        let pattern = "^ *[+]?\(notZero)([0-9]+[.]?[0-9]*|[.][0-9]+) *(\(units)) *$"
        guard takesZero else {
            return .object([
                "description": .string("A number and a unit \(allowed); more than 0."), "type": "string",
                "pattern": .string(pattern),
            ])
        }
        return .object([
            "description": .string("A number and a unit \(allowed); 0 needs no unit."),
            "anyOf": .array([
                .object(["type": "string", "pattern": .string(pattern + "|^ *[+]?(0+[.]?0*|[.]0+) *$")]),
                .object(["const": .integer(0)]),
            ]),
        ])
    }

    static func schema(of type: SchemaType) -> JSONNode {
        switch type {
        case .integer(let range):
            .object([
                "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ])
        case .real(let range):
            .object(["type": "number", "minimum": .real(range.lowerBound), "maximum": .real(range.upperBound)])
        case .text(let rule): text(rule)
        case .choice(let names): .object(["enum": .array(names.map { .string($0) })])
        case .duration(let range): reference(range.lowerBound > .zero ? "positiveDuration" : "duration")
        case .fineDuration(let range): reference(range.lowerBound > 0 ? "positiveDuration" : "duration")
        case .size(let range): reference(positiveSize(range))
        case .release: release
        case .setting(let definition): SettingJSONSchema.schema(of: definition.type)
        case .list(let element, let count):
            .object([
                "type": "array", "items": schema(of: element), "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ])
        case .tuple(let types): tuple(types)
        case .object(let schema): object(schema)
        case .map(let element): .object(["type": "object", "additionalProperties": schema(of: element)])
        case .oneOf(let alternatives): .object(["anyOf": .array(alternatives.map(schema))])
        case .definition(let definition): reference(definition.rawValue)
        }
    }

    /// No size may be zero: a definition that nothing refers to would only be in the way.
    private static func positiveSize(_ range: ClosedRange<Int64>) -> String {
        precondition(range.lowerBound > 0, "the schema has no size that may be zero")
        return "positiveSize"
    }

    private static func reference(_ definition: String) -> JSONNode {
        .object(["$ref": .string("#/$defs/" + definition)])
    }

    private static func text(_ rule: TextRule) -> JSONNode {
        switch rule {
        case .prose: .object(["type": "string"])
        case .name, .file: .object(["type": "string", "minLength": .integer(1)])
        case .recordType: .object(["type": "string", "pattern": "^[!-.0-~]+/[!-.0-~]+$"])
        case .coreList: .object(["type": "string", "pattern": "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$"])
        case .threshold: .object(["type": "string", "pattern": "^ *(<=|>=|<|>) *[0-9.]+"])
        }
    }

    private static var release: JSONNode {
        let releases = PostgresRelease.allCases.map(\.rawValue)
        let numbers = releases.compactMap { Int64($0) }.map { JSONNode.integer($0) }
        return .object(["enum": .array(releases.map { .string($0) } + numbers)])
    }

    /// Settings that are known only by name, and those of extensions.
    private static let uncheckedSettings: JSONNode = {
        let value = JSONNode.object([
            "type": .array(["string", "number", "boolean"]), "description": "Accepted without effect.",
        ])
        return .object([
            "^(" + SettingDefinition.otherNames.joined(separator: "|") + ")$": value,
            "^[A-Za-z_][A-Za-z0-9_$]*([.][A-Za-z_][A-Za-z0-9_$]*)+$": value,
        ])
    }()

    private static func tuple(_ types: [SchemaType]) -> JSONNode {
        .object([
            "type": "array", "prefixItems": .array(types.map(schema)), "items": .bool(false),
            "minItems": .integer(Int64(types.count)),
        ])
    }

    private static func object(_ schema: ObjectSchema) -> JSONNode {
        var properties = JSONNode.object([:])
        for key in schema.keys { properties[key.name] = property(key) }
        var node = JSONNode.object(["type": "object", "properties": properties, "additionalProperties": .bool(false)])
        if schema.vocabulary == .settings { node["patternProperties"] = uncheckedSettings }
        let required = schema.keys.filter(\.isRequired).map { JSONNode.string($0.name) }
        if !required.isEmpty { node["required"] = .array(required) }
        for group in schema.groups {
            // No object has two of these groups, so none is overwritten.
            let present = group.names.map { JSONNode.object(["required": .array([.string($0)])]) }
            let none = JSONNode.object(["not": .object(["anyOf": .array(present)])])
            node["oneOf"] = .array(group.isRequired ? present : present + [none])
        }
        return node
    }

    /// The schema of a key's value, with its meaning and its default.
    private static func property(_ key: SchemaKey) -> JSONNode {
        var node = schema(of: key.type)
        let note = key.fallbackNote.map { " Default: \($0)." } ?? ""
        node["description"] = .string(key.meaning + note)
        if let fallback = key.fallback, !fallback.isEmptyCollection { node["default"] = fallback }
        return node
    }
}

extension JSONNode {
    /// `{}` or `[]`.
    var isEmptyCollection: Bool { members?.isEmpty ?? elements?.isEmpty ?? false }
}
