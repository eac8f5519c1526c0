import Foundation

/// How far two distributions over names are apart.
enum Divergence {
    /// The square root of the Jensen-Shannon divergence to base 2: a metric from 0 (equal) to 1 (nothing in common).
    ///
    /// Endres, Schindelin: A New Metric for Probability Distributions (2003). Weights need not add up to 1.
    static func jensenShannon<Name: Hashable>(_ a: [Name: Double], _ b: [Name: Double]) -> Double {
        squared(a, b).squareRoot()
    }

    /// The divergence itself.
    static func squared<Name: Hashable>(_ a: [Name: Double], _ b: [Name: Double]) -> Double {
        // Sums in order of size do not depend on the order of a set.
        let (sumA, sumB) = (a.values.sorted().reduce(0, +), b.values.sorted().reduce(0, +))
        guard sumA > 0, sumB > 0 else { return sumA == sumB ? 0 : 1 }
        var terms: [Double] = []
        for name in Set(a.keys).union(b.keys) {
            let (p, q) = ((a[name] ?? 0) / sumA, (b[name] ?? 0) / sumB)
            let middle = (p + q) / 2
            terms.append((p > 0 ? p * log2(p / middle) : 0) + (q > 0 ? q * log2(q / middle) : 0))
        }
        return min(max(terms.sorted().reduce(0, +) / 2, 0), 1)
    }
}
