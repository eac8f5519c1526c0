import Statistics

/// How near a search came to one requirement when no setting met them all.
public struct Shortfall: Sendable {
    /// What had to hold.
    public var requirement: ThresholdSpec
    /// The setting that came nearest to it.
    public var label: String
    /// The metric's mean there, in its unit in summary.csv.
    public var value: Double

    /// For each requirement the setting with the best mean over the repeats that all had.
    static func all(_ numbers: [Int], _ requirements: [ThresholdSpec], _ lab: TuneLab) throws -> [Shortfall] {
        try requirements.compactMap { requirement in
            let means = try numbers.map { number in
                let values = try lab.values(requirement.metric, of: number, repeats: 0..<KimNelson.firstStage)
                return (number, values.reduce(0, +) / Double(values.count))
            }
            let nearest =
                requirement.comparison.isUpperBound ? means.min { $0.1 < $1.1 } : means.max { $0.1 < $1.1 }
            return nearest.map {
                Shortfall(requirement: requirement, label: lab.settings[$0.0].label, value: $0.1)
            }
        }
    }
}

extension ThresholdSpec.Comparison {
    /// Whether the metric has to stay below its bound.
    fileprivate var isUpperBound: Bool { self == .atMost || self == .less }
}
