import Instrumentation
import SimTime
import Statistics

/// The same span of several repeats, each on its own and all of them as if they were one long span.
///
/// Pooling sums counts and times and merges histograms. Hence a ratio of pooled counts is a ratio of sums, and a
/// pooled time over the pooled span is a mean over repeats.
public struct PooledSpan: Sendable {
    /// `all`, or the phase's name.
    public let name: String
    /// The span in each repeat.
    public let repeats: [SpanResult]
    /// The sum of all of them.
    public let sum: SpanResult

    /// - Precondition: `repeats` holds at least one span.
    public init(_ repeats: [SpanResult]) {
        precondition(!repeats.isEmpty, "a result has at least one repeat")
        self.name = repeats[0].name
        self.repeats = repeats
        self.sum = repeats.dropFirst().reduce(into: repeats[0]) { $0.pool($1) }
    }

    /// Length of the span, in seconds; a mean if the repeats differ.
    public var seconds: Double { sum.span.seconds / Double(repeats.count) }

    /// A metric of all repeats together.
    public func value(_ metric: String) -> Double? { Metric.named(metric)?.value(sum) }

    /// A metric's mean over the repeats that have it, with its interval.
    public func estimate(_ metric: String) -> Estimate {
        guard let metric = Metric.named(metric) else { return Estimate([]) }
        return Estimate(repeats.compactMap(metric.value))
    }

    /// How many sessions on average were in `row`'s event.
    public func averageSessions(_ row: WaitEventRow) -> Double { share(of: row.total) }

    /// A pooled time over the span, for example seconds of waiting a second: sessions on average.
    public func share(of total: TotalTime) -> Double {
        sum.span > .zero ? Double(total.count) / Double(sum.span.count) : 0
    }

    /// A pooled time or count per repeat.
    public func perRepeat(_ value: Double) -> Double { value / Double(repeats.count) }
}
