import Experiments

/// A comparison as a table for a pull request.
public enum ComparisonMarkdown {
    /// The text, ending in a line feed. `all` has every row; else those that matter or differ.
    public static func text(of result: ComparisonResult, all: Bool) -> String {
        let shown = result.verdict == .identical ? [] : result.rows.filter { all || $0.isShown }
        var lines = ["**\(escaped(result.verdictSentence))**", ""]
        if !shown.isEmpty {
            lines += ["| figure | base | new | change | 95 % interval | p | |", "|---|--:|--:|--:|---|--:|---|"]
            lines += shown.map(line) + [""]
        }
        let hidden = result.verdict == .identical ? 0 : result.rows.count - shown.count
        if hidden > 0 {
            lines += ["\(HumanText.count(hidden, "more figure")) without a significant difference.", ""]
        }
        lines += result.warnings.map { "> " + escaped($0) } + (result.warnings.isEmpty ? [] : [""])
        lines.append(
            "`\(result.base)` against `\(result.new)`: \(result.testSentence); \(result.confidenceText); "
                + "p after Holm's correction.")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ row: ComparisonRow) -> String {
        let median = { FigureText.median($0, unit: row.unit, metric: row.metric, "±") }
        let cells = [
            escaped(row.name), median(row.base), median(row.new),
            row.isSignificant ? FigureText.change(row.change) : row.verdictText,
            row.isSignificant ? FigureText.interval(row.changeInterval) : "", FigureText.pValue(row.adjustedPValue),
            row.isRegression ? "**worse**" : row.isSignificant ? row.verdictText : "",
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    /// Text in which nothing is taken for markup. A tilde alone is none.
    private static func escaped(_ text: String) -> String {
        text.map { "\\`*_|<>[]".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
