import Statistics

/// A mean over repeats and how sure it is.
public struct Estimate: Sendable, Equatable {
    /// nil if no repeat has a value.
    public var mean: Double?
    /// The 95 % Student-t interval of the mean; nil for fewer than two values.
    public var ci95: ConfidenceInterval?

    /// The estimate from one value a repeat.
    public init(_ values: [Double]) {
        let estimate = studentInterval(of: values)
        mean = estimate?.mean
        ci95 = estimate?.interval
    }
}
