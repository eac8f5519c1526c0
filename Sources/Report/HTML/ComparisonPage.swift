import Experiments
import Statistics

/// The report of a comparison as a page: before and after.
public enum ComparisonReport {
    /// The file's text.
    public static func html(of result: ComparisonResult) -> String { ComparisonPage(result: result).page().html() }

    /// The changes with their intervals, as an SVG file.
    public static func svg(of result: ComparisonResult) -> String {
        ComparisonPage(result: result).changes(width: 720).file
    }
}

/// What every part of a comparison's page needs.
struct ComparisonPage {
    let result: ComparisonResult

    /// Pictures show no more rows than these; the table has all.
    private static let limit = 24

    private var shown: [ComparisonRow] {
        let rows = result.rows.filter(\.isShown)
        return Array((rows.isEmpty ? result.rows : rows).prefix(Self.limit))
    }

    func page() -> HTMLPage {
        HTMLPage(
            kind: "Simulated PostgreSQL: comparison", title: "\(result.base) against \(result.new)",
            facts: "\(result.testSentence) \u{b7} \(result.confidenceText) \u{b7} p-values after Holm's correction",
            findings: [result.verdictSentence], warnings: result.warnings,
            sections: [
                HTMLPage.Section(
                    heading: "Before and after", figures: [pairFigure(), changeFigure()].compactMap(\.self)),
                HTMLPage.Section(heading: "All figures", tables: [table()]),
            ],
            provenance: [
                HTMLPage.Fact(name: "base", value: result.base), HTMLPage.Fact(name: "new", value: result.new),
                HTMLPage.Fact(
                    name: "threshold", value: HumanText.fixed(result.threshold * 100, 1) + " %, worse figures only"),
                HTMLPage.Fact(name: "verdict", value: result.verdict.rawValue),
            ])
    }

    private func pairFigure() -> HTMLPage.Figure? {
        guard !shown.isEmpty else { return nil }
        let rows = shown.map { row in
            PairBars.Row(label: row.name, before: bar(row.base, row), after: bar(row.new, row), ink: ink(row))
        }
        return HTMLPage.Figure(
            title: "Medians",
            caption: """
                Grey is the base, the bar below it the new result; each pair has its own scale from zero, lines are \
                intervals of the medians.
                """, picture: PairBars(rows: rows).picture("Medians before and after", width: 450).inline(), key: key)
    }

    private func bar(_ median: MedianInterval, _ row: ComparisonRow) -> PairBars.Bar {
        PairBars.Bar(
            value: median.median, interval: median.interval.map { ($0.low, $0.high) },
            text: FigureText.value(median.median, unit: row.unit, metric: row.metric))
    }

    private func changeFigure() -> HTMLPage.Figure? {
        guard shown.contains(where: { $0.change != nil }) else { return nil }
        return HTMLPage.Figure(
            title: "Relative changes",
            caption: """
                The change of each figure relative to the base, with its 95 % interval. A sign ~ says that chance \
                explains it well enough.
                """, picture: changes(width: 450).inline())
    }

    func changes(width: Double) -> Picture {
        let rows = shown.compactMap { row in
            row.change.map { change in
                IntervalBars.Row(
                    label: row.name, value: change * 100,
                    interval: row.changeInterval.map { .init(low: $0.low * 100, high: $0.high * 100) },
                    text: row.isSignificant ? "\(FigureText.change(change)) \(row.verdictText)" : row.verdictText,
                    ink: ink(row))
            }
        }
        return IntervalBars(rows: rows, unit: "change in per cent")
            .picture("\(result.base) against \(result.new): relative changes", width: width)
    }

    private func ink(_ row: ComparisonRow) -> Ink {
        row.isBetter.map { $0 ? Ink(.cpu) : Ink(.lwlock) } ?? (row.isSignificant ? Ink(.io) : Ink(.client, shade: 2))
    }

    private var key: HTMLPage.Key {
        HTMLPage.Key(entries: [
            HTMLPage.Key.Entry("base", Ink(.client, shade: 1)), HTMLPage.Key.Entry("better", Ink(.cpu)),
            HTMLPage.Key.Entry("worse", Ink(.lwlock)), HTMLPage.Key.Entry("differs", Ink(.io)),
            HTMLPage.Key.Entry("no significant difference", Ink(.client, shade: 2)),
        ])
    }

    private func table() -> HTMLPage.Table {
        var table = HTMLPage.Table(
            caption: "Medians of repeats",
            columns: [
                .text("figure"), .number("base"), .number("new"), .number("change"), .number("95 % interval"),
                .number("p"), .text("verdict"),
            ])
        for row in result.rows.prefix(1_000) {
            let status = row.isBetter.map { $0 ? "good" : "bad" } ?? ""
            table.append(
                [
                    row.name, FigureText.median(row.base, unit: row.unit, metric: row.metric, "\u{b1}"),
                    FigureText.median(row.new, unit: row.unit, metric: row.metric, "\u{b1}"),
                    FigureText.change(row.change), FigureText.interval(row.changeInterval),
                    FigureText.pValue(row.adjustedPValue), row.verdictText,
                ], status: status)
        }
        return table
    }
}
