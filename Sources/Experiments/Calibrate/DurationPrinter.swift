/// Durations as a scenario writes them.
enum DurationPrinter {
    /// `1.969ms` for 1,969,000.4 ns: four significant digits and a unit.
    static func text(_ nanoseconds: Double) -> String {
        let (size, unit) =
            switch nanoseconds {
            case ..<1e3: (1.0, "ns")
            case ..<1e6: (1e3, "us")
            case ..<1e9: (1e6, "ms")
            default: (1e9, "s")
            }
        let value = nanoseconds / size
        if size == 1 { return "\(Int64(value.rounded()))ns" }
        let scale: Double = value < 10 ? 1_000 : value < 100 ? 100 : value < 1_000 ? 10 : 1
        let rounded = (value * scale).rounded() / scale
        return (Int64(exactly: rounded).map(String.init) ?? "\(rounded)") + unit
    }

    /// A table of quantiles: pairs of probability and duration, strictly ascending in probability.
    static func quantiles(_ points: [LatencyRecord.QuantilePoint]) -> JSONNode {
        var kept: [LatencyRecord.QuantilePoint] = []
        for point in points where kept.last.map({ $0.p < point.p }) ?? true { kept.append(point) }
        return .object([
            "quantiles": .array(kept.map { .array([.real($0.p), .string(text($0.value))]) })
        ])
    }
}

extension DurationPrinter {
    /// `-150us`, `+2ms`.
    static func signed(_ nanoseconds: Double) -> String { (nanoseconds < 0 ? "-" : "+") + text(abs(nanoseconds)) }
}
