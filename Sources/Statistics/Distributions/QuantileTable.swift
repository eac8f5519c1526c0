import SimTime

/// Measured quantiles, joined by straight lines; level outside the first and the last point.
struct QuantileTable: Sendable, Equatable {
    struct Point: Sendable, Equatable {
        let p: Double
        let time: Double
    }

    private let points: [Point]

    init(_ points: [(p: Double, time: Nanoseconds)]) throws {
        guard !points.isEmpty else {
            throw DistributionError(parameter: "", value: "empty", requirement: "have at least one [p, time]")
        }
        for (index, point) in points.enumerated() {
            let name = "[\(index)]"
            guard point.p >= 0, point.p <= 1 else { throw DistributionError(name, point.p, "be from 0 to 1") }
            try Check.time(point.time, name)
            guard index > 0 else { continue }
            let previous = points[index - 1]
            guard point.p > previous.p else {
                throw DistributionError(name, point.p, "be above the probability before it, \(Check.plain(previous.p))")
            }
            guard point.time >= previous.time else {
                throw DistributionError(name, point.time, "be no less than the time before it, \(previous.time)")
            }
        }
        self.points = points.map { Point(p: $0.p, time: Double($0.time.count)) }
    }

    private init(_ points: [Point]) { self.points = points }

    /// Every time `factor` as long.
    func scaled(by factor: Double) -> QuantileTable {
        QuantileTable(points.map { Point(p: $0.p, time: $0.time * factor) })
    }

    /// The time at probability `p`, in nanoseconds.
    func value(at p: Double) -> Double {
        let next = firstIndex { $0.p >= p }
        guard next > 0 else { return points[0].time }
        guard next < points.count else { return points[next - 1].time }
        let (a, b) = (points[next - 1], points[next])
        return a.time + (b.time - a.time) * ((p - a.p) / (b.p - a.p))
    }

    /// The share of samples that do not exceed `time`.
    func cumulative(_ time: Double) -> Double {
        let next = firstIndex { $0.time > time }
        guard next > 0 else { return 0 }
        guard next < points.count else { return 1 }
        let (a, b) = (points[next - 1], points[next])
        return a.p + (b.p - a.p) * ((time - a.time) / (b.time - a.time))
    }

    /// The area under the quantile function.
    var mean: Double {
        var area = points[0].p * points[0].time
        for (a, b) in zip(points, points.dropFirst()) { area += (b.p - a.p) * (a.time + b.time) / 2 }
        let last = points[points.count - 1]
        return area + (1 - last.p) * last.time
    }

    /// The first index whose point satisfies `predicate`, which must hold for all points after it too.
    private func firstIndex(where predicate: (Point) -> Bool) -> Int {
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low + high) / 2
            if predicate(points[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
