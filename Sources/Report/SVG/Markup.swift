/// Writes XML elements, with all text and attributes escaped: the form of SVG that is also correct inside HTML.
struct Markup {
    /// What was written so far.
    private(set) var text = ""

    /// An element with nothing, or only text, in it.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text content: String = "")
    {
        open(name, attributes, end: content.isEmpty ? "/>" : ">")
        if !content.isEmpty { text += "\(Self.escape(content))</\(name)>" }
    }

    /// An element around what `body` writes.
    mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ body: (inout Markup) -> Void
    ) {
        open(name, attributes, end: ">")
        body(&self)
        text += "</\(name)>"
    }

    /// Markup made elsewhere.
    mutating func append(_ other: Markup) { text += other.text }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>, end: String) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(Self.escape(value))\"" }
        text += end
    }

    /// Text that neither ends an element nor an attribute. Characters that XML 1.0 does not allow become U+FFFD.
    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// A length in a picture's own units, with as many digits as can be seen.
func px(_ value: Double) -> String {
    let text = HumanText.fixed(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
