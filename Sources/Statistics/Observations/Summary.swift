import CGSL

/// A range that holds the true value with some confidence.
public struct ConfidenceInterval: Sendable, Equatable {
    /// The lower end.
    public var low: Double
    /// The upper end.
    public var high: Double

    /// The range from `low` to `high`.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// Whether `value` lies in it, ends included.
    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

/// What a few numbers, such as one metric over repeats, come to.
public struct Summary: Sendable, Equatable {
    /// How many numbers.
    public let count: Int
    /// Their arithmetic mean.
    public let mean: Double
    /// The sample standard deviation (divisor n - 1); nil for one number.
    public let standardDeviation: Double?
    /// The middle number, or the mean of the two in the middle.
    public let median: Double
    /// The least.
    public let minimum: Double
    /// The greatest.
    public let maximum: Double

    /// The summary of `values`; nil if there are none.
    public init?(of values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        count = values.count
        minimum = first
        maximum = last
        median = (sorted[(values.count - 1) / 2] + sorted[values.count / 2]) / 2
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        // Two passes: the difference of sums of squares would lose all digits of a small spread around a large mean.
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
    }

    /// The Student-t interval of the mean, for independent and about normally distributed numbers; nil for one number.
    ///
    /// `confidence` is a probability between 0 and 1, ends excluded.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
        precondition(confidence > 0 && confidence < 1, "confidence is \(confidence); must be between 0 and 1")
        guard let standardDeviation else { return nil }
        GSL.prepare()
        let t = gsl_cdf_tdist_Pinv((1 + confidence) / 2, Double(count - 1))
        let half = t * standardDeviation / Double(count).squareRoot()
        return ConfidenceInterval(low: mean - half, high: mean + half)
    }
}

/// The mean of `values` and its Student-t interval: nil for no value, an interval of nil for one.
public func studentInterval(
    of values: [Double], confidence: Double = 0.95
) -> (mean: Double, interval: ConfidenceInterval?)? {
    Summary(of: values).map { ($0.mean, $0.interval(confidence: confidence)) }
}
