import SimTime
import Statistics

/// Figures of a histogram in microseconds; nil while it is empty.
extension LatencyHistogram {
    /// The exact mean.
    public var meanMicroseconds: Double? { mean.map { $0 / 1e3 } }

    /// The exact greatest duration.
    public var maxMicroseconds: Double? { max?.microseconds }

    /// `rank` is a percentage, 0...100.
    public func percentileMicroseconds(_ rank: Double) -> Double? { percentile(rank)?.microseconds }
}
