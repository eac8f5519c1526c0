import Statistics

/// What a comparison of two sets of results found.
public struct ComparisonResult: Sendable {
    /// The files or folders, as the user named them.
    public var base: String
    /// The results that are held against the base.
    public var new: String
    /// From which relative change on a worse figure is a regression, such as 0.05.
    public var threshold: Double
    /// One row a figure, in the order of the files.
    public var rows: [ComparisonRow]
    /// What a reader should know before trusting the verdict.
    public var warnings: [String]

    /// What a comparison comes to.
    public enum Verdict: String, Sendable {
        /// Every number is the same.
        case identical
        /// No difference is significant.
        case same
        /// Something differs significantly, nothing is certainly worse than the threshold allows.
        case different
        /// Something is significantly worse than the threshold allows.
        case regression
    }

    /// The verdict on all rows together.
    public var verdict: Verdict {
        if rows.contains(where: \.isRegression) { return .regression }
        if rows.contains(where: \.isSignificant) { return .different }
        return rows.allSatisfy(\.isIdentical) && warnings.isEmpty ? .identical : .same
    }
}

/// One figure in both sets of results.
public struct ComparisonRow: Sendable {
    /// How the figure was tested.
    public enum Test: String, Sendable {
        /// Student's test of the differences between repeats of one seed.
        case paired
        /// Mann and Whitney's rank test: the seeds differ.
        case ranks
    }

    /// The table's name in a folder; empty for single files.
    public var table: String
    /// What tells the row from others of its table: columns and their values, such as a phase or varied paths.
    public var place: [(column: String, value: String)]
    /// The figure's name.
    public var metric: String
    /// Its unit, as in the file.
    public var unit: String
    /// Which way it gets better.
    public var direction: MetricDirection
    /// Whether it is one of those that the comparison looks at first.
    public var isHeadline: Bool
    /// The base's repeats.
    public var base: MedianInterval
    /// The other side's repeats.
    public var new: MedianInterval
    /// How many repeats each side has.
    public var counts: (base: Int, new: Int)
    /// The change relative to the base; nil if the base is zero.
    public var change: Double?
    /// Its 95 % interval; nil if there are too few repeats.
    public var changeInterval: ConfidenceInterval?
    /// Nil if there are too few repeats for a test.
    public var test: Test?
    /// The p-value of no difference, before correction.
    public var pValue: Double?
    /// The p-value after Holm's correction over all rows.
    public var adjustedPValue: Double?
    /// The p-value of a figure that is worse by no more than the threshold, before correction; nil if it is not worse.
    public var excessPValue: Double?
    /// That p-value after Holm's correction over all rows.
    public var adjustedExcessPValue: Double?
    /// True if both sides have the same numbers.
    public var isIdentical: Bool
    /// From which relative change on it matters.
    public var threshold: Double

    /// Whether the difference is significant at the level of 5 % over all rows together.
    public var isSignificant: Bool { (adjustedPValue ?? 1) < 0.05 }

    /// Whether the figure has become better or worse; nil where it has no direction or nothing is significant.
    public var isBetter: Bool? {
        guard isSignificant, direction != .none, base.median != new.median || change != 0 else { return nil }
        let rises = change.map { $0 > 0 } ?? (new.median > base.median)
        return rises == (direction == .higher)
    }

    /// Whether the figure is significantly worse than the threshold allows.
    public var isRegression: Bool { isBetter == false && (adjustedExcessPValue ?? 1) < 0.05 }
}
