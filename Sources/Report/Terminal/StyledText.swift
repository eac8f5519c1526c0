/// What a piece of text means; a terminal with colour shows it.
enum Style: Sendable {
    case plain, strong, heading, dim
    case good, bad, warning
    // The classes of wait events, in the colours that activity graphs have for them.
    case cpu, lock, io, ipc, timeout

    /// The parameters of ECMA-48's SGR sequence; nil for plain text.
    var code: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .heading: "1;36"
        case .dim: "2"
        case .good: "32"
        case .bad: "1;31"
        case .warning: "33"
        case .cpu: "32"
        case .lock: "31"
        case .io: "34"
        case .ipc: "35"
        case .timeout: "33"
        }
    }
}

/// A piece of text in one style.
struct Fragment: Sendable, ExpressibleByStringInterpolation {
    var text: String
    var style: Style

    init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    init(stringLiteral value: String) { self.init(value) }

    var width: Int { text.count }

    /// The beginning of the text and a mark that it goes on, in `width` columns.
    func cut(to width: Int, _ glyphs: Glyphs) -> Fragment {
        Fragment(text.prefix(max(width - glyphs.ellipsis.count, 0)) + glyphs.ellipsis, style)
    }

    /// The text without what stands in front of its last word, as far as that is too long for `width` columns.
    func cutInside(to width: Int, _ glyphs: Glyphs) -> Fragment {
        guard let blank = text.lastIndex(of: " ") else { return cut(to: width, glyphs) }
        let end = text[text.index(after: blank)...]
        let room = width - end.count - glyphs.ellipsis.count
        // Of a beginning of fewer letters nobody would guess the rest.
        return room < 8 ? cut(to: width, glyphs) : Fragment("\(text.prefix(room))\(glyphs.ellipsis)\(end)", style)
    }

    /// The fragment between the sequences that switch its style on and off.
    func painted(colour: Bool) -> String {
        guard colour, !text.isEmpty, let code = style.code else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}

/// One line of the report.
struct Line: Sendable {
    var fragments: [Fragment]

    init(_ fragments: [Fragment] = []) { self.fragments = fragments }

    init(_ text: String, _ style: Style = .plain) { self.init([Fragment(text, style)]) }

    /// The line as text, without blanks at its end.
    func painted(colour: Bool) -> String { trimmed.fragments.map { $0.painted(colour: colour) }.joined() }

    /// The line without blanks at its end.
    var trimmed: Line {
        var kept = fragments
        while let last = kept.last {
            let trimmed = String(last.text.reversed().drop { $0 == " " }.reversed())
            kept[kept.count - 1].text = trimmed
            if !trimmed.isEmpty { break }
            kept.removeLast()
        }
        return Line(kept)
    }
}

/// Breaks `text` between words into lines of at most `width` columns; a longer word has a line of its own.
func wrapped(_ text: String, width: Int, style: Style = .plain, indent: String = "") -> [Line] {
    var lines: [String] = []
    var line = ""
    for word in unbreakableWords(text) {
        if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
            lines.append(line)
            line = ""
        }
        line += line.isEmpty ? "" : " "
        line += word
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { Line([Fragment(indent), Fragment($0, style)]) }
}

/// What lines are made of: the words of a text, a per cent sign with its number.
func unbreakableWords(_ text: some StringProtocol) -> [String] {
    text.split(separator: " ").reduce(into: []) { words, word in
        if word.hasPrefix("%"), let number = words.popLast() {
            words.append(number + " " + word)
        } else {
            words.append(String(word))
        }
    }
}
