import Foundation

/// How far two distributions over names are apart.
enum Divergence {
    /// The square root of the Jensen-Shannon divergence to base 2: a metric from 0 (equal) to 1 (nothing in common).
    ///
    /// Endres, Schindelin: A New Metric for Probability Distributions (2003). Weights need not add up to 1.
    static func jensenShannon(_ a: [String: Double], _ b: [String: Double]) -> Double {
        let names = Set(a.keys).union(b.keys).sorted()
        return squared(names.map { a[$0] ?? 0 }, names.map { b[$0] ?? 0 }).squareRoot()
    }

    /// The divergence itself, of two lists of as many weights.
    static func squared(_ a: [Double], _ b: [Double]) -> Double {
        let (sumA, sumB) = (a.reduce(0, +), b.reduce(0, +))
        guard sumA > 0, sumB > 0 else { return sumA == sumB ? 0 : 1 }
        var sum = 0.0
        for (weightA, weightB) in zip(a, b) {
            let (p, q) = (weightA / sumA, weightB / sumB)
            if p > 0 { sum += p * log2(2 * p / (p + q)) }
            if q > 0 { sum += q * log2(2 * q / (p + q)) }
        }
        return min(max(sum / 2, 0), 1)
    }
}
