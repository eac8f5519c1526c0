extension Line {
    /// The line in as many lines of `width` columns as it takes, all but the first indented; styles go on.
    ///
    /// - Parameter keepsCells: whether what stands between two gaps of a table stays together, such as `1.92 ms`.
    func folded(to width: Int, indent: String = "  ", keepsCells: Bool = false) -> [Line] {
        guard fragments.reduce(0, { $0 + $1.width }) > width else { return [self] }
        var lines: [[Fragment]] = [[]]
        var used = 0
        for piece in pieces(cellsOf: keepsCells ? width - indent.count : 0) {
            // A per cent sign stays with its number.
            if used > 0, piece.blanks > 0, used + piece.blanks + piece.text.count > width, !piece.text.hasPrefix("%") {
                lines.append([Fragment(indent), Fragment(piece.text, piece.style)])
                used = indent.count + piece.text.count
            } else {
                // In front of a line's first piece there is nothing to break at: the piece comes in from the right.
                let room = used == 0 ? max(width - piece.text.count, 0) : piece.blanks
                let blanks = String(repeating: " ", count: min(piece.blanks, room))
                lines[lines.count - 1].append(Fragment(blanks + piece.text, piece.style))
                used += blanks.count + piece.text.count
            }
        }
        return lines.map { Line(Self.joined($0)) }
    }

    /// A part of a line that stays whole, and the blanks in front of it.
    private struct Piece {
        var blanks: Int
        var text: String
        var style: Style
    }

    /// Words, or cells of at most `length` columns.
    private func pieces(cellsOf length: Int) -> [Piece] {
        var pieces: [Piece] = []
        var blanks = 0
        for fragment in fragments {
            var rest = fragment.text[...]
            while !rest.isEmpty {
                let gap = rest.prefix { $0 == " " }.count
                blanks += gap
                rest = rest.dropFirst(gap)
                let cell = rest.firstRange(of: "  ").map { rest[..<$0.lowerBound] } ?? rest
                let text = cell.count <= length ? cell : rest.prefix { $0 != " " }
                guard !text.isEmpty else { break }
                pieces.append(Piece(blanks: blanks, text: String(text), style: fragment.style))
                blanks = 0
                rest = rest.dropFirst(text.count)
            }
        }
        return pieces
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
