/// Draws a series anew in blocks of neighbours, so that what depends on the recent past still does (the circular block
/// bootstrap of Politis and Romano, "A circular block-resampling procedure for stationary data", in "Exploring the
/// Limits of Bootstrap", Wiley 1992). Single values, drawn one by one, would make a series that changes slowly look as
/// if it had told far more than it has.
public struct BlockBootstrap: Sendable, Equatable {
    /// How many values the series has.
    public let count: Int
    /// How many neighbours are drawn together.
    public let blockLength: Int

    /// - Parameters:
    ///   - count: how many values the series has; positive.
    ///   - blockLength: from 1, which draws value by value, to `count`.
    public init(count: Int, blockLength: Int) {
        precondition(count > 0 && (1...count).contains(blockLength))
        self.count = count
        self.blockLength = blockLength
    }

    /// The bootstrap of some series of one length with the longest of the blocks that they ask for.
    ///
    /// - Parameter series: at least one, none of them empty.
    public init(of series: [[Double]]) {
        let lengths = series.map(Autocovariance.blockLength)
        self.init(count: series[0].count, blockLength: lengths.max() ?? 1)
    }

    /// The places of a new series: blocks from anywhere, the first place following the last.
    public func places(_ stream: inout RandomStream) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(count)
        while places.count < count {
            let start = stream.index(below: count)
            for offset in 0..<min(blockLength, count - places.count) { places.append((start + offset) % count) }
        }
        return places
    }
}
