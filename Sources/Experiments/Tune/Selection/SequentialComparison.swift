import Statistics

/// Compares a setting with the scenario as it is in growing numbers of repeats, until it is clear on which side of the
/// indifference zone the gain lies.
///
/// Every look at the figures is another chance to be misled by them: plain 95 % intervals, looked at until one of them
/// shows what is wanted, are wrong far more often than in 5 % of all cases. So the chance of an error is shared out
/// evenly among the looks planned (Bonferroni's inequality; see Jennison and Turnbull, "Group Sequential Methods with
/// Applications to Clinical Trials", 2000): the intervals of all looks hold together with 95 % confidence, whichever of
/// them is the last.
struct SequentialComparison {
    /// How many repeats the last look saw.
    private(set) var repeats = 0
    /// The confidence of one look's interval.
    let confidence: Double
    /// The gain at the last look.
    private(set) var gain = RelativeChange.unknown
    /// The p-value of a gain outside of the indifference zone (TOST), times the number of looks.
    private(set) var equivalence = 1.0

    /// The fewest repeats of a look.
    static let fewest = 10

    /// - Parameters:
    ///   - zone: the indifference zone, relative to the mean of the scenario as it is.
    ///   - limit: the most repeats; at least `fewest` are made.
    ///   - observe: so many pairs of observations, those of a smaller number among them; more is better.
    init(
        zone: Double, limit: Int, observe: (_ repeats: Int) throws -> (base: [Double], new: [Double])
    ) rethrows {
        let looks = Self.looks(limit)
        confidence = 1 - (1 - TuneProblem.confidence) / Double(looks.count)
        for look in looks {
            let (base, new) = try observe(look)
            repeats = look
            gain = RelativeChange(from: base, to: new, confidence: confidence)
            let margin = zone * abs(base.reduce(0, +) / Double(base.count))
            let test = PairedTest(from: base, to: new)
            equivalence = min((test?.equivalencePValue(margin: margin) ?? 1) * Double(looks.count), 1)
            let (low, high) = (gain.ci95?.low ?? -.infinity, gain.ci95?.high ?? .infinity)
            if low >= zone || high < zone || equivalence < 1 - TuneProblem.confidence { return }
        }
    }

    /// The numbers of repeats at which to look: each about twice the one before, so that the looks are few, the last
    /// one the limit.
    static func looks(_ limit: Int) -> [Int] {
        var looks = [max(limit, fewest)]
        while looks[0] >= 2 * fewest { looks.insert((looks[0] + 1) / 2, at: 0) }
        return looks
    }
}
