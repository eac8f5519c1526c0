/// A span of virtual time in whole nanoseconds.
///
/// Not `Duration`: that is 128 bits wide and the simulator adds and compares spans on its hottest path.
public struct Nanoseconds: Hashable, Comparable, Sendable {
    /// The number of nanoseconds; negative spans are allowed in arithmetic.
    public var count: Int64

    /// A span of that many nanoseconds.
    @inlinable public init(_ count: Int64) { self.count = count }

    /// Rounds a model's result, in nanoseconds, to the nearest whole one (ties away from zero).
    @inlinable public init(rounding value: Double) {
        // Not `rounded()`: that is a call of libm on baseline x86-64.
        count = Int64(value < 0 ? value - 0.5 : value + 0.5)
    }

    /// Rounds a cost, of at most 2^51 ns (26 days), to the nearest whole nanosecond (ties to even); cuts longer ones.
    ///
    /// For the hottest formulas. Adding 1.5 x 2^52 leaves the whole number in the low bits of the sum: a few
    /// instructions without a branch, where the conversion with its checks takes a dozen.
    @inlinable public init(cost value: Double) {
        let shifted = Swift.min(value, 0x1p51) + 0x1.8p52
        count = Int64(bitPattern: shifted.bitPattern &- (0x1.8p52).bitPattern)
    }

    /// No time at all.
    @inlinable public static var zero: Nanoseconds { Nanoseconds(0) }
    /// The longest span, some 292 years.
    @inlinable public static var max: Nanoseconds { Nanoseconds(.max) }

    /// A span of that many microseconds.
    @inlinable public static func microseconds(_ value: Int64) -> Nanoseconds { Nanoseconds(value * 1_000) }
    /// A span of that many milliseconds.
    @inlinable public static func milliseconds(_ value: Int64) -> Nanoseconds { Nanoseconds(value * 1_000_000) }
    /// A span of that many seconds.
    @inlinable public static func seconds(_ value: Int64) -> Nanoseconds { Nanoseconds(value * 1_000_000_000) }

    /// The span in microseconds, for output and for cost formulas.
    @inlinable public var microseconds: Double { Double(count) / 1e3 }
    /// The span in milliseconds, for output.
    @inlinable public var milliseconds: Double { Double(count) / 1e6 }
    /// The span in seconds, for output.
    @inlinable public var seconds: Double { Double(count) / 1e9 }

    /// Whether `a` is shorter.
    @inlinable public static func < (a: Nanoseconds, b: Nanoseconds) -> Bool { a.count < b.count }
    /// The sum of two spans.
    @inlinable public static func + (a: Nanoseconds, b: Nanoseconds) -> Nanoseconds { Nanoseconds(a.count + b.count) }
    /// The difference of two spans; negative if `a` is shorter.
    @inlinable public static func - (a: Nanoseconds, b: Nanoseconds) -> Nanoseconds { Nanoseconds(a.count - b.count) }
    /// `b` times the span.
    @inlinable public static func * (a: Nanoseconds, b: Int64) -> Nanoseconds { Nanoseconds(a.count * b) }
    /// The `b`-th part of the span, rounded towards zero.
    @inlinable public static func / (a: Nanoseconds, b: Int64) -> Nanoseconds { Nanoseconds(a.count / b) }
    /// Makes the span longer by `b`.
    @inlinable public static func += (a: inout Nanoseconds, b: Nanoseconds) { a.count += b.count }
    /// Makes the span shorter by `b`.
    @inlinable public static func -= (a: inout Nanoseconds, b: Nanoseconds) { a.count -= b.count }
}

extension Nanoseconds: CustomStringConvertible {
    /// The span in the largest unit that keeps it at one or more, with at most three decimals: `2.5ms`.
    public var description: String {
        let units: [(UInt64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us")]
        for (size, name) in units where count.magnitude >= size {
            let (whole, rest) = count.magnitude.quotientAndRemainder(dividingBy: size)
            let thousandths = whole * 1_000 + (rest * 1_000 + size / 2) / size
            var fraction = String(thousandths % 1_000 + 1_000).dropFirst()
            while fraction.last == "0" { fraction.removeLast() }
            let sign = count < 0 ? "-" : ""
            return "\(sign)\(thousandths / 1_000)\(fraction.isEmpty ? "" : ".")\(fraction)\(name)"
        }
        return "\(count)ns"
    }
}
