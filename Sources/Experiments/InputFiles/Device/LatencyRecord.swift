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

    /// A share of latencies that do not exceed `value`.
    struct QuantilePoint: Sendable, Equatable {
        var p: Double
        var value: Double
    }

    /// A record of single latencies; nil if there are none.
    init?(values: [Double]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        count = Double(values.count)
        mean = sorted.reduce(0, +) / count
        deviation = (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        min = sorted[0]
        max = sorted[sorted.count - 1]
        quantiles = Self.grid(of: sorted.count).map { p in
            QuantilePoint(p: p, value: sorted[Swift.min(Int(p * Double(sorted.count)), sorted.count - 1)])
        }
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
            while let p = rest.first, p * total <= below {
                points.append(QuantilePoint(p: p, value: bin.value))
                rest = rest.dropFirst()
            }
        }
        self.init(
            count: total, mean: mean, deviation: variance.squareRoot(), min: first.value, max: last.value,
            quantiles: points)
    }

    /// Probabilities that `count` values can tell: the body in steps of 5 %, and the tails as far as ten values reach.
    private static func grid(of count: Int) -> [Double] {
        let body = (1...19).map { Double($0) / 20 }
        let tails = [0.001, 0.01, 0.02, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999].filter {
            Swift.min($0, 1 - $0) * Double(count) >= 3
        }
        return ([0] + body + tails + [1]).sorted()
    }
}
