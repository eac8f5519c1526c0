/// Reads one JSON value (RFC 8259) with `//` and `/* */` comments and trailing commas, and remembers where
/// everything stands.
///
/// A key given twice, invalid UTF-8, a lone surrogate and nesting beyond `depthLimit` are errors.
struct JSONParser {
    /// Deeper nesting is refused, so that no input can exhaust the stack.
    static let depthLimit = 64

    let bytes: [UInt8]
    var position = 0
    var line = 1
    var column = 1
    private var depth = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the whole text as one value.
    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONNode {
        var parser = JSONParser(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        try parser.refuseInvalidUTF8()
        try parser.skipBlanks()
        guard parser.peek != nil else { throw parser.error("there is nothing here, expected '{'") }
        let value = try parser.value()
        try parser.skipBlanks()
        guard parser.peek == nil else { throw parser.error("unexpected \(parser.found) after the end of the value") }
        return value
    }

    /// Reads the whole text as one value.
    static func parse(_ text: String) throws(JSONSyntaxError) -> JSONNode { try parse(Array(text.utf8)) }

    // MARK: Values

    private mutating func value() throws(JSONSyntaxError) -> JSONNode {
        let place = self.place
        switch peek ?? 0 {
        case UInt8(ascii: "{"):
            try open()
            let members = try members()
            depth -= 1
            return JSONNode(.object(members), at: place)
        case UInt8(ascii: "["):
            try open()
            let elements = try elements()
            depth -= 1
            return JSONNode(.array(elements), at: place)
        case UInt8(ascii: "\""): return JSONNode(.string(try string()), at: place)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSONNode(.number(try number()), at: place)
        default: return JSONNode(try word(), at: place)
        }
    }

    /// Steps over an opening bracket.
    private mutating func open() throws(JSONSyntaxError) {
        guard depth < Self.depthLimit else { throw error("nested more than \(Self.depthLimit) levels deep") }
        depth += 1
        advance()
    }

    private mutating func members() throws(JSONSyntaxError) -> [JSONMember] {
        var members: [JSONMember] = []
        var lines: [String: Int] = [:]
        while try !closes(with: UInt8(ascii: "}")) {
            guard peek == UInt8(ascii: "\"") else { throw error("expected a key in double quotes, found \(found)") }
            let (place, line) = (self.place, self.line)
            let key = try string()
            if let first = lines[key] {
                throw JSONSyntaxError(
                    line: line, column: 1, message: "key \"\(key)\" is already given in line \(first)")
            }
            lines[key] = line
            try skipBlanks()
            guard peek == UInt8(ascii: ":") else { throw error("expected ':' after key \"\(key)\", found \(found)") }
            advance()
            try skipBlanks()
            members.append(JSONMember(key: key, keyPlace: place, value: try value()))
            try separator(or: "}", after: "the value of key \"\(key)\"")
        }
        return members
    }

    private mutating func elements() throws(JSONSyntaxError) -> [JSONNode] {
        var elements: [JSONNode] = []
        while try !closes(with: UInt8(ascii: "]")) {
            elements.append(try value())
            try separator(or: "]", after: "a list element")
        }
        return elements
    }

    private mutating func closes(with bracket: UInt8) throws(JSONSyntaxError) -> Bool {
        try skipBlanks()
        guard peek == bracket else { return false }
        advance()
        return true
    }

    private mutating func separator(or bracket: Character, after what: String) throws(JSONSyntaxError) {
        try skipBlanks()
        if peek == UInt8(ascii: ",") {
            advance()
        } else if peek != bracket.asciiValue {
            throw error("expected ',' or '\(bracket)' after \(what), found \(found)")
        }
    }

    private mutating func word() throws(JSONSyntaxError) -> JSONNode.Kind {
        let start = self
        var text = ""
        while let byte = peek, isWordByte(byte) {
            text.unicodeScalars.append(Unicode.Scalar(byte))
            advance()
        }
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "": throw start.error("expected a value, found \(found)")
        default: throw start.error("expected a value, found \(text) (strings need double quotes)")
        }
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
