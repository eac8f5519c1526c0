/// Whether a result meets one of its scenario's thresholds.
public struct ThresholdVerdict: Sendable {
    /// The condition.
    public var threshold: ThresholdSpec
    /// The metric's mean over repeats; nil if no repeat has a value, which meets no threshold.
    public var mean: Double?
    /// Whether the mean satisfies the condition.
    public var met: Bool
}

extension ExperimentResult {
    /// The verdict on each threshold, in the scenario's order.
    public var verdicts: [ThresholdVerdict] {
        guard !repeats.isEmpty, !thresholds.isEmpty else { return [] }
        let whole = self.whole
        return thresholds.map { threshold in
            let mean = whole.estimate(threshold.metric).mean
            let met = mean.map { threshold.comparison.holds($0, threshold.value) } ?? false
            return ThresholdVerdict(threshold: threshold, mean: mean, met: met)
        }
    }
}

extension ThresholdSpec.Comparison {
    /// Whether `value` stands in this relation to `bound`.
    public func holds(_ value: Double, _ bound: Double) -> Bool {
        switch self {
        case .atMost: value <= bound
        case .atLeast: value >= bound
        case .less: value < bound
        case .more: value > bound
        }
    }
}
