import Statistics

/// Whether a setting meets the requirements.
public struct Feasibility: Sendable, Equatable {
    /// Whether it meets every requirement on average.
    public var isMet: Bool
    /// False if a mean is too near to a bound for the repeats that were made to tell.
    public var isCertain: Bool

    /// How many repeats each look at a setting near a bound sees.
    static let looks = Array(stride(from: KimNelson.firstStage, through: 30, by: 5))

    /// Whether each of the settings meets the requirements.
    ///
    /// A setting gets more repeats until the interval of its mean leaves the bound out, at a level that all settings,
    /// requirements and looks share, as in a `SequentialComparison`; one that stays too near is judged by its mean.
    static func check(
        _ numbers: [Int], _ requirements: [ThresholdSpec], _ lab: TuneLab
    ) throws -> [Feasibility] {
        let confidence = confidence(questions: numbers.count * requirements.count)
        return try numbers.map { number in
            var all = Feasibility(isMet: true, isCertain: true)
            for requirement in requirements {
                let one = try judge(requirement, confidence) { repeats in
                    try lab.values(requirement.metric, of: number, repeats: 0..<repeats)
                }
                // What certainly breaks one requirement may be near others.
                if one == Feasibility(isMet: false, isCertain: true) { return one }
                all.isMet = all.isMet && one.isMet
                all.isCertain = all.isCertain && one.isCertain
            }
            return all
        }
    }

    /// The confidence of one look's interval, if so many questions are looked at.
    static func confidence(questions: Int) -> Double {
        1 - (1 - TuneProblem.confidence) / Double(max(questions, 1) * looks.count)
    }

    /// Whether a metric, of which `observe` gives so many values, meets a requirement.
    static func judge(
        _ requirement: ThresholdSpec, _ confidence: Double, observe: (_ repeats: Int) throws -> [Double]
    ) rethrows -> Feasibility {
        var found = Feasibility(isMet: false, isCertain: true)
        for look in looks {
            guard let (mean, interval) = studentInterval(of: try observe(look), confidence: confidence) else { break }
            found.isMet = requirement.comparison.holds(mean, requirement.value)
            // What is the same in every repeat is as near as it is.
            found.isCertain = interval.map { $0.low == $0.high || !$0.contains(requirement.value) } ?? true
            if found.isCertain { break }
        }
        return found
    }
}
