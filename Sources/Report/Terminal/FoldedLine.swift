extension Line {
    /// The line in as many lines of `width` columns as it takes, all but the first indented; styles go on.
    func folded(to width: Int, indent: String = "  ") -> [Line] {
        guard fragments.reduce(0, { $0 + $1.width }) > width else { return [self] }
        var lines: [[Fragment]] = [[]]
        var used = 0
        for fragment in fragments {
            var rest = fragment.text[...]
            while !rest.isEmpty {
                let blanks = rest.prefix { $0 == " " }
                let word = rest.dropFirst(blanks.count).prefix { $0 != " " }
                rest = rest.dropFirst(blanks.count + word.count)
                // A per cent sign stays with its number.
                if used > 0, !blanks.isEmpty, used + blanks.count + word.count > width, !word.hasPrefix("%") {
                    lines.append([Fragment(indent), Fragment(String(word), fragment.style)])
                    used = indent.count + word.count
                } else {
                    lines[lines.count - 1].append(Fragment(String(blanks + word), fragment.style))
                    used += blanks.count + word.count
                }
            }
        }
        return lines.map { Line(Self.joined($0)) }
    }

    /// The fragments, neighbours of one style as one.
    private static func joined(_ fragments: [Fragment]) -> [Fragment] {
        fragments.reduce(into: []) { joined, fragment in
            if let last = joined.last, last.style == fragment.style {
                joined[joined.count - 1] = Fragment(last.text + fragment.text, last.style)
            } else {
                joined.append(fragment)
            }
        }
    }
}
