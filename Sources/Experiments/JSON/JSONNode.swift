/// Where a value of a scenario was written.
enum SourcePlace: Sendable, Equatable {
    /// In the scenario's file; line and column count from 1, columns in Unicode scalars.
    case file(line: Int, column: Int)
    /// On the command line, as `--set`.
    case option
    /// On the command line, as `--vary`.
    case varyOption
    /// On the command line, as `--where`.
    case whereOption
    /// Nowhere: a default or a built-in transaction.
    case builtIn
}

/// A JSON value that knows where it was written.
///
/// Numbers keep their text, so that nothing is lost before the schema says what the number is.
struct JSONNode: Sendable {
    enum Kind: Sendable {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([JSONNode])
        case object([JSONMember])
    }

    var kind: Kind
    var place = SourcePlace.builtIn

    init(_ kind: Kind, at place: SourcePlace = .builtIn) {
        self.kind = kind
        self.place = place
    }

    static func string(_ value: String) -> JSONNode { JSONNode(.string(value)) }
    static func integer(_ value: Int64) -> JSONNode { JSONNode(.number(String(value))) }
    static func bool(_ value: Bool) -> JSONNode { JSONNode(.bool(value)) }
    static func array(_ elements: [JSONNode]) -> JSONNode { JSONNode(.array(elements)) }

    /// A finite number; one without a fraction is written without a decimal point.
    static func real(_ value: Double) -> JSONNode {
        if let whole = Int64(exactly: value) { return integer(whole) }
        return JSONNode(.number("\(value)"))
    }

    static func object(_ members: KeyValuePairs<String, JSONNode>) -> JSONNode {
        JSONNode(.object(members.map { JSONMember(key: $0.key, value: $0.value) }))
    }
}

/// A key and its value.
struct JSONMember: Sendable {
    var key: String
    var keyPlace = SourcePlace.builtIn
    var value: JSONNode
}

extension JSONNode {
    /// The members of an object; nil for anything else.
    var members: [JSONMember]? {
        if case .object(let members) = kind { return members }
        return nil
    }

    /// The elements of an array; nil for anything else.
    var elements: [JSONNode]? {
        if case .array(let elements) = kind { return elements }
        return nil
    }

    /// The value of a key; nil if this is no object or has no such key. Setting nil removes the key.
    subscript(key: String) -> JSONNode? {
        get { members?.first { $0.key == key }?.value }
        set {
            var members = self.members ?? []
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(JSONMember(key: key, keyPlace: value.place, value: value))
            case (nil, nil): return
            }
            kind = .object(members)
        }
    }

    /// The same tree, every value marked as written at `place`.
    func placed(_ place: SourcePlace) -> JSONNode {
        switch kind {
        case .array(let elements):
            return JSONNode(.array(elements.map { $0.placed(place) }), at: place)
        case .object(let members):
            let moved = members.map { JSONMember(key: $0.key, keyPlace: place, value: $0.value.placed(place)) }
            return JSONNode(.object(moved), at: place)
        default:
            return JSONNode(kind, at: place)
        }
    }

    /// What kind of value this is, for messages.
    var kindName: String {
        switch kind {
        case .null: "null"
        case .bool: "a Boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSONNode: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self.init(.string(value)) }
}
