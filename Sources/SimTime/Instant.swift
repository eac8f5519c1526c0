/// A point of virtual time: nanoseconds since the start of its simulation.
public struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since the simulation began.
    public var nanoseconds: Int64

    /// The instant so long after the start.
    @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The start of a simulation.
    @inlinable public static var zero: Instant { Instant(nanoseconds: 0) }
    /// Later than any instant that a simulation reaches.
    @inlinable public static var distantFuture: Instant { Instant(nanoseconds: .max) }

    /// Whether `a` is earlier.
    @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }
    /// The instant `b` later.
    @inlinable public static func + (a: Instant, b: Nanoseconds) -> Instant {
        Instant(nanoseconds: a.nanoseconds + b.count)
    }
    /// The instant `b` earlier.
    @inlinable public static func - (a: Instant, b: Nanoseconds) -> Instant {
        Instant(nanoseconds: a.nanoseconds - b.count)
    }
    /// The span from `b` to `a`; negative if `a` is earlier.
    @inlinable public static func - (a: Instant, b: Instant) -> Nanoseconds {
        Nanoseconds(a.nanoseconds - b.nanoseconds)
    }
    /// Moves the instant `b` later.
    @inlinable public static func += (a: inout Instant, b: Nanoseconds) { a.nanoseconds += b.count }
}

extension Instant: CustomStringConvertible {
    /// Seconds since the start with nanosecond digits: `12.000250000s`.
    public var description: String {
        let fraction = String(nanoseconds % 1_000_000_000 + 1_000_000_000).dropFirst()
        return "\(nanoseconds / 1_000_000_000).\(fraction)s"
    }
}
