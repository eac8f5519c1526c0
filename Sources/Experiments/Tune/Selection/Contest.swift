/// The challenger against the scenario as it is, in repeats that had no part in its selection: their gain would
/// flatter.
struct Contest {
    /// How much better the challenger is.
    let gain: RelativeChange
    /// Its p99 latency against that of the scenario as it is.
    let price: RelativeChange
    /// The p-value of a gain outside of the indifference zone.
    let equivalence: Double
    /// Whether the gain is there and is at least the indifference zone.
    let isWorthIt: Bool

    /// Compares until the gain is certainly in or certainly above the indifference zone, or the repeats are used up.
    /// - Parameter start: the first repeat that had no part in the selection.
    init(_ challenger: Int, _ problem: TuneProblem, _ lab: TuneLab, from start: Int) throws {
        let comparison = try SequentialComparison(zone: problem.indifference, limit: problem.repeatLimit) { count in
            let repeats = start..<start + count
            try lab.simulate([TuneLab.present, challenger], repeats: repeats)
            return (
                try lab.scores(of: TuneLab.present, repeats: repeats), try lab.scores(of: challenger, repeats: repeats)
            )
        }
        gain = comparison.gain
        equivalence = comparison.equivalence
        isWorthIt = (gain.ci95?.low ?? -.infinity) > 0 && (gain.mean ?? 0) >= problem.indifference
        let repeats = start..<start + comparison.repeats
        price = RelativeChange(
            from: try lab.values("latency_p99", of: TuneLab.present, repeats: repeats),
            to: try lab.values("latency_p99", of: challenger, repeats: repeats), confidence: comparison.confidence)
    }
}
