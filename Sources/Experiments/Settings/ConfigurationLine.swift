/// One line of a postgresql.conf: `name = value`, the equal sign and a comment optional.
struct ConfigurationLine {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    /// The assignment in the line; nil if it is blank or a comment.
    mutating func assignment(file: String, line: Int) throws(InputProblem) -> (name: String, value: String)? {
        skipBlanks()
        if rest.isEmpty || rest.first == "#" { return nil }
        let name = String(rest.prefix { $0.isLetter || $0.isNumber || "_$.".contains($0) })
        guard let first = name.first, first.isLetter || first == "_" else { throw syntaxError(file, line) }
        rest = rest.dropFirst(name.count)
        skipBlanks()
        if rest.first == "=" {
            rest = rest.dropFirst()
            skipBlanks()
        }
        guard let value = rest.first == "'" ? quotedValue() : plainValue() else { throw syntaxError(file, line) }
        skipBlanks()
        guard rest.isEmpty || rest.first == "#" else { throw syntaxError(file, line) }
        return (name, value)
    }

    private mutating func skipBlanks() { rest = rest.drop { $0.isWhitespace } }

    private mutating func plainValue() -> String? {
        let value = rest.prefix { $0.isLetter || $0.isNumber || "_-.:/+".contains($0) }
        rest = rest.dropFirst(value.count)
        return value.isEmpty ? nil : String(value)
    }

    /// A quoted value: `''` and `\'` are quotes, `\b \f \n \r \t` and octal escapes as in C (DeescapeQuotedString).
    private mutating func quotedValue() -> String? {
        var value = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst() {
            switch character {
            case "'":
                guard rest.first == "'" else { return value }
                rest = rest.dropFirst()
                value.append("'")
            case "\\":
                guard let escaped = escape() else { return nil }
                value.append(escaped)
            default:
                value.append(character)
            }
        }
        return nil
    }

    private mutating func escape() -> Character? {
        let digits = rest.prefix(3).prefix { "01234567".contains($0) }
        if let code = UInt8(digits, radix: 8) {
            rest = rest.dropFirst(digits.count)
            return Character(Unicode.Scalar(code))
        }
        guard let letter = rest.popFirst() else { return nil }
        let known: [Character: Character] = ["b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t"]
        return known[letter] ?? letter
    }

    private func syntaxError(_ file: String, _ line: Int) -> InputProblem {
        let token = rest.prefix { !$0.isWhitespace }.prefix(30)
        let near = token.isEmpty ? "near end of line" : "near token \"\(token)\""
        return InputProblem(SchemaPath.root / "line \(line)", "syntax error \(near)", file: file)
    }
}
