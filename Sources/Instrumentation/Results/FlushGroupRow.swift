/// How many flushes made so many commits durable.
public struct FlushGroupRow: Sendable, Equatable {
    /// The fewest commits of such a flush.
    public var least: Int
    /// The most commits of such a flush: the same up to 31, beyond within an eighth.
    public var most: Int
    /// How many flushes.
    public var flushes: UInt64

    /// Everything spelled out.
    public init(least: Int, most: Int, flushes: UInt64) {
        self.least = least
        self.most = most
        self.flushes = flushes
    }
}
