/// How finely numbers can tell things apart.
///
/// Counts, and percentiles that are bounds of a histogram's cells, have a step: numbers that agree in it may stand for
/// things that do not.
public enum ValueGrid {
    /// Numbers nearer than this, relative to the largest of them, differ by rounding only.
    static let rounding = 1e-9
    /// Numbers off a grid by less than this, relative to the largest of them, are on it: what a sum's last digits lose.
    private static let lastDigits = 1e-12

    /// The distance of neighbours on the coarsest grid that all `values` lie on; 0 for fewer than three different ones,
    /// which any grid could have.
    ///
    /// Numbers that lie on no grid have one as fine as their rounding, which changes nothing.
    public static func step(of values: [Double]) -> Double {
        guard let first = values.first, Set(values).count > 2 else { return 0 }
        let tolerance = lastDigits * largest(values)
        return values.dropFirst().reduce(0) { commonDivisor($0, abs($1 - first), tolerance) }
    }

    /// The largest of the numbers, without their signs.
    static func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }

    /// Euclid's algorithm for numbers that are whole multiples of something but for rounding.
    private static func commonDivisor(_ a: Double, _ b: Double, _ tolerance: Double) -> Double {
        var (large, small) = (max(a, b), min(a, b))
        while small > tolerance { (large, small) = (small, large.truncatingRemainder(dividingBy: small)) }
        return large
    }
}
