import Experiments
import Instrumentation

/// The timelines of all repeats as one: means over the repeats that have a value.
struct PooledTimeline {
    /// Seconds.
    let interval: Double
    let duration: Double
    /// How many repeats are in the means.
    let repeats: Int
    private let series: [(metric: String, values: [Double?])]

    init(_ result: ExperimentResult) {
        let timelines = result.repeats.map { $0.detail ?? $0.timeline }
        let interval = timelines.first?.interval ?? .zero
        // Repeats of very different lengths have intervals of different lengths, which do not go together.
        let alike = timelines.filter { $0.interval == interval }
        self.interval = interval.seconds
        repeats = alike.count
        duration =
            zip(result.repeats, timelines).filter { $1.interval == interval }
            .map { $0.0.whole.span.seconds }.max() ?? 0
        var names: [String] = []
        for name in alike.flatMap({ $0.series.map(\.metric) }) where !names.contains(name) { names.append(name) }
        series = names.map { name in
            (name, Self.mean(alike.map { line in line.series.first { $0.metric == name }?.values ?? [] }))
        }
    }

    private static func mean(_ lines: [[Double?]]) -> [Double?] {
        (0..<(lines.map(\.count).max() ?? 0)).map { index in
            let values = lines.compactMap { $0[safe: index] ?? nil }
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
    }

    /// A metric's value per interval; empty if there is no such metric.
    func values(_ metric: String) -> [Double?] { series.first { $0.metric == metric }?.values ?? [] }

    /// Sessions by event name (`none` for no event), sessions that wait for their client and main loops left out.
    var activeSessions: [(event: String, values: [Double])] {
        let prefix = "active_sessions:"
        return series.compactMap { metric, values in
            guard metric.hasPrefix(prefix) else { return nil }
            let event = String(metric.dropFirst(prefix.count))
            if event.hasPrefix("Client:") || event.hasPrefix("Activity:") { return nil }
            return (event, values.map { $0 ?? 0 })
        }
    }

    /// The middle of an interval, in seconds.
    func middle(_ index: Int) -> Double {
        let start = Double(index) * interval
        return (start + min(start + interval, duration)) / 2
    }
}
