import Instrumentation
import Statistics

/// What a sweep found: the metrics of every repeat of every point.
public struct SweepResult: Sendable {
    /// The base scenario's name.
    public var name: String
    /// Equal for shards of one sweep (`SweepPlan.hash`).
    public var hash: String
    /// What was varied.
    public var axes: [SweepAxis]
    /// How many points the whole sweep has, those of other shards included.
    public var pointCount: Int
    /// The points that ran, in the sweep's order.
    public var points: [SweepPointResult]
    /// True if the user named the points: then labels say more than values do.
    public var isLabelled = false
    /// True if the user stopped it before all of its points were done.
    public var interrupted = false

    /// What tells points apart, as heads of a table: their names, or what was varied.
    public var placeTitles: [String] { isLabelled ? ["point"] : axes.map(\.title) }

    /// A point under those heads.
    public func place(of point: SweepPointResult) -> [String] { isLabelled ? [point.label] : point.values }
}

/// The metrics of one point's repeats.
public struct SweepPointResult: Sendable, Equatable {
    /// The point's number in the sweep, from 0.
    public var index: Int
    /// The value of each axis, as written.
    public var values: [String]
    /// What people call it.
    public var label: String
    /// The scenario's name at this point.
    public var scenario: String
    /// `scenario_hash` at this point.
    public var scenarioHash: String
    /// The repeats in order of their seeds.
    public var repeats: [RepeatMetrics]

    /// A metric's mean over the repeats that have it, with its interval.
    public func estimate(_ metric: String) -> Estimate {
        guard let index = Metric.all.firstIndex(where: { $0.name == metric }) else { return Estimate([]) }
        return Estimate(repeats.compactMap { $0.values[index] })
    }
}

/// The metrics of one repeat.
public struct RepeatMetrics: Sendable, Equatable {
    /// The repeat's seed.
    public var seed: UInt64
    /// One value for each of `Metric.all`, in its order; nil where the run has none.
    public var values: [Double?]

    /// The metrics of the whole window of a run.
    public init(_ run: RunResult) {
        self.init(seed: run.seed, values: Metric.all.map { $0.value(run.whole) })
    }

    /// These values.
    public init(seed: UInt64, values: [Double?]) {
        self.seed = seed
        self.values = values
    }
}
