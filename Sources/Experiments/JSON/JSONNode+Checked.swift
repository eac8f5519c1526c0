import SimTime

/// Access to a tree that the schema has checked.
///
/// The schema promises that a key is there and what it holds; a broken promise is a bug of the schema or of the code
/// that reads the tree, not of a scenario, and stops the program.
extension JSONNode {
    /// The value of a key that the schema requires or fills in.
    func child(_ key: String) -> JSONNode {
        guard let value = self[key] else { preconditionFailure("the schema gives no \"\(key)\"") }
        return value
    }

    var integer: Int64 {
        guard case .number(let text) = kind, let value = Int64(text) else { preconditionFailure("not an integer") }
        return value
    }

    var real: Double {
        guard case .number(let text) = kind, let value = Double(text) else { preconditionFailure("not a number") }
        return value
    }

    var text: String {
        guard case .string(let text) = kind else { preconditionFailure("not a string") }
        return text
    }

    /// A duration.
    var nanoseconds: Nanoseconds { Nanoseconds(integer) }

    /// The elements of a list.
    var list: [JSONNode] {
        guard case .array(let elements) = kind else { preconditionFailure("not a list") }
        return elements
    }

    /// The only key of an object with one key, and its value.
    var onlyMember: (key: String, value: JSONNode) {
        guard case .object(let members) = kind, members.count == 1 else { preconditionFailure("not one key") }
        return (members[0].key, members[0].value)
    }

    /// One of the choices of the schema.
    func choice<T: RawRepresentable<String>>(_: T.Type) -> T {
        guard let value = T(rawValue: text) else { preconditionFailure("the schema allows \"\(text)\"") }
        return value
    }
}
