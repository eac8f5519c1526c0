import Statistics

/// Compares two sets of results figure by figure.
public enum Comparison {
    /// Compares two CSV files, or the files of two folders that `walsim run --out` wrote.
    ///
    /// Repeats are paired by their seeds if one side has all seeds of the other, and tested with Student's paired
    /// test; else with Mann and Whitney's rank test. All p-values are corrected after Holm.
    ///
    /// - Parameters:
    ///   - metrics: the metrics to look at; empty for all.
    ///   - threshold: from which relative change on a worse figure is a regression.
    /// - Throws: an `InputError` that says why the two cannot be compared.
    public static func compare(
        _ base: String, _ new: String, metrics: [String] = [], threshold: Double = 0.05, files: FileAccess = .disk
    ) throws(InputError) -> ComparisonResult {
        let inputs = try ComparisonInputs(base, new, files: files)
        var rows: [ComparisonRow] = []
        var warnings = inputs.warnings
        for pair in inputs.pairs {
            var table = try TableComparison(pair, metrics: Set(metrics), threshold: threshold)
            if inputs.isFolder { table.leaveOutWholeWindow(pair.name) }
            rows += table.rows
            warnings += table.warnings
        }
        try check(metrics, rows, in: base)
        guard !rows.isEmpty else {
            throw InputError(.content, file: new, "has nothing in common with \(base)")
        }
        correct(&rows)
        if rows.contains(where: { $0.test == nil && !$0.isIdentical }) {
            warnings.append("too few repeats for a test: run at least 2 with the same seeds on both sides")
        }
        warnings += weakness(rows)
        return ComparisonResult(base: base, new: new, threshold: threshold, rows: rows, warnings: warnings)
    }

    private static func check(
        _ metrics: [String], _ rows: [ComparisonRow], in base: String
    ) throws(InputError) {
        for metric in metrics where !rows.contains(where: { $0.metric == metric }) {
            let nearest = nearestName(to: metric, among: Metric.all.map(\.name)).map { "nearest: \"\($0)\"" }
            throw InputError(.content, file: base, "no metric \"\(metric)\" in both files", notes: [nearest])
        }
    }

    /// The part of the level that a figure has which is no headline figure, to one that is.
    private static let smallWeight = 0.01

    private static func correct(_ rows: inout [ComparisonRow]) {
        correct(&rows, \.pValue, into: \.adjustedPValue)
        correct(&rows, \.excessPValue, into: \.adjustedExcessPValue)
    }

    private static func correct(
        _ rows: inout [ComparisonRow], _ plain: KeyPath<ComparisonRow, Double?>,
        into adjusted: WritableKeyPath<ComparisonRow, Double?>
    ) {
        // Rows without a test of their own kind have the weight of what they could have been.
        let tested = rows.indices.filter { rows[$0].pValue != nil }
        let values = HolmCorrection.adjusted(
            tested.map { rows[$0][keyPath: plain] ?? 1 }, weights: tested.map { rows[$0].isHeadline ? 1 : smallWeight })
        for (index, value) in zip(tested, values) { rows[index][keyPath: adjusted] = value }
    }

    /// Says so if no difference, however large, could be significant.
    private static func weakness(_ rows: [ComparisonRow]) -> [String] {
        let ranked = rows.filter { $0.test == .ranks && $0.isHeadline }
        guard let first = ranked.first else { return [] }
        let (n, m) = (first.counts.base, first.counts.new)
        let separate = MannWhitney((0..<n).map { Double($0) }, (n..<n + m).map { Double($0) })
        guard let separate, separate.pValue * Double(ranked.count) > 0.05 else { return [] }
        return [
            "seeds differ, and a rank test of \(n) and \(m) repeats cannot find a difference among so many figures: "
                + "use the same seeds, more repeats, or --metric"
        ]
    }
}
