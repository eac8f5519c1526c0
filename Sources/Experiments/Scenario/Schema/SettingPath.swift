extension ObjectSchema {
    /// The key of that name; nil if the object has none.
    func key(named name: String) -> SchemaKey? {
        switch vocabulary {
        case .scenario: keys.first { $0.name == name }
        case .settings: SettingTable.named(name).map { .optional($0.name, .setting($0), $0.meaning) }
        }
    }

    /// The key as `node` spells it, if it has it: PostgreSQL's names do not depend on case.
    func spelling(of name: String, in node: JSONNode) -> String {
        guard vocabulary == .settings else { return name }
        return node.members?.first { $0.key.lowercased() == name.lowercased() }?.key ?? name
    }
}

extension SchemaPath {
    /// The same path with a setting under the name that PostgreSQL lists, whatever its case, and with an extension's
    /// setting, whose name has dots, as one part.
    var canonical: SchemaPath {
        for index in parts.indices.dropLast() where parts[index] == "settings" {
            guard case .definition(.settings)? = ScenarioSchema.root.type(at: parts[...index]) else { continue }
            let rest = parts[(index + 1)...]
            let whole = rest.joined(separator: ".")
            guard let setting = SettingTable.named(parts[index + 1]) ?? SettingTable.named(whole) else { return self }
            var path = SchemaPath()
            path.parts = parts[...index] + [setting.name]
            if setting.name != whole.lowercased(), rest.count > 1 { path.parts += rest.dropFirst() }
            return path
        }
        return self
    }
}
