import Histogram
import SimTime

/// Many durations in little memory: exact count, sum, least and greatest, and percentiles within 0.1 %.
///
/// An HDR histogram (Gil Tene's) of nanoseconds with three significant digits. It allocates nothing until its first
/// duration; from then on it has cells up to an hour, and grows only for a longer one.
public struct LatencyHistogram: Sendable {
    /// Nil until the first duration: most histograms of a run stay empty.
    private var cells: Histogram<UInt64>?
    private var sum: UInt128 = 0
    private var least: UInt64 = .max

    /// An empty histogram, which takes no memory of its own.
    public init() {}

    /// Counts one duration. A negative one is a mistake of the caller: it stops a debug build and counts as zero.
    public mutating func record(_ duration: Nanoseconds) {
        assert(duration >= .zero, "a duration is negative")
        let value = UInt64(Swift.max(0, duration.count))
        sum &+= UInt128(value)
        least = Swift.min(least, value)
        if cells?.record(value) == nil { recordFirst(value) }
    }

    @inline(never) private mutating func recordFirst(_ value: UInt64) {
        // Growing step by step from nothing costs a hundred times as much as starting with all cells.
        var cells = Histogram<UInt64>(
            highestTrackableValue: UInt64(Nanoseconds.seconds(3_600).count), numberOfSignificantValueDigits: .three)
        cells.autoResize = true
        cells.record(value)
        self.cells = cells
    }

    /// Adds all durations of another histogram, as if they had been recorded here.
    public mutating func merge(_ other: LatencyHistogram) {
        guard let added = other.cells else { return }
        sum &+= other.sum
        least = Swift.min(least, other.least)
        if cells?.add(added) == nil { cells = added }
    }

    /// Forgets all durations and keeps the memory for new ones.
    public mutating func reset() {
        cells?.reset()
        (sum, least) = (0, .max)
    }
}

extension LatencyHistogram {
    /// How many durations were recorded.
    public var count: UInt64 { cells?.totalCount ?? 0 }
    /// The exact sum of all durations.
    public var total: TotalTime { TotalTime(Int128(sum)) }
    /// The exact mean in nanoseconds; nil if empty.
    public var mean: Double? { count > 0 ? Double(sum) / Double(count) : nil }
    /// The exact least duration; nil if empty.
    public var min: Nanoseconds? { count > 0 ? Nanoseconds(Int64(least)) : nil }
    /// The exact greatest duration; nil if empty.
    public var max: Nanoseconds? { count > 0 ? cells.map { Nanoseconds(Int64($0.maxRecorded)) } : nil }

    /// A duration that `p` percent (0...100) of all durations do not exceed: the least such one, at most 0.1 % too high
    /// and never above `max`; nil if empty.
    public func percentile(_ p: Double) -> Nanoseconds? {
        guard let cells, cells.totalCount > 0 else { return nil }
        return Nanoseconds(Int64(cells.valueAtPercentile(Swift.max(0, p))))
    }

    /// The distribution as HdrHistogram's own programs write it (`.hgrm`), for their plotters: value in milliseconds,
    /// percentile, count up to it, 1/(1-percentile). Only a header if empty.
    public var percentileText: String {
        var text = ""
        (cells ?? Histogram<UInt64>(numberOfSignificantValueDigits: .three)).outputPercentileDistribution(
            to: &text, outputValueUnitScalingRatio: 1e6, percentileTicksPerHalfDistance: 10)
        return text
    }

    /// The durations from `lower` up to, but not including, `upper`; exact if both are bounds of cells.
    func count(from lower: UInt64, below upper: UInt64) -> UInt64 {
        guard let cells, lower <= cells.maxRecorded else { return 0 }
        return cells.count(within: lower...upper - 1)
    }
}

extension LatencyHistogram: Equatable {
    /// True if both hold the same durations within the width of a cell, and the same exact figures.
    public static func == (a: LatencyHistogram, b: LatencyHistogram) -> Bool {
        guard a.count == b.count, a.sum == b.sum, a.least == b.least else { return false }
        return a.count == 0 || a.cells == b.cells
    }
}
