import Statistics

/// The challenger against the scenario as it is, in repeats that had no part in its selection: their gain would
/// flatter.
struct Contest {
    /// How much better the challenger is.
    private(set) var gain = RelativeChange.unknown
    /// Its p99 latency against that of the scenario as it is.
    private(set) var price = RelativeChange.unknown
    /// The p-value of a gain outside of the indifference zone (TOST).
    private(set) var equivalence = 1.0
    /// Whether the gain is there and is at least the indifference zone.
    private(set) var isWorthIt = false

    /// Repeats for the contest come in portions of this many.
    private static let portion = 10

    /// Compares until the gain is certainly in or certainly above the indifference zone, or the repeats are used up.
    /// - Parameter start: the first repeat that had no part in the selection.
    init(_ challenger: Int, _ problem: TuneProblem, _ lab: TuneLab, from start: Int) throws {
        let zone = problem.indifference
        var count = Self.portion
        while true {
            let repeats = start..<start + count
            try lab.simulate([0, challenger], repeats: repeats)
            let base = try lab.scores(of: 0, repeats: repeats)
            let new = try lab.scores(of: challenger, repeats: repeats)
            gain = RelativeChange(from: base, to: new)
            let center = abs(base.reduce(0, +) / Double(base.count))
            equivalence =
                PairedTest(zip(base, new).map { $1 - $0 })?.equivalencePValue(margin: zone * center) ?? 1
            let low = gain.ci95?.low ?? -.infinity
            let isSettled = low >= zone || equivalence < 0.05 || (gain.ci95?.high ?? .infinity) < zone
            if isSettled || count >= max(problem.repeatLimit, Self.portion) {
                isWorthIt = low > 0 && (gain.mean ?? 0) >= zone
                price = RelativeChange(
                    from: try lab.values("latency_p99", of: 0, repeats: repeats),
                    to: try lab.values("latency_p99", of: challenger, repeats: repeats))
                return
            }
            count += Self.portion
        }
    }
}
