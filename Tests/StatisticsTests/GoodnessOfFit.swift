import CGSL

@testable import Statistics

/// Tests of fit that the suites share. Their seeds are fixed, so a test that passes always passes.
enum GoodnessOfFit {
    /// The probability of a chi-square at least as large, if all `counts` are equally likely.
    static func chiSquareProbability(_ counts: [Int]) -> Double {
        GSL.prepare()
        let expected = Double(counts.reduce(0, +)) / Double(counts.count)
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        return gsl_cdf_chisq_Q(chiSquare, Double(counts.count - 1))
    }

    /// The greatest distance between the samples' distribution and `cumulative` (Kolmogorov and Smirnov), times the
    /// square root of the number of samples: above 1.95 in one of 1,000 tries.
    static func kolmogorovSmirnov(_ samples: [Double], _ cumulative: (Double) -> Double) -> Double {
        let count = Double(samples.count)
        let distance = samples.sorted().enumerated().reduce(0.0) { greatest, sample in
            let expected = cumulative(sample.element)
            return max(greatest, Double(sample.offset + 1) / count - expected, expected - Double(sample.offset) / count)
        }
        return distance * count.squareRoot()
    }

    /// The correlation of two rows of numbers.
    static func correlation(_ a: [Double], _ b: [Double]) -> Double {
        let (meanA, meanB) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
        var (product, squaresA, squaresB) = (0.0, 0.0, 0.0)
        for (x, y) in zip(a, b) {
            product += (x - meanA) * (y - meanB)
            squaresA += (x - meanA) * (x - meanA)
            squaresB += (y - meanB) * (y - meanB)
        }
        return product / (squaresA * squaresB).squareRoot()
    }
}
