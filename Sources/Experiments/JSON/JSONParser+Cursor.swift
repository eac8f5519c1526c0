/// Moving over the text.
extension JSONParser {
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    var place: SourcePlace { .file(line: line, column: column) }

    /// The next character, for messages.
    var found: String {
        guard peek != nil else { return "the end of the text" }
        let rest = String(decoding: bytes[position..<min(position + 16, bytes.count)], as: UTF8.self)
        guard let character = rest.first, !character.isNewline else { return "the end of the line" }
        return "'\(character)'"
    }

    func error(_ message: String) -> JSONSyntaxError {
        JSONSyntaxError(line: line, column: column, message: message)
    }

    mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") {
            line += 1
            column = 1
        } else if bytes[position] & 0xC0 != 0x80 {
            column += 1
        }
        position += 1
    }

    /// Skips white space and comments.
    mutating func skipBlanks() throws(JSONSyntaxError) {
        while let byte = peek {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): advance()
            case UInt8(ascii: "/"): try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONSyntaxError) {
        let start = self
        advance()
        switch peek {
        case UInt8(ascii: "/"):
            while let byte = peek, byte != UInt8(ascii: "\n") { advance() }
        case UInt8(ascii: "*"):
            advance()
            var previous: UInt8 = 0
            while true {
                guard let byte = peek else { throw start.error("this comment has no end") }
                advance()
                if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "/") { return }
                previous = byte
            }
        default:
            throw start.error("expected a value or a comment, found '/'")
        }
    }

    /// Checked once for the whole text, so that strings and comments need not.
    func refuseInvalidUTF8() throws(JSONSyntaxError) {
        var scan = self
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes[position...].makeIterator()
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): for _ in scalar { scan.advance() }
            case .error: throw scan.error("invalid UTF-8")
            case .emptyInput: return
            }
        }
    }
}
