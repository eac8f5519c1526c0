/// Strings and numbers.
extension JSONParser {
    mutating func string() throws(JSONSyntaxError) -> String {
        let start = self
        advance()
        var text: [UInt8] = []
        while true {
            guard let byte = peek else { throw start.error("this string has no end") }
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text.append(contentsOf: Array(String(try escape()).utf8))
            case 0..<0x20:
                if byte == UInt8(ascii: "\n") { throw start.error("this string has no end in its line") }
                throw error("a control character in a string must be written as an escape")
            default:
                text.append(byte)
                advance()
            }
        }
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = self
        advance()
        guard let byte = peek else { throw start.error("this string has no end") }
        advance()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw start.error("unknown escape in a string (known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u)")
        }
    }

    /// What follows `\u`: four digits, or a surrogate pair in two escapes.
    private mutating func unicodeEscape(from start: JSONParser) throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexDigits(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, peek == UInt8(ascii: "\\") else { throw start.error("half a surrogate pair in a string") }
        advance()
        guard peek == UInt8(ascii: "u") else { throw start.error("half a surrogate pair in a string") }
        advance()
        let second = try hexDigits(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw start.error("half a surrogate pair in a string") }
        return scalar
    }

    private mutating func hexDigits(from start: JSONParser) throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw start.error("\\u needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            advance()
        }
        return value
    }

    mutating func number() throws(JSONSyntaxError) -> String {
        let start = self
        if peek == UInt8(ascii: "-") { advance() }
        let whole = digits()
        if whole == 0 { throw start.error("expected a digit, found \(found)") }
        if whole > 1, bytes[position - whole] == UInt8(ascii: "0") {
            throw start.error("a number must not begin with 0")
        }
        if peek == UInt8(ascii: ".") {
            advance()
            if digits() == 0 { throw start.error("expected a digit after the decimal point, found \(found)") }
        }
        if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
            advance()
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { advance() }
            if digits() == 0 { throw start.error("expected a digit in the exponent, found \(found)") }
        }
        if let byte = peek, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) {
            throw start.error("a value with a unit needs double quotes")
        }
        return String(decoding: bytes[start.position..<position], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { advance() }
        return position - start
    }
}
