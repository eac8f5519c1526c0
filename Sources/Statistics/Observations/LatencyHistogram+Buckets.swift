import SimTime

extension LatencyHistogram {
    /// One row of a coarse histogram: durations from `lower` up to, but not including, `upper`.
    public struct Bucket: Sendable, Equatable {
        /// Included.
        public let lower: Nanoseconds
        /// Not included.
        public let upper: Nanoseconds
        /// How many durations lie in between.
        public let count: UInt64
    }

    /// The durations in doubling buckets, 0 to 1 us, 1 to 2 us, 2 to 4 us and so on: the same for every histogram.
    ///
    /// From the first bucket that is not empty to the last; empty ones in between are listed. Counts are exact, because
    /// the bounds are bounds of cells: just below 1000 x 2^k ns, cells are 2^(k-1) wide.
    public var buckets: [Bucket] { buckets(partsPerDoubling: 1) }

    /// The same with each bucket from 1 us on cut into equal parts.
    ///
    /// - Parameter parts: 1, 2 or 4, so that the parts' bounds are bounds of cells too.
    public func buckets(partsPerDoubling parts: UInt64) -> [Bucket] {
        precondition([1, 2, 4].contains(parts))
        var result: [Bucket] = []
        var lower: UInt64 = 0
        var octave: UInt64 = 1_000
        var seen: UInt64 = 0
        while seen < count {
            if lower >= octave * 2 { octave *= 2 }
            let upper = lower == 0 ? octave : lower + octave / parts
            let inside = count(from: lower, below: upper)
            seen += inside
            if seen > 0 { result.append(Bucket(from: lower, below: upper, count: inside)) }
            lower = upper
        }
        return result
    }
}

extension LatencyHistogram.Bucket {
    fileprivate init(from lower: UInt64, below upper: UInt64, count: UInt64) {
        self.init(
            lower: Nanoseconds(Int64(lower)), upper: Nanoseconds(Int64(clamping: upper)), count: count)
    }
}
