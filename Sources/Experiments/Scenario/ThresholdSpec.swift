/// A condition on a metric of summary.csv; the run's exit status is 1 if its mean over repeats breaks it.
public struct ThresholdSpec: Sendable {
    /// How a metric's value has to stand to the bound.
    public enum Comparison: String, Sendable, CaseIterable {
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case more = ">"
    }
    /// The metric's name.
    public var metric: String
    /// How its value has to stand to `value`.
    public var comparison: Comparison
    /// In the metric's unit in summary.csv.
    public var value: Double
    /// As written, for messages.
    public var text: String

    /// `latency_p99 <= 20ms`, however it was spaced.
    public var sentence: String {
        let bound = text.drop { $0.isWhitespace || "<>=".contains($0) }
        return "\(metric) \(comparison.rawValue) \(bound)"
    }
}
