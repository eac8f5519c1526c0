import Statistics

/// Narrows a large space down to the few settings among which the selection decides.
struct FinalistSearch {
    /// What is left, the scenario as it is among them.
    private(set) var finalists: [Int]
    /// How many settings were tried.
    private(set) var tried: Int
    /// How many repeats had a part in the narrowing: a selection among the finalists must not use them again.
    private(set) var usedRepeats = 0

    /// At most so many settings go into the selection as they are.
    private static let direct = 16
    /// So many are left of more.
    private static let finalists = 8
    /// Repeats of each setting while spans are searched.
    private static let repeats = 3
    /// How often the distance between neighbours is halved at most.
    private static let halvings = 6

    /// Tries the grid, then values between the best ones of spans, then leaves out the worse half until few are left
    /// (sequential halving: Karnin, Koren and Somekh, "Almost optimal exploration in multi-armed bandits", ICML 2013).
    init(_ space: SearchSpace, grid: [Int], lab: TuneLab) throws {
        var numbers = grid
        if space.problem.axes.contains(where: { $0.span != nil }) {
            try Self.refine(space, &numbers, lab)
        }
        tried = numbers.count
        guard numbers.count > Self.direct || tried > grid.count else {
            finalists = numbers
            return
        }
        finalists = try Self.halve(numbers, space, lab)
        usedRepeats = KimNelson.firstStage
    }

    private static func refine(_ space: SearchSpace, _ numbers: inout [Int], _ lab: TuneLab) throws {
        for _ in 0..<halvings {
            let before = try standings(numbers, repeats: repeats, space, lab)
            let best = before[0]
            let values = numbers.map { lab.settings[$0].values }
            let added = try space.halfWay(from: lab.settings[best.number].values, tried: values).map(lab.add)
                .filter { !numbers.contains($0) }.uniqued
            guard !added.isEmpty else { return }
            numbers += added
            let found = try standings(added, repeats: repeats, space, lab)
            // Between neighbours that are as good nothing better is to be expected.
            let drop = found.map { best.score - $0.score }.max() ?? 0
            let isFlat = abs(drop) < space.problem.indifference / 4 * abs(best.score)
            if isFlat, best.violation == 0, !found[0].isBetter(than: best) { return }
        }
    }

    private static func halve(_ numbers: [Int], _ space: SearchSpace, _ lab: TuneLab) throws -> [Int] {
        var left = numbers
        var count = 2
        while left.count > finalists {
            let sorted = try standings(left, repeats: count, space, lab)
            left = sorted.prefix(max(finalists, (left.count + 1) / 2)).map(\.number)
            count = min(count * 2, KimNelson.firstStage)
        }
        return ([TuneLab.present] + left).uniqued.sorted()
    }

    /// How a setting has done so far.
    private struct Standing {
        var number: Int
        var violation: Double
        var score: Double

        /// What breaks the requirements less is better, and among equals what scores more.
        func isBetter(than other: Standing) -> Bool {
            (violation, -score, number) < (other.violation, -other.score, other.number)
        }
    }

    /// The settings after some repeats, the best first.
    private static func standings(
        _ numbers: [Int], repeats: Int, _ space: SearchSpace, _ lab: TuneLab
    ) throws -> [Standing] {
        let repeats = 0..<repeats
        try lab.simulate(numbers, repeats: repeats)
        let standings = try numbers.map { number in
            Standing(
                number: number,
                violation: try lab.violation(space.problem.requirements, of: number, repeats: repeats),
                score: try lab.meanScore(of: number, repeats: repeats))
        }
        return standings.sorted { $0.isBetter(than: $1) }
    }
}
