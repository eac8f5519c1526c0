/// One `--set PATH=VALUE`.
struct SetOption: Sendable {
    var path: SchemaPath
    var value: JSONNode

    /// Takes an option apart; the value is JSON if it parses, else a string. `place` is the option, for messages.
    init(_ text: String, at place: SourcePlace = .option) throws(InputError) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw InputError(.usage, file: "--set", "expected PATH=VALUE", notes: [seenNote(text)])
        }
        let value = String(text[text.index(after: equals)...])
        path = SchemaPath(String(text[..<equals])).canonical
        self.value = ((try? JSONParser.parse(value)) ?? .string(value)).placed(place)
    }
}

extension SetOption {
    /// The scenario with the value in place of the whole value at its path.
    ///
    /// The path is checked against the schema; objects that the scenario leaves out are made on the way. The value
    /// itself is checked afterwards, with the rest of the tree.
    func apply(to root: JSONNode) throws(InputProblem) -> JSONNode {
        try replace(root, ScenarioSchema.root, depth: 0)
    }

    /// The first parts of the path.
    private func walked(_ depth: Int) -> SchemaPath {
        path.parts.prefix(depth).reduce(.root) { $0 / $1 }
    }

    /// `node` with the value at the rest of the path, which begins at `depth`.
    private func replace(_ node: JSONNode?, _ type: SchemaType, depth: Int) throws(InputProblem) -> JSONNode {
        guard depth < path.parts.count else { return value }
        let part = path.parts[depth]
        switch type {
        case .definition(let definition): return try replace(node, definition.type, depth: depth)
        case .object(let schema): return try replaceKey(part, of: node, schema, depth: depth)
        case .map(let element):
            var object = object(node)
            object[part] = try replace(object[part], element, depth: depth + 1)
            return object
        case .list(let element, _): return try replaceElement(part, of: node, { _ in element }, depth: depth)
        case .tuple(let types):
            return try replaceElement(part, of: node, { $0 < types.count ? types[$0] : nil }, depth: depth)
        case .oneOf(let alternatives): return try replaceAlternative(part, of: node, alternatives, depth: depth)
        default:
            throw InputProblem(
                path, "\(walked(depth)) is \(type.kindPhrase) and has no part \"\(part)\"", notes: [type.allowed])
        }
    }

    /// The node if it is an object, else a new one.
    private func object(_ node: JSONNode?) -> JSONNode {
        if let node, node.members != nil { return node }
        return JSONNode(.object([]), at: .option)
    }

    private func replaceKey(
        _ key: String, of node: JSONNode?, _ schema: ObjectSchema, depth: Int
    ) throws(InputProblem) -> JSONNode {
        guard let type = schema.key(named: key)?.type else {
            throw schema.unknownKeyProblem(key, at: walked(depth), place: value.place)
        }
        var object = object(node)
        let key = schema.spelling(of: key, in: object)
        let replaced = try replace(object[key], type, depth: depth + 1)
        // A key that excludes others takes their place: `load.open.rate` turns a closed load into an open one.
        for group in schema.groups where group.names.contains(key) {
            for other in group.names where other != key { object[other] = nil }
        }
        object[key] = replaced
        return object
    }

    private func replaceElement(
        _ part: String, of node: JSONNode?, _ type: (Int) -> SchemaType?, depth: Int
    ) throws(InputProblem) -> JSONNode {
        let list = walked(depth)
        let elements = node?.elements ?? []
        guard let index = Int(part) else {
            throw InputProblem(
                path, "\(list) is a list of \(elements.count)",
                notes: ["seen \"\(part)\"", allowedIndexes(elements.count)])
        }
        guard elements.indices.contains(index), let element = type(index) else {
            throw InputProblem(
                path, "\(list) has no element \(index)",
                notes: ["it has \(elements.count)", allowedIndexes(elements.count)])
        }
        var changed = elements
        changed[index] = try replace(elements[index], element, depth: depth + 1)
        return JSONNode(.array(changed), at: node?.place ?? .option)
    }

    private func allowedIndexes(_ count: Int) -> String? { count > 0 ? "allowed: 0 to \(count - 1)" : nil }

    private func replaceAlternative(
        _ part: String, of node: JSONNode?, _ alternatives: [SchemaType], depth: Int
    ) throws(InputProblem) -> JSONNode {
        if let elements = node?.elements, Int(part) == nil {
            return try replaceInOnlyElement(of: elements, alternatives, depth: depth)
        }
        let fitting = alternatives.filter(\.hasParts)
        let present = node.flatMap { node in fitting.first { $0.accepts(node) } }
        guard let type = present ?? fitting.first else {
            throw InputProblem(path, "\(walked(depth)) has no part \"\(part)\"")
        }
        return try replace(node, type, depth: depth)
    }

    /// A key of a list's elements, without saying which: fine if there is only one.
    private func replaceInOnlyElement(
        of elements: [JSONNode], _ alternatives: [SchemaType], depth: Int
    ) throws(InputProblem) -> JSONNode {
        let list = walked(depth)
        guard elements.count == 1, let type = alternatives.first(where: \.hasParts) else {
            let names = elements.enumerated().map { index, element in
                let name = element["name"].flatMap { if case .string(let text) = $0.kind { " (\(text))" } else { nil } }
                return "\(list).\(index)" + (name ?? "")
            }
            throw InputProblem(
                path, "\(list) has \(elements.count) groups; say which one", notes: [names.joined(separator: ", ")])
        }
        return JSONNode(.array([try replace(elements[0], type, depth: depth)]), at: .option)
    }
}

extension SchemaType {
    /// Whether values have keys or elements.
    fileprivate var hasParts: Bool {
        switch self {
        case .object, .map, .list, .tuple: true
        case .oneOf(let alternatives): alternatives.contains(where: \.hasParts)
        case .definition(let definition): definition.type.hasParts
        default: false
        }
    }
}
