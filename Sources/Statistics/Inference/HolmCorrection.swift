/// Holm's correction of several tests made at once (Scandinavian Journal of Statistics 6, 1979), with weights.
///
/// The chance that any true hypothesis is rejected stays below the level, whatever the tests depend on. A test with
/// more weight has a larger part of the level; those rejected leave theirs to the rest.
public enum HolmCorrection {
    /// The p-values after correction, in the order given, each to be compared with the level.
    ///
    /// `weights` are positive, one a test; by default all are equal.
    public static func adjusted(_ pValues: [Double], weights: [Double]? = nil) -> [Double] {
        let weights = weights ?? [Double](repeating: 1, count: pValues.count)
        precondition(weights.count == pValues.count && weights.allSatisfy { $0 > 0 }, "one positive weight a test")
        let order = pValues.indices.sorted { pValues[$0] / weights[$0] < pValues[$1] / weights[$1] }
        var adjusted = pValues
        var left = weights.reduce(0, +)
        var greatest = 0.0
        for index in order {
            greatest = max(greatest, min(1, pValues[index] / weights[index] * left))
            adjusted[index] = greatest
            left -= weights[index]
        }
        return adjusted
    }
}
