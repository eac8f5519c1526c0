/// The accuracy certificate: every target beside the simulator's figure, as a page.
struct CertificatePage {
    var tables: [TargetTable]

    /// The page in Markdown.
    var markdown: String {
        let kept = tables.map(\.tally.kept).reduce(0, +), all = tables.map(\.tally.all).reduce(0, +)
        let broken = tables.flatMap(\.broken)
        var lines = [
            "# Accuracy certificate", "",
            """
            Written by `make certificate`. Each figure that was published or measured stands beside the one that walsim
            gives, with one set of parameters for each machine. \(kept) of \(all) bands are kept.
            """, "",
        ]
        if !broken.isEmpty {
            lines += ["Outside their bands:", ""] + broken.map { "- " + $0 } + [""]
        }
        for table in tables { lines += section(table) }
        return lines.joined(separator: "\n")
    }

    private func section(_ table: TargetTable) -> [String] {
        var lines = ["## \(table.title)", "", table.source, ""]
        if !table.summaries.isEmpty {
            lines += ["| over all rows | value | at most | |", "|---|---:|---:|---|"]
            lines += table.summaries.map {
                "| \($0.name) | \(FigureText.percent($0.value)) | \(FigureText.percent($0.limit)) | \(mark($0.isMet)) |"
            }
            lines.append("")
        }
        lines += ["| row | figure | target | walsim | error | band | |", "|---|---|---:|---:|---:|---:|---|"]
        lines += table.targets.map { target in
            let cells = [
                target.row, target.quantity, FigureText.number(target.target), FigureText.number(target.result),
                FigureText.signed(target.error), target.bandText,
                target.bandText.isEmpty ? "" : mark(target.isMet),
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return lines + [""]
    }

    private func mark(_ isMet: Bool) -> String { isMet ? "kept" : "**broken**" }
}
