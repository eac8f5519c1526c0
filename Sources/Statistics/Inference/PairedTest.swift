import CGSL

/// Student's test of differences between pairs, such as two variants of a simulation under the same seeds.
///
/// Pairs that all have the same difference seem to leave no doubt at all, but counts and bounds of histogram cells
/// agree often by chance. What the test claims of them is bounded in two ways. The standard error is at least that of
/// rounding to the numbers' grid. And the p-value of `n` equal differences is at least 4^(1-n): if both numbers of a
/// pair were drawn independently from one distribution, whichever the pair has, no difference but 0 had a chance of
/// more than 1/4 (the numbers of a chain x, x + d, x + 2d ... differ by d only between one of an odd place and one of
/// an even place).
public struct PairedTest: Sendable, Equatable {
    /// How many pairs.
    public let count: Int
    /// The mean difference.
    public let mean: Double
    /// The standard error of the mean difference.
    public let standardError: Double
    /// Whether all differences are the same, but for rounding.
    private let isTied: Bool

    /// The test of `differences`; nil for fewer than two.
    /// - Parameter numbers: those that were subtracted: they tell how fine the differences can be.
    public init?(_ differences: [Double], of numbers: [Double] = []) {
        guard let summary = Summary(of: differences), let deviation = summary.standardDeviation else { return nil }
        GSL.prepare()
        count = summary.count
        mean = summary.mean
        isTied = deviation <= ValueGrid.rounding * ValueGrid.largest(numbers + differences)
        // Each of two numbers is off by up to half a step: a variance of 1/12 of its square.
        let rounding = differences.allSatisfy { $0 == 0 } ? 0 : ValueGrid.step(of: numbers) / 6.0.squareRoot()
        standardError = max(deviation, rounding) / Double(summary.count).squareRoot()
    }

    /// The test of what `new` has more than `base`; nil for fewer than two pairs.
    public init?(from base: [Double], to new: [Double]) {
        self.init(zip(base, new).map { $1 - $0 }, of: base + new)
    }

    /// The relative change of the mean from `base` to `new`, such as 0.05, and its interval; nil without pairs or if
    /// `base` has a mean of 0, an interval of nil for one pair.
    ///
    /// The base's mean is an estimate too. By the delta method (Cochran, "Sampling Techniques", 1977, 6.4) the ratio r
    /// of the means has the error of the mean of new - r base, over the base's mean.
    public static func relativeChange(
        from base: [Double], to new: [Double], confidence: Double = 0.95
    ) -> (mean: Double, interval: ConfidenceInterval?)? {
        guard let center = Summary(of: base)?.mean, let mean = Summary(of: new)?.mean, center != 0 else { return nil }
        let change = (mean - center) / abs(center)
        let ratio = mean / center
        let rest = PairedTest(zip(base, new).map { $1 - ratio * $0 }, of: base + new)
        let interval = rest.map { rest in
            let half = rest.halfWidth(confidence) / abs(center)
            return ConfidenceInterval(low: change - half, high: change + half)
        }
        return (change, interval)
    }

    private var degreesOfFreedom: Double { Double(count - 1) }

    /// The two-sided p-value of no difference: 1 if there is none in any pair.
    public var pValue: Double {
        if mean == 0 { return 1 }
        let student = standardError > 0 ? 2 * gsl_cdf_tdist_Q(abs(mean) / standardError, degreesOfFreedom) : 0
        return isTied ? max(student, Self.power(0.25, count - 1)) : student
    }

    /// The interval of the mean difference.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval {
        let half = halfWidth(confidence)
        return ConfidenceInterval(low: mean - half, high: mean + half)
    }

    private func halfWidth(_ confidence: Double) -> Double {
        gsl_cdf_tdist_Pinv((1 + confidence) / 2, degreesOfFreedom) * standardError
    }

    /// The p-value of a difference that is at least `margin` large in either direction: two one-sided tests (TOST;
    /// Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15, 1987). A small one shows that the two are equivalent.
    ///
    /// Equal differences show no more than a sign test does, 2^-n.
    public func equivalencePValue(margin: Double) -> Double {
        let room = margin - abs(mean)
        let student = standardError > 0 ? gsl_cdf_tdist_Q(room / standardError, degreesOfFreedom) : room > 0 ? 0 : 1
        return isTied ? max(student, Self.power(0.5, count)) : student
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        repeatElement(base, count: exponent).reduce(1, *)
    }
}
