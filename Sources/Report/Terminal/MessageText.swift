/// Messages to people as a terminal shows them best.
public enum MessageText {
    private static let indent = "  "

    /// On a terminal long lines are broken between words, and what follows is indented; for a file or a pipe a line
    /// stays one, so that programs find it whole.
    public static func folded(_ text: String, on capabilities: TerminalCapabilities) -> String {
        guard capabilities.isTerminal else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { folded($0, width: capabilities.width) }.joined(separator: "\n")
    }

    private static func folded(_ line: Substring, width: Int) -> String {
        var (folded, rest, start) = ("", line, "")
        // A word that is longer than a line stays whole: it may be a path that somebody copies.
        while start.count + rest.count > width, let cut = cut(rest, room: width - start.count) {
            folded += start + rest[..<cut] + "\n"
            rest = rest[rest.index(after: cut)...]
            start = indent
        }
        return folded + start + rest
    }

    /// The last blank that ends a line of `room` columns, or the first one behind them.
    private static func cut(_ line: Substring, room: Int) -> String.Index? {
        let text = line.drop { $0 == " " }
        let reach = line.prefix(room + 1)
        return reach[text.startIndex...].lastIndex(of: " ") ?? line[reach.endIndex...].firstIndex(of: " ")
    }
}
