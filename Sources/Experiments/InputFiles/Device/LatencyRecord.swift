/// What a program recorded about many latencies, in nanoseconds, as far as it did.
struct LatencyRecord: Sendable, Equatable {
    /// How many there were.
    var count: Double
    var mean: Double
    /// Standard deviation; nil if unknown.
    var deviation: Double?
    var min: Double?
    var max: Double?
    /// Probability and latency, both ascending.
    var quantiles: [QuantilePoint] = []
    /// What a table needs besides to have single stalls as often as they were: the largest latency but one, and both
    /// ends of every gap that nothing was recorded in.
    var steps: [QuantilePoint] = []

    /// A share of latencies that do not exceed `value`.
    struct QuantilePoint: Sendable, Equatable {
        var p: Double
        var value: Double
    }

    /// A record of single latencies; nil if there are none.
    init?(values: [Double]) {
        self.init(histogram: values.map { (value: $0, count: 1) })
    }

    init(count: Double, mean: Double, deviation: Double?, min: Double?, max: Double?, quantiles: [QuantilePoint] = []) {
        self.count = count
        self.mean = mean
        self.deviation = deviation
        self.min = min
        self.max = max
        self.quantiles = quantiles
    }

    /// A record of a histogram: latency and how often it was seen.
    init?(histogram: [(value: Double, count: Double)]) {
        let bins = histogram.filter { $0.count > 0 }.sorted { $0.value < $1.value }
        let total = bins.reduce(0) { $0 + $1.count }
        guard let first = bins.first, let last = bins.last, total > 0 else { return nil }
        let mean = bins.reduce(0) { $0 + $1.value * $1.count } / total
        let variance = bins.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) * $1.count } / total
        var points: [QuantilePoint] = []
        var below = 0.0
        var rest = Self.grid(of: Int(Swift.min(total, 1e9)))[...]
        for bin in bins {
            below += bin.count
            // Rounded: a probability times a count is a whole number or off by its last digit.
            while let p = rest.first, p * total <= below + 1e-6 {
                points.append(QuantilePoint(p: p, value: bin.value))
                rest = rest.dropFirst()
            }
        }
        self.init(
            count: total, mean: mean, deviation: variance.squareRoot(), min: first.value, max: last.value,
            quantiles: points)
        steps = Self.steps(of: bins, total)
    }

    /// From this ratio of neighbours on a straight line between them would tell of latencies that were not there.
    private static let gap = 1.5

    private static func steps(of bins: [(value: Double, count: Double)], _ total: Double) -> [QuantilePoint] {
        var points: [QuantilePoint] = []
        var below = 0.0
        for (a, b) in zip(bins, bins.dropFirst()) {
            below += a.count
            let isGap = a.value > 0 && b.value > gap * a.value
            if isGap || below == total - 1 { points.append(QuantilePoint(p: below / total, value: a.value)) }
            // A hundredth of one latency is as steep as a table allows.
            if isGap { points.append(QuantilePoint(p: (below + 0.01) / total, value: b.value)) }
        }
        if let last = bins.last, last.count > 1, total > 1 {
            points.append(QuantilePoint(p: 1 - 1 / total, value: last.value))
        }
        return points
    }

    /// Probabilities that `count` values can tell: the body in steps of 5 %, the tails as far as three values reach.
    private static func grid(of count: Int) -> [Double] {
        let body = (1...19).map { Double($0) / 20 }
        let tails = [0.001, 0.01, 0.02, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999].filter {
            Swift.min($0, 1 - $0) * Double(count) >= 3 - 1e-6
        }
        return ([0] + body + tails + [1]).sorted()
    }
}
