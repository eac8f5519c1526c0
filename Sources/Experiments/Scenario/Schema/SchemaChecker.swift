/// Checks a tree against the schema and makes it canonical: defaults filled in, durations in nanoseconds, settings
/// in PostgreSQL's base units. Collects every problem instead of stopping at the first.
struct SchemaChecker {
    private(set) var problems: [InputProblem] = []

    /// The checked value; nil if it has a problem.
    mutating func check(_ node: JSONNode, _ type: SchemaType, at path: SchemaPath) -> JSONNode? {
        switch type {
        case .definition(let definition): checkDefinition(node, definition, at: path)
        case .object(let schema): checkObject(node, schema, at: path)
        case .map(let element): checkMap(node, element, at: path)
        case .list(let element, let count): checkList(node, element, count, at: path)
        case .tuple(let types): checkTuple(node, types, at: path)
        case .oneOf(let alternatives): checkOneOf(node, alternatives, at: path)
        default: checkScalar(node, type, at: path)
        }
    }

    private mutating func checkScalar(_ node: JSONNode, _ type: SchemaType, at path: SchemaPath) -> JSONNode? {
        do throws(InputProblem) {
            return try ScalarCheck(node: node, type: type, path: path).checked()
        } catch {
            problems.append(error)
            return nil
        }
    }

    private mutating func checkDefinition(
        _ node: JSONNode, _ definition: SchemaDefinition, at path: SchemaPath
    ) -> JSONNode? {
        guard let checked = check(node, definition.type, at: path) else { return nil }
        // A bare duration is short for a constant, and both must have the same canonical form.
        guard case .distribution = definition, checked.members == nil else { return checked }
        return JSONNode(.object([JSONMember(key: "constant", value: checked)]), at: node.place)
    }

    private mutating func checkObject(_ node: JSONNode, _ schema: ObjectSchema, at path: SchemaPath) -> JSONNode? {
        guard let members = node.members else { return wrongKind(node, .object(schema), at: path) }
        guard schema.vocabulary == .scenario else { return checkSettings(node, members, schema, at: path) }
        let problemCount = problems.count
        reportUnknownKeys(members, schema, at: path)
        reportKeyGroups(node, schema, at: path)
        var result: [JSONMember] = []
        for key in schema.keys {
            let given = members.first { $0.key == key.name }
            if let given, !given.value.isLeftOut {
                guard let value = check(given.value, key.type, at: path / key.name) else { continue }
                result.append(JSONMember(key: key.name, keyPlace: given.keyPlace, value: value))
            } else if key.isRequired {
                problems.append(
                    InputProblem(path, "key \"\(key.name)\" is missing", notes: [key.type.allowed, place(node)]))
            } else if let fallback = key.fallback, let value = check(fallback, key.type, at: path / key.name) {
                result.append(JSONMember(key: key.name, value: value))
            }
        }
        return problems.count == problemCount ? JSONNode(.object(asWritten(result, members)), at: node.place) : nil
    }

    /// Settings under the names that PostgreSQL lists, whatever case they are written in.
    private mutating func checkSettings(
        _ node: JSONNode, _ members: [JSONMember], _ schema: ObjectSchema, at path: SchemaPath
    ) -> JSONNode? {
        let problemCount = problems.count
        var result: [JSONMember] = []
        var given: [String: JSONMember] = [:]
        for member in members {
            guard let setting = SettingTable.named(member.key) else {
                problems.append(schema.unknownKeyProblem(member.key, at: path, place: member.keyPlace))
                continue
            }
            if let first = given.updateValue(member, forKey: setting.name) {
                let seen = "seen \(jsonQuoted(first.key))" + first.keyPlace.suffix
                problems.append(
                    InputProblem(
                        path / member.key, "this setting is given twice: case makes no difference",
                        notes: [seen, "and \(jsonQuoted(member.key))" + member.keyPlace.suffix]))
            }
            guard !member.value.isLeftOut, let value = check(member.value, .setting(setting), at: path / setting.name)
            else { continue }
            result.append(JSONMember(key: setting.name, keyPlace: member.keyPlace, value: value))
        }
        return problems.count == problemCount ? JSONNode(.object(result), at: node.place) : nil
    }

    /// The checked members in the order of the scenario, defaults last: thresholds are judged in that order.
    private func asWritten(_ checked: [JSONMember], _ given: [JSONMember]) -> [JSONMember] {
        let written = given.compactMap { member in checked.first { $0.key == member.key } }
        return written + checked.filter { member in !given.contains { $0.key == member.key } }
    }

    private mutating func reportUnknownKeys(_ members: [JSONMember], _ schema: ObjectSchema, at path: SchemaPath) {
        for member in members where !schema.keys.contains(where: { $0.name == member.key }) {
            problems.append(schema.unknownKeyProblem(member.key, at: path, place: member.keyPlace))
        }
    }

