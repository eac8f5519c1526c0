import CGSL

/// Student's test of differences between pairs, such as two variants of a simulation under the same seeds.
public struct PairedTest: Sendable, Equatable {
    /// How many pairs.
    public let count: Int
    /// The mean difference.
    public let mean: Double
    /// The standard error of the mean difference.
    public let standardError: Double

    /// The test of `differences`; nil for fewer than two.
    public init?(_ differences: [Double]) {
        guard let summary = Summary(of: differences), let deviation = summary.standardDeviation else { return nil }
        GSL.prepare()
        count = summary.count
        mean = summary.mean
        standardError = deviation / Double(summary.count).squareRoot()
    }

    private var degreesOfFreedom: Double { Double(count - 1) }

    /// The two-sided p-value of no difference: 1 if there is none in any pair, 0 if all pairs have the same one.
    public var pValue: Double {
        if mean == 0 { return 1 }
        return standardError > 0 ? 2 * gsl_cdf_tdist_Q(abs(mean) / standardError, degreesOfFreedom) : 0
    }

    /// The interval of the mean difference.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval {
        let half = gsl_cdf_tdist_Pinv((1 + confidence) / 2, degreesOfFreedom) * standardError
        return ConfidenceInterval(low: mean - half, high: mean + half)
    }

    /// The p-value of a difference that is at least `margin` large in either direction: two one-sided tests (TOST;
    /// Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15, 1987). A small one shows that the two are equivalent.
    public func equivalencePValue(margin: Double) -> Double {
        guard standardError > 0 else { return abs(mean) < margin ? 0 : 1 }
        return gsl_cdf_tdist_Q((margin - abs(mean)) / standardError, degreesOfFreedom)
    }
}
