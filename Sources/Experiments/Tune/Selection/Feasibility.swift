import Statistics

/// Which settings meet the requirements.
enum Feasibility {
    /// Repeats until which a setting near a bound is watched.
    private static let limit = 30

    /// Whether each of the settings meets every requirement on average.
    ///
    /// A setting gets more repeats until the interval of its mean, at a level shared by all of them, leaves the bound
    /// out; one that stays too near is judged by its mean.
    static func check(_ numbers: [Int], _ requirements: [ThresholdSpec], _ lab: TuneLab) throws -> [Bool] {
        let confidence = 1 - (1 - TuneProblem.confidence) / Double(max(numbers.count * requirements.count, 1))
        return try numbers.map { number in
            try requirements.allSatisfy { try meets($0, number, confidence, lab) }
        }
    }

    private static func meets(
        _ requirement: ThresholdSpec, _ number: Int, _ confidence: Double, _ lab: TuneLab
    ) throws -> Bool {
        var count = KimNelson.firstStage
        while true {
            let values = try lab.values(requirement.metric, of: number, repeats: 0..<count)
            guard let (mean, interval) = studentInterval(of: values, confidence: confidence) else { return false }
            let isClear = interval.map { !$0.contains(requirement.value) } ?? true
            if isClear || count >= limit { return requirement.comparison.holds(mean, requirement.value) }
            count = min(count + 5, limit)
        }
    }
}
