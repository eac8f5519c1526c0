import Statistics

/// The answer of a search, and all that it rests on.
public struct TuneResult: Sendable {
    /// What to do.
    public enum Verdict: String, Sendable {
        /// Use the best candidate.
        case change
        /// Nothing found is worth a change.
        case leave
        /// Not even one candidate meets the requirements, the scenario as it is included.
        case impossible
    }

    /// The scenario's name.
    public var name: String
    /// `scenario_hash` of the scenario as it is.
    public var scenarioHash: String
    /// The seed of repeat 0.
    public var seed: UInt64
    /// What was made as good as possible.
    public var objective: TuneObjective
    /// What the answer had to keep.
    public var requirements: [ThresholdSpec]
    /// For a verdict of impossible, how near each requirement came to being met.
    public var shortfalls: [Shortfall]
    /// The smallest relative change that is worth making.
    public var indifference: Double
    /// The paths that were varied.
    public var paths: [String]
    /// The scenario as it is and the finalists; the first is the scenario as it is.
    public var candidates: [TuneCandidate]
    /// The number of the selected candidate; that of the scenario as it is unless the verdict is to change it.
    public var best: Int
    /// The number of the candidate whose gain is given: the best one, or if that is the scenario as it is, the next.
    public var challenger: Int
    /// What to do.
    public var verdict: Verdict
    /// The challenger against the scenario as it is, in repeats made for this comparison.
    public var gain: RelativeChange
    /// The p-value of a gain outside of the indifference zone (TOST, corrected for repeated looks): below 0.05 the two
    /// are equivalent.
    public var equivalencePValue: Double
    /// The challenger's p99 latency against that of the scenario as it is.
    public var price: RelativeChange
    /// The most repeats that a candidate had in the selection.
    public var repeats: Int
    /// All simulations together.
    public var simulations: Int
    /// What is certain about the selection, in a sentence.
    public var guarantee: String
    /// The warm-up that every run had, in seconds, and what MSER-5 asked for; nil where it could not tell.
    public var warmup: (used: Double, needed: Double?)
    /// Lines for postgresql.conf, for a verdict of change.
    public var configuration: [String]
    /// How the answer depends on the number of clients; nil if it was not searched.
    public var clients: ClientDependence?
    /// Whether half the sync time would be right for commit_delay; nil if that is not varied.
    public var halfSync: HalfSyncVerdict?
    /// What a reader should know before following the advice.
    public var warnings: [String]
}

/// One combination of settings and how it did.
public struct TuneCandidate: Sendable {
    /// The value of each path, as written; of the scenario as it is, what it has.
    public var values: [String]
    /// What people call it.
    public var label: String
    /// The objective over the repeats that it had.
    public var objective: Estimate
    /// The objective against that of the scenario as it is, over common repeats; positive is better.
    public var gain: RelativeChange
    /// The p99 latency in microseconds.
    public var p99: Estimate
    /// Whether it meets every requirement, and whether that is certain.
    public var feasibility: Feasibility
    /// How many repeats it had before the selection left it out; all for the selected one.
    public var repeats: Int
    /// Whether it meets every requirement, at least by its mean.
    public var isFeasible: Bool { feasibility.isMet }
}

/// A relative difference of means, such as 0.06 for 6 % more.
public struct RelativeChange: Sendable, Equatable {
    /// The mean; nil if there is nothing to relate to.
    public var mean: Double?
    /// Its 95 % interval, which holds together with those of the same search's other looks or rows; nil for fewer than
    /// two repeats.
    public var ci95: ConfidenceInterval?

    /// No known change.
    public static let unknown = RelativeChange(mean: nil, ci95: nil)

    /// The change from `base` to `new`, paired by repeat.
    /// - Parameter confidence: of this interval alone; of one among several, more than 95 %.
    init(from base: [Double], to new: [Double], confidence: Double = 0.95) {
        let pairs = min(base.count, new.count)
        let change = PairedTest.relativeChange(
            from: Array(base.prefix(pairs)), to: Array(new.prefix(pairs)), confidence: confidence)
        self.init(mean: change?.mean, ci95: change?.interval)
    }

    init(mean: Double?, ci95: ConfidenceInterval?) {
        self.mean = mean
        self.ci95 = ci95
    }
}

/// How gains depend on the number of clients.
public struct ClientDependence: Sendable {
    /// The gains with one number of clients.
    public struct Row: Sendable {
        /// How many clients.
        public var clients: Int
        /// The challenger against the scenario as it is.
        public var gain: RelativeChange
        /// Half the sync time as commit_delay against the scenario as it is; nil if that was not asked.
        public var halfSync: RelativeChange?
    }

    /// The scenario's own number.
    public var present: Int
    /// Numbers of clients in rising order.
    public var rows: [Row]
    /// What the challenger's values are here: for a verdict of `leave` those that pay first with more clients.
    public var label: String
    /// Fewer clients than this, and the challenger is not worth it; nil if it still is with the fewest that were tried.
    public var paysFrom: Int?
    /// More clients than this, and it is not worth it; nil if it still is with the most that were tried.
    public var paysUpTo: Int?
    /// False if it is worth it with no number of clients that was tried.
    public var everPays: Bool
}

/// Whether the rule of thumb for commit_delay, half the time of one sync, is right.
public struct HalfSyncVerdict: Sendable {
    /// The rule's value in microseconds.
    public var microseconds: Int
    /// Its gain against the scenario as it is.
    public var gain: RelativeChange
    /// True if it is within the indifference zone of the best gain, and better than the scenario as it is.
    public var isRight: Bool
}
