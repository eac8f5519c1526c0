import Postgres

/// A scenario's value in a form in which values of different paths can be compared: a number in nanoseconds, bytes or
/// the path's own unit, or a text.
enum ComparableValue: Equatable {
    case number(Double)
    case text(String)

    /// The value as the schema understands it at `path`; throws what is wrong with it.
    init(_ text: String, at path: SchemaPath, place: SourcePlace) throws(InputProblem) {
        guard let type = ScenarioSchema.root.type(at: path.parts[...]) else {
            throw InputProblem(path, "values of this path cannot be compared")
        }
        let node = ((try? JSONParser.parse(text)) ?? .string(text)).placed(place)
        var checker = SchemaChecker()
        guard let checked = checker.check(node, type, at: path) else {
            // A bound may lie outside of what the path itself allows.
            if case .number(let text) = node.kind, place == .whereOption, let value = Double(text) {
                self = .number(value * (type.settingUnit?.smallUnits ?? 1))
                return
            }
            throw checker.problems.first ?? InputProblem(path, "not a value", notes: [node.seen])
        }
        self = Self.comparable(checked, unit: type.settingUnit)
    }

    private static func comparable(_ node: JSONNode, unit: SettingUnit?) -> ComparableValue {
        switch node.kind {
        case .number(let text): .number((Double(text) ?? .nan) * (unit?.smallUnits ?? 1))
        case .string(let text): .text(text)
        case .bool(let value): .text(value ? "on" : "off")
        case .object(let members) where members.count == 1 && members[0].key == "constant":
            comparable(members[0].value, unit: nil)
        default: .text(node.canonicalText)
        }
    }
}

extension SchemaType {
    /// The type of the value at a path below this one, if it can be told without seeing a scenario.
    func type(at parts: ArraySlice<String>) -> SchemaType? {
        guard let part = parts.first else { return self }
        let rest = parts.dropFirst()
        switch self {
        case .definition(let definition): return definition.type.type(at: parts)
        case .object(let schema): return schema.key(named: part)?.type.type(at: rest)
        case .map(let element): return element.type(at: rest)
        case .list(let element, _): return Int(part) == nil ? element.type(at: parts) : element.type(at: rest)
        case .tuple(let types):
            return Int(part).flatMap { types.indices.contains($0) ? types[$0].type(at: rest) : nil }
        case .oneOf(let alternatives): return alternatives.lazy.compactMap { $0.type(at: parts) }.first
        default: return nil
        }
    }

    /// The unit in which a setting's canonical number counts.
    fileprivate var settingUnit: SettingUnit? {
        guard case .setting(let definition) = self else { return nil }
        switch definition.type {
        case .integer(let unit, _), .real(let unit, _): return unit
        default: return nil
        }
    }
}

extension SettingUnit {
    /// Nanoseconds or bytes in one of this unit.
    fileprivate var smallUnits: Double {
        for (name, count) in [("us", 1_000.0), ("B", 1.0)] {
            if let conversion = conversions.first(where: { $0.name == name }) { return count / conversion.factor }
        }
        return 1
    }
}
