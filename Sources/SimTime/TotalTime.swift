/// A sum of spans over many transactions, processes or repeats, in whole nanoseconds.
///
/// `Nanoseconds` hold 292 years: enough for any instant of a run, and too little for what all its sessions wait
/// together.
public struct TotalTime: Hashable, Comparable, Sendable {
    /// The number of nanoseconds; negative sums are allowed in arithmetic.
    public var count: Int128

    /// A sum of that many nanoseconds.
    @inlinable public init(_ count: Int128) { self.count = count }
    /// The sum of one span.
    @inlinable public init(_ span: Nanoseconds) { count = Int128(span.count) }

    /// No time at all.
    @inlinable public static var zero: TotalTime { TotalTime(0) }

    /// The sum in microseconds, for output.
    @inlinable public var microseconds: Double { Double(count) / 1e3 }
    /// The sum in seconds, for output.
    @inlinable public var seconds: Double { Double(count) / 1e9 }

    /// Whether `a` is less.
    @inlinable public static func < (a: TotalTime, b: TotalTime) -> Bool { a.count < b.count }
    /// Both sums together.
    @inlinable public static func + (a: TotalTime, b: TotalTime) -> TotalTime { TotalTime(a.count + b.count) }
    /// The difference of two sums; negative if `a` is less.
    @inlinable public static func - (a: TotalTime, b: TotalTime) -> TotalTime { TotalTime(a.count - b.count) }
    /// `b` times the sum.
    @inlinable public static func * (a: TotalTime, b: Int64) -> TotalTime { TotalTime(a.count * Int128(b)) }
    /// Adds another sum.
    @inlinable public static func += (a: inout TotalTime, b: TotalTime) { a.count += b.count }
    /// Adds a span. 2^63 of the longest fit, so that nothing is checked on the way of each transaction.
    @inlinable public static func += (a: inout TotalTime, b: Nanoseconds) { a.count &+= Int128(b.count) }
}

extension TotalTime: CustomStringConvertible {
    /// The sum as a span is written, longer ones in seconds.
    public var description: String {
        Int64(exactly: count).map { Nanoseconds($0).description } ?? "\(count / 1_000_000_000)s"
    }
}