    private mutating func reportKeyGroups(_ node: JSONNode, _ schema: ObjectSchema, at path: SchemaPath) {
        for group in schema.groups {
            let given = group.names.filter { node[$0].map { !$0.isLeftOut } ?? false }
            let choices = group.names.map { "\"\($0)\"" }.joined(separator: ", ")
            if given.count > 1 {
                let names = given.map { "\"\($0)\"" }.joined(separator: " and ")
                problems.append(InputProblem(path, "\(names) exclude each other", notes: [place(node)]))
            } else if given.isEmpty, group.isRequired {
                // An unknown key is most likely a misspelling of one of these: one complaint is enough.
                guard node.members?.allSatisfy({ member in schema.keys.contains { $0.name == member.key } }) ?? true
                else {
                    continue
                }
                problems.append(InputProblem(path, "one of \(choices) is missing", notes: [place(node)]))
            }
        }
    }

    private mutating func checkMap(_ node: JSONNode, _ element: SchemaType, at path: SchemaPath) -> JSONNode? {
        guard let members = node.members else { return wrongKind(node, .map(element), at: path) }
        var result: [JSONMember] = []
        for member in members {
            let key = JSONNode(.string(member.key), at: member.keyPlace)
            guard checkScalar(key, .name, at: path / member.key) != nil,
                let value = check(member.value, element, at: path / member.key)
            else { continue }
            result.append(JSONMember(key: member.key, keyPlace: member.keyPlace, value: value))
        }
        return result.count == members.count ? JSONNode(.object(result), at: node.place) : nil
    }

    private mutating func checkList(
        _ node: JSONNode, _ element: SchemaType, _ count: ClosedRange<Int>, at path: SchemaPath
    ) -> JSONNode? {
        guard let elements = node.elements else { return wrongKind(node, .list(element, count: count), at: path) }
        guard count.contains(elements.count) else {
            let what = elements.isEmpty ? "must not be empty" : "this list is too long"
            let allowed = "allowed: \(count.lowerBound) to \(count.upperBound) elements"
            problems.append(
                InputProblem(path, what, notes: ["seen \(elements.count) elements" + node.place.suffix, allowed]))
            return nil
        }
        let result = elements.enumerated().compactMap { check($1, element, at: path / $0) }
        return result.count == elements.count ? JSONNode(.array(result), at: node.place) : nil
    }

    private mutating func checkTuple(_ node: JSONNode, _ types: [SchemaType], at path: SchemaPath) -> JSONNode? {
        guard let elements = node.elements, elements.count == types.count else {
            return wrongKind(node, .tuple(types), at: path)
        }
        let result = zip(elements, types).enumerated().compactMap { check($1.0, $1.1, at: path / $0) }
        return result.count == elements.count ? JSONNode(.array(result), at: node.place) : nil
    }

    private mutating func checkOneOf(
        _ node: JSONNode, _ alternatives: [SchemaType], at path: SchemaPath
    ) -> JSONNode? {
        guard let type = alternatives.first(where: { $0.accepts(node) }) else {
            return wrongKind(node, .oneOf(alternatives), at: path)
        }
        let known = problems.count
        let checked = check(node, type, at: path)
        // A word that is none of the choices may well be the key of an object that is allowed too.
        if case .choice = type, problems.count > known {
            problems[known].notes = problems[known].notes.map {
                $0 == type.allowed ? SchemaType.oneOf(alternatives).allowed : $0
            }
        }
        return checked
    }

    private mutating func wrongKind(_ node: JSONNode, _ type: SchemaType, at path: SchemaPath) -> JSONNode? {
        problems.append(.wrongKind(node, type, at: path))
        return nil
    }

    private func place(_ node: JSONNode) -> String? {
        node.place.suffix.isEmpty ? nil : String(node.place.suffix.dropFirst())
    }
}

extension InputProblem {
    /// A list where a string should be, and the like.
    static func wrongKind(_ node: JSONNode, _ type: SchemaType, at path: SchemaPath) -> InputProblem {
        InputProblem(path, "\(node.kindName) does not fit here", notes: [node.seen, type.allowed])
    }
}

extension JSONNode {
    /// Whether an option of the command line takes away what the scenario gives, by null. A file leaves out the key.
    var isLeftOut: Bool {
        guard case .null = kind else { return false }
        switch place {
        case .option, .varyOption, .whereOption: return true
        case .file, .builtIn: return false
        }
    }
}

extension ObjectSchema {
    /// The complaint about a key that the object does not have.
    func unknownKeyProblem(_ name: String, at path: SchemaPath, place: SourcePlace) -> InputProblem {
        let written = place.suffix.isEmpty ? nil : String(place.suffix.dropFirst())
        switch vocabulary {
        case .settings:
            let nearest = SettingTable.nearest(to: name).map { "nearest: \"\($0)\"" }
            return InputProblem(path / name, SettingTable.unrecognized(name), notes: [written, nearest])
        case .scenario:
            let names = keys.map(\.name)
            let nearest = nearestName(to: name, among: names).map { "nearest: \"\($0)\"" }
            let allowed = names.count <= 20 ? "allowed: " + names.joined(separator: ", ") : nil
            return InputProblem(path / name, "unknown key \"\(name)\"", notes: [written, allowed, nearest])
        }
    }
}
