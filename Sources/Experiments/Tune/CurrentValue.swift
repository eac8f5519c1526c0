import Postgres
import SimTime

extension SweepBase {
    /// What stands for a value that the scenario leaves to chance or to the server.
    static let unset = "default"

    /// The value at a path of the scenario, defaults filled in, as `--set` would take it; `unset` if there is none.
    ///
    /// Throws an `InputError` if the scenario is wrong or there is no such path.
    func value(at path: String) throws(InputError) -> String {
        let parts = SchemaPath(path)
        guard let type = ScenarioSchema.root.type(at: parts.parts[...]) else {
            let top = parts.parts.first ?? ""
            let nearest = nearestName(to: top, among: ScenarioSchema.root.keyNames).map { "nearest: \"\($0)\"" }
            throw InputError(.content, file: "--vary", [InputProblem(parts, "no such path", notes: [nearest])])
        }
        var node: JSONNode? = try completedTree()
        for part in parts.parts {
            // One group of clients need not be named.
            if let elements = node?.elements, Int(part) == nil, elements.count == 1 { node = elements[0] }
            node =
                Int(part).flatMap { index in
                    node?.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                } ?? node?[part]
        }
        return node.map { Self.text(of: $0, type) } ?? Self.unset
    }

    /// A checked value as a person writes it.
    private static func text(of node: JSONNode, _ type: SchemaType) -> String {
        switch type {
        case .definition(let definition): return text(of: node, definition.type)
        case .oneOf(let alternatives):
            if let value = node["constant"], node.members?.count == 1 { return text(of: value, .anyDuration) }
            return alternatives.first { $0.accepts(node) }.map { text(of: node, $0) } ?? node.inlineText
        case .duration, .fineDuration:
            guard case .number(let text) = node.kind, let value = Double(text) else { return node.inlineText }
            let unit = UnitText.durationUnits.prefix(4).last { value >= Double($0.size) } ?? UnitText.durationUnits[0]
            return "\(JSONNode.real(value / Double(unit.size)).inlineText)\(unit.name)"
        case .setting(let definition): return settingText(node, definition)
        default:
            if case .string(let text) = node.kind { return text }
            return node.inlineText
        }
    }

    private static func settingText(_ node: JSONNode, _ definition: SettingDefinition) -> String {
        switch (node.kind, definition.type) {
        case (.bool(let value), _): return value ? "on" : "off"
        case (.string(let text), _): return text
        case (.number(let text), .integer(let unit?, _)), (.number(let text), .real(let unit?, _)):
            guard let value = Double(text), value > 0 else { return text }
            if unit == .pages { return "\(JSONNode.real(value * 8).inlineText)kB" }
            return text + unit.rawValue
        default: return node.inlineText
        }
    }

}

extension SchemaType {
    /// The keys of an object; empty for other types.
    fileprivate var keyNames: [String] {
        if case .object(let schema) = resolved { return schema.keys.map(\.name) }
        return []
    }
}
