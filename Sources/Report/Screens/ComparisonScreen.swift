import Experiments

/// A comparison as a person reads it.
public enum ComparisonScreen {
    /// The text, ending in a line feed. `all` shows every row; else those that matter or differ.
    public static func text(of result: ComparisonResult, all: Bool, on capabilities: TerminalCapabilities) -> String {
        let glyphs = capabilities.glyphs
        let shown = result.rows.filter { all || $0.isShown }
        var lines = [
            Line([
                Fragment(result.base, .strong), Fragment(capabilities.unicode ? " → " : " -> "),
                Fragment(result.new, .strong),
            ])
        ]
        let method = result.testSentence + "; " + result.confidenceText
        lines += wrapped(method, width: capabilities.width, style: .dim) + [Line()]
        lines += wrapped(result.verdictSentence, width: capabilities.width, style: result.verdict.style) + [Line()]
        if result.verdict != .identical {
            lines += table(shown, capabilities).lines(fitting: capabilities.width, glyphs: glyphs)
            let hidden = result.rows.count - shown.count
            if hidden > 0 {
                let more = "and \(HumanText.count(hidden, "more figure")) without a significant difference (--all)"
                lines.append(Line("  " + more, .dim))
            }
        }
        lines += result.warnings.flatMap { wrapped("warning: \($0)", width: capabilities.width, style: .warning) }
        return capabilities.painted(lines)
    }

    private static func table(_ rows: [ComparisonRow], _ capabilities: TerminalCapabilities) -> TextTable {
        let plusMinus = capabilities.unicode ? "±" : "+-"
        // A narrow terminal has no room for how sure the change is.
        let isWide = capabilities.width >= 110
        let certainty: [TextTable.Column] = isWide ? [.left("95 % interval"), .right("p")] : []
        var table = TextTable(
            [.name("figure"), .right("base"), .right("new"), .right("change")] + certainty + [.left("")])
        for row in rows {
            let median = { FigureText.median($0, unit: row.unit, metric: row.metric, plusMinus) }
            let style: Style =
                row.isRegression ? .bad : row.isBetter == true ? .good : row.isSignificant ? .warning : .dim
            let figures: [TextTable.Cell] = [
                .text(row.name), .text(median(row.base)), .text(median(row.new)),
                .text(row.isSignificant ? FigureText.change(row.change) : row.verdictText, style),
            ]
            let sureness: [TextTable.Cell] = [
                .text(row.isSignificant ? FigureText.interval(row.changeInterval) : "", .dim),
                .text(FigureText.pValue(row.adjustedPValue), .dim),
            ]
            let verdict = row.isSignificant ? row.verdictText + (row.isRegression ? " !" : "") : ""
            table.append(figures + (isWide ? sureness : []) + [.text(verdict, style)])
        }
        return table
    }
}

extension ComparisonResult.Verdict {
    /// The style of the sentence that says it.
    var style: Style {
        switch self {
        case .identical, .same: .good
        case .different: .strong
        case .regression: .bad
        }
    }
}
