import Foundation

/// How values become positions along an axis.
struct Scale {
    /// Whether equal distances are equal differences or equal ratios.
    enum Kind { case linear, logarithmic }

    let kind: Kind
    /// The values at the axis's ends.
    let low: Double
    let high: Double
    /// The positions of its ends; they may run backward, as heights do.
    let start: Double
    let end: Double

    /// - Precondition: the values are finite, and positive on a logarithmic axis. An empty range is widened.
    init(_ kind: Kind, _ low: Double, _ high: Double, from start: Double, to end: Double) {
        self.kind = kind
        self.low = low
        self.high = high > low ? high : kind == .linear ? low + 1 : low * 10
        self.start = start
        self.end = end
    }

    /// Where a value lies; one beyond the ends lies at the end.
    func position(_ value: Double) -> Double {
        let share =
            switch kind {
            case .linear: (value - low) / (high - low)
            case .logarithmic: log(max(value, low) / low) / log(high / low)
            }
        return start + min(max(share, 0), 1) * (end - start)
    }

    /// Values to mark: of a linear axis about `count` round ones, of a logarithmic one the powers of ten, with 2 and 5
    /// times them while there are few.
    func ticks(_ count: Int = 5) -> [Double] {
        switch kind {
        case .linear:
            let step = Self.roundStep((high - low) / Double(max(count, 1)))
            let first = (low / step).rounded(.up)
            return stride(from: first, through: (high / step + 1e-9).rounded(.down), by: 1).map { $0 * step }
        case .logarithmic:
            // Beyond the axis's ends for a range of less than a decade.
            let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
            let factors: [Double] = decades.count <= 2 ? [1, 2, 5] : decades.count <= 3 ? [1, 3] : [1]
            let all = decades.flatMap { decade in factors.map { $0 * pow(10, Double(decade)) } }
            return all.filter { $0 >= low * 0.999 && $0 <= high * 1.001 }
        }
    }

    /// The next of 1, 2 and 5 times a power of ten.
    private static func roundStep(_ step: Double) -> Double {
        guard step > 0, step.isFinite else { return 1 }
        let power = pow(10, log10(step).rounded(.down))
        return power * ([1, 2, 5, 10].first { $0 >= step / power - 1e-9 } ?? 10)
    }

    /// The least round end that leaves `value` inside.
    static func roundEnd(_ value: Double, ticks: Int = 5) -> Double {
        guard value > 0 else { return 1 }
        let step = roundStep(value / Double(ticks))
        return (value / step - 1e-9).rounded(.up) * step
    }
}
