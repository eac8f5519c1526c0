import Statistics

/// The selection of the best among a few settings.
struct Selection {
    /// The selected one of the settings, by its place in the list.
    private(set) var best: Int
    /// How many rounds there were.
    private(set) var rounds: Int
    /// True if the procedure came to its end, and not to the limit of rounds.
    private(set) var isCertain: Bool
    /// Rounds that each had.
    private(set) var repeats: [Int]

    /// Runs KN on `count` systems.
    ///
    /// - Parameters:
    ///   - zone: the indifference zone relative to the mean of `reference` in the first stage.
    ///   - reference: observations of the scenario as it is in the rounds of the first stage.
    ///   - limit: the most rounds.
    ///   - observe: one observation of each of the systems asked for, in the round of that number; more is better.
    init(
        count: Int, zone: Double, reference: [Double], limit: Int, confidence: Double = TuneProblem.confidence,
        observe: (_ systems: [Int], _ round: Int) throws -> [Double]
    ) rethrows {
        let center = abs(reference.reduce(0, +) / Double(max(reference.count, 1)))
        // A reference of zero says nothing about what is worth telling apart; then every difference is.
        var procedure = KimNelson(
            count: count, zone: max(zone * center, .leastNormalMagnitude), confidence: confidence)
        while !procedure.isDone, procedure.rounds < limit {
            procedure.add(try observe(procedure.survivors, procedure.rounds))
        }
        best = procedure.leader
        rounds = procedure.rounds
        isCertain = procedure.isDone
        repeats = procedure.eliminatedAfter.map { [rounds] in $0 ?? rounds }
    }
}
