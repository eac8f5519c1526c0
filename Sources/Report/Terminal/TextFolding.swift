/// The text in lines of at most `width` columns, broken at the blank of a separator, or at any blank where what lies
/// between separators is too long itself. All lines but the first are indented.
func folded(_ text: String, at separator: String, width: Int, indent: String = "  ") -> [String] {
    guard text.count > width, let blank = separator.firstIndex(of: " ") else { return [text] }
    let (tail, head) = (separator[..<blank], separator[separator.index(after: blank)...])
    let parts = text.split(separator: separator)
    var lines: [String] = []
    func append(_ piece: some StringProtocol, onNewLine: Bool = false) {
        if !onNewLine, let last = lines.last, last.count + 1 + piece.count <= width {
            lines[lines.count - 1] = last + " " + piece
        } else {
            lines.append((lines.isEmpty ? "" : indent) + piece)
        }
    }
    for (index, part) in parts.enumerated() {
        let piece = (index > 0 ? head : "") + part + (index < parts.count - 1 ? tail : "")
        if indent.count + piece.count <= width {
            append(piece)
        } else {
            for (number, word) in unbreakableWords(piece).enumerated() { append(word, onNewLine: number == 0) }
        }
    }
    return lines
}
