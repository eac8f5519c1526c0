import CGSL

/// The median of a sample and its distribution-free interval, whose ends are two of the sample's own numbers.
public struct MedianInterval: Sendable, Equatable {
    /// The middle number, or the mean of the two in the middle.
    public let median: Double
    /// Nil for one number.
    public let interval: ConfidenceInterval?
    /// The confidence that the interval has: of fewer than six numbers even the whole range has less than 95 %.
    public let confidence: Double

    /// The median of `values`; nil if there are none.
    public init?(of values: [Double], confidence: Double = 0.95) {
        guard let summary = Summary(of: values) else { return nil }
        GSL.prepare()
        median = summary.median
        guard values.count > 1 else {
            interval = nil
            self.confidence = 0
            return
        }
        let sorted = values.sorted()
        // The greatest number of values that may be left out at either end.
        var outside = 0
        while outside + 1 <= (values.count - 1) / 2, Self.coverage(outside + 1, of: values.count) >= confidence {
            outside += 1
        }
        interval = ConfidenceInterval(low: sorted[outside], high: sorted[values.count - 1 - outside])
        self.confidence = Self.coverage(outside, of: values.count)
    }

    /// The chance that the median lies between the ends that are left when `outside` numbers at either end are not.
    private static func coverage(_ outside: Int, of count: Int) -> Double {
        1 - 2 * gsl_cdf_binomial_P(UInt32(outside), 0.5, UInt32(count))
    }
}
