import SimTime

/// One combination of values in a search.
struct TuneSetting: Sendable {
    /// The value of each path, as written.
    var values: [String]
    /// What people call it.
    var label: String
    /// What runs there.
    var scenario: Scenario
}

/// The settings of a search and what simulations of them have given so far.
final class TuneLab {
    /// The number of the scenario as it is, the first setting of every search.
    static let present = 0

    /// The settings by their numbers.
    private(set) var settings: [TuneSetting] = []
    let objective: TuneObjective
    private let pool: RunPool

    init(objective: TuneObjective, pool: RunPool) {
        self.objective = objective
        self.pool = pool
    }

    /// The scenario as it is.
    var present: TuneSetting { settings[Self.present] }

    /// How many simulations have been made.
    var simulations: Int { pool.simulations }

    /// Adds a setting and returns its number; one that simulates the same as another is that one.
    func add(_ setting: TuneSetting) -> Int {
        let (hash, duration) = (setting.scenario.canonicalHash, setting.scenario.duration)
        let known = settings.firstIndex { $0.scenario.canonicalHash == hash && $0.scenario.duration == duration }
        if let known { return known }
        settings.append(warmed(setting))
        return settings.count - 1
    }

    /// The least warm-up of every run.
    private var leastWarmup = Nanoseconds.zero

    /// Gives every setting, and those to come, a warm-up of at least this length.
    func warmUp(atLeast warmup: Nanoseconds) {
        precondition(simulations == 0, "all runs of a search have one warm-up")
        leastWarmup = warmup
        settings = settings.map(warmed)
    }

    /// The setting with the search's warm-up.
    private func warmed(_ setting: TuneSetting) -> TuneSetting {
        var setting = setting
        setting.scenario.warmup = max(setting.scenario.warmup, leastWarmup)
        return setting
    }

    /// Simulates what is missing of these repeats of these settings.
    func simulate(_ numbers: [Int], repeats: Range<Int>) throws { _ = try metrics(numbers, repeats) }

    private func metrics(_ numbers: [Int], _ repeats: Range<Int>) throws -> [RepeatMetrics] {
        let keys = repeats.flatMap { number in numbers.map { RunPool.Key(setting: $0, repeatNumber: number) } }
        return try pool.metrics(keys) { settings[$0].scenario }
    }

    /// A metric's value in each repeat of a setting.
    func values(_ metric: String, of number: Int, repeats: Range<Int>) throws -> [Double] {
        guard let index = Metric.all.firstIndex(where: { $0.name == metric }) else { return [] }
        return try metrics([number], repeats).map { found in
            guard let value = found.values[index] else {
                let what = "\(metric) has no value with \(settings[number].label)"
                throw InputError(.content, file: "tune", what)
            }
            return value
        }
    }

    /// The objective in each repeat, more being better.
    func scores(of number: Int, repeats: Range<Int>) throws -> [Double] {
        try values(objective.metric.name, of: number, repeats: repeats).map(objective.score)
    }

    /// The mean of a setting's scores.
    func meanScore(of number: Int, repeats: Range<Int>) throws -> Double {
        try scores(of: number, repeats: repeats).reduce(0, +) / Double(max(repeats.count, 1))
    }

    /// By how much a setting breaks the requirements on average, in parts of their bounds; 0 if it breaks none.
    func violation(_ requirements: [ThresholdSpec], of number: Int, repeats: Range<Int>) throws -> Double {
        try requirements.reduce(0) { sum, requirement in
            let values = try values(requirement.metric, of: number, repeats: repeats)
            let mean = values.reduce(0, +) / Double(max(values.count, 1))
            guard !requirement.comparison.holds(mean, requirement.value) else { return sum }
            return sum + abs(mean - requirement.value) / max(abs(requirement.value), .leastNormalMagnitude)
        }
    }

    /// How much better one setting is than another in the same repeats.
    func gain(
        of number: Int, over base: Int, repeats: Range<Int>, confidence: Double = TuneProblem.confidence
    ) throws -> RelativeChange {
        try simulate([base, number], repeats: repeats)
        return RelativeChange(
            from: try scores(of: base, repeats: repeats), to: try scores(of: number, repeats: repeats),
            confidence: confidence)
    }
}
