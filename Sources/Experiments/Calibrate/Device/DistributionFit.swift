import SimTime
import Statistics

/// The family of distributions that comes nearest to a record of latencies, where the record is too short for a table
/// of quantiles.
struct DistributionFit {
    /// The families that are tried; each has a location in nanoseconds and at most a shape.
    enum Family: String, CaseIterable {
        case lognormal, gamma, weibull, exponential

        /// The distribution with these parameters; nil where they are none.
        func distribution(mean: Double, shape: Double) -> Distribution? {
            guard mean > 0.5, mean < 1e15 else { return nil }
            let mean = Nanoseconds(rounding: mean)
            return switch self {
            case .lognormal: try? .lognormal(mean: mean, sigma: shape)
            case .gamma: try? .gamma(shape: 1 / (shape * shape), mean: mean)
            case .weibull: try? .weibull(shape: 1 / shape, mean: mean)
            case .exponential: try? .exponential(mean: mean)
            }
        }

        /// As a scenario spells it.
        func node(mean: Double, shape: Double) -> JSONNode {
            let time = JSONNode.string(DurationPrinter.text(mean))
            return switch self {
            case .lognormal: .object(["lognormal": .object(["mean": time, "sigma": .real(rounded(shape))])])
            case .gamma: .object(["gamma": .object(["shape": .real(rounded(1 / (shape * shape))), "mean": time])])
            case .weibull: .object(["weibull": .object(["shape": .real(rounded(1 / shape)), "mean": time])])
            case .exponential: .object(["exponential": .object(["mean": time])])
            }
        }

        private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
    }

    var family: Family
    var mean: Double
    /// Near the coefficient of variation, in each family.
    var shape: Double
    /// Root mean square of the relative differences between fit and record.
    var misfit: Double

    var node: JSONNode { family.node(mean: mean, shape: shape) }

    /// The best of all families; nil if the record has neither a deviation nor quantiles.
    static func best(for record: LatencyRecord) -> DistributionFit? {
        Family.allCases.compactMap { fit($0, record) }.min { $0.misfit < $1.misfit }
    }

    private static func fit(_ family: Family, _ record: LatencyRecord) -> DistributionFit? {
        guard record.mean > 1, record.deviation ?? 0 > 0 || record.quantiles.count > 1 else { return nil }
        let spread = min(max((record.deviation ?? record.mean) / record.mean, 0.01), 3)
        let features = features(of: record)
        // Both parameters are near 1 for the solver, whose steps are relative.
        let fit = NonlinearFit(start: [1, spread], count: features.count) { p in
            guard p[0] > 0.01, p[1] > 0.001, p[1] < 4 else { return nil }
            guard let distribution = family.distribution(mean: p[0] * record.mean, shape: p[1]) else { return nil }
            return features.map { $0.residual(distribution) }
        }
        guard let fit else { return nil }
        return DistributionFit(
            family: family, mean: fit.parameters[0] * record.mean, shape: fit.parameters[1],
            misfit: (fit.chiSquare / Double(features.count)).squareRoot())
    }

    /// A figure of the record that a distribution should reproduce.
    private enum Feature {
        case mean(Double)
        case deviation(Double, mean: Double)
        case quantile(p: Double, Double)

        /// The relative difference.
        func residual(_ distribution: Distribution) -> Double {
            switch self {
            case .mean(let value): return distribution.mean / value - 1
            case .deviation(let value, let mean):
                return (DistributionFit.deviation(of: distribution) - value) / mean
            case .quantile(let p, let value): return distribution.quantile(p) / value - 1
            }
        }
    }

    private static func features(of record: LatencyRecord) -> [Feature] {
        var features = [Feature.mean(record.mean)]
        if let deviation = record.deviation { features.append(.deviation(deviation, mean: record.mean)) }
        for point in record.quantiles where point.p > 0 && point.p < 1 && point.value > 0 {
            features.append(.quantile(p: point.p, point.value))
        }
        // The extremes of n values lie near these quantiles.
        if record.quantiles.isEmpty, record.count > 1 {
            if let least = record.min, least > 0 { features.append(.quantile(p: 1 / (record.count + 1), least)) }
            if let most = record.max { features.append(.quantile(p: record.count / (record.count + 1), most)) }
        }
        return features
    }

    /// By the quantile function at the middles of 200 equal shares.
    static func deviation(of distribution: Distribution) -> Double {
        let count = 200
        let values = (0..<count).map { distribution.quantile((Double($0) + 0.5) / Double(count)) }
        let mean = values.reduce(0, +) / Double(count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    }
}
