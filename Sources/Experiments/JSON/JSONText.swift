/// JSON text of a tree.
extension JSONNode {
    /// One line, keys sorted by their UTF-8 bytes: the form that is hashed.
    var canonicalText: String {
        switch kind {
        case .array(let elements):
            return "[" + elements.map(\.canonicalText).joined(separator: ",") + "]"
        case .object(let members):
            let sorted = members.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
            return "{" + sorted.map { jsonQuoted($0.key) + ":" + $0.value.canonicalText }.joined(separator: ",") + "}"
        default:
            return scalarText
        }
    }

    /// Indented text in the order of the tree; what fits into `width` columns stands on one line.
    func indentedText(width: Int = 110) -> String { indented(by: 0, width: width) + "\n" }

    private func indented(by indent: Int, width: Int) -> String {
        let short = inlineText
        if short.utf8.count + indent <= width { return short }
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch kind {
        case .array(let elements):
            let lines = elements.map { inner + $0.indented(by: indent + 2, width: width) }
            return "[\n" + lines.joined(separator: ",\n") + "\n" + outer + "]"
        case .object(let members):
            let lines = members.map { member in
                inner + jsonQuoted(member.key) + ": " + member.value.indented(by: indent + 2, width: width)
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n" + outer + "}"
        default:
            return short
        }
    }

    /// One line in the order of the tree.
    var inlineText: String {
        switch kind {
        case .array(let elements):
            return "[" + elements.map(\.inlineText).joined(separator: ", ") + "]"
        case .object(let members):
            return "{" + members.map { jsonQuoted($0.key) + ": " + $0.value.inlineText }.joined(separator: ", ") + "}"
        default:
            return scalarText
        }
    }

    private var scalarText: String {
        switch kind {
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): jsonQuoted(text)
        default: "null"
        }
    }
}

/// A string as JSON writes it.
public func jsonQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
