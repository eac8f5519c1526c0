import SimTime
import Statistics

/// The rows in which histograms stand side by side: classes of durations, each twice as wide as the one before.
///
/// All histograms have the same classes (`LatencyHistogram.buckets`), so the rows of several line up.
struct DurationScale {
    enum Row: Equatable {
        /// Durations from `lower` up to `upper`; the fraction of each histogram's waits.
        case waits(lower: Nanoseconds, upper: Nanoseconds, fractions: [Double])
        /// One or more classes that hold no wait of any histogram.
        case gap
    }

    /// From the shortest class that holds a wait to the longest.
    let rows: [Row]
    /// How many classes a doubling has.
    let parts: UInt64

    /// - Parameters:
    ///   - parts: into how many classes each doubling is cut.
    ///   - gaps: whether runs of empty classes shrink to one row.
    init(_ histograms: [LatencyHistogram], parts: UInt64 = 1, gaps: Bool = true) {
        let buckets = histograms.map { $0.buckets(partsPerDoubling: parts) }
        let ranges = Set(buckets.joined().map { Range(lower: $0.lower, upper: $0.upper) })
            .sorted { $0.lower < $1.lower }
        var rows: [Row] = []
        var end = ranges.first?.lower
        for range in ranges {
            let fractions = zip(histograms, buckets).map { histogram, buckets in
                let count = buckets.first { $0.lower == range.lower }?.count ?? 0
                return histogram.count > 0 ? Double(count) / Double(histogram.count) : 0
            }
            if gaps, fractions.allSatisfy({ $0 == 0 }) { continue }
            if gaps, end != range.lower { rows.append(.gap) }
            rows.append(.waits(lower: range.lower, upper: range.upper, fractions: fractions))
            end = range.upper
        }
        self.rows = rows
        self.parts = parts
    }

    private struct Range: Hashable {
        var lower: Nanoseconds
        var upper: Nanoseconds
    }

    /// The greatest fraction of any class.
    var highest: Double {
        rows.map { if case .waits(_, _, let fractions) = $0 { fractions.max() ?? 0 } else { 0 } }.max() ?? 0
    }
}
