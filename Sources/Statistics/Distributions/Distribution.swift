import SimTime

/// How long something takes: a distribution over spans of virtual time.
///
/// **One uniform a sample.** Every kind is sampled by inversion, whatever its shape; a mixture takes its choice and its
/// value from the same uniform. A constant takes none. So variants of a simulation keep common random numbers.
/// Samples are rounded to whole nanoseconds and lie between zero and `longest`.
///
/// Made by the factories in `Distribution+Factories.swift`, which reject what is no distribution.
public struct Distribution: Sendable, Equatable {
    /// The longest time that a sample or a parameter can be: 2^53 ns, about 104 days, the last nanosecond up to which
    /// `Double` is exact. Longer samples are cut to it.
    public static var longest: Nanoseconds { Nanoseconds(1 << 53) }

    /// The value of a constant, negative for every other kind: a sample of a constant costs one comparison.
    @usableFromInline let fixed: Nanoseconds
    /// Set for the kinds that are neither a constant nor a list.
    @usableFromInline let family: Family?
    /// Set for the kinds that are lists.
    let composite: Composite?

    init(fixed: Nanoseconds) {
        self.fixed = fixed
        family = nil
        composite = nil
    }

    init(_ family: Family) {
        GSL.prepare()
        fixed = Nanoseconds(-1)
        self.family = family
        composite = nil
    }

    init(_ composite: Composite) {
        fixed = Nanoseconds(-1)
        family = nil
        self.composite = composite
    }

    /// Draws one time.
    @inlinable public func sample(from stream: inout RandomStream) -> Nanoseconds {
        if fixed >= .zero { return fixed }
        return Self.rounded(family?.draw(from: &stream) ?? drawFromList(&stream))
    }

    @usableFromInline func drawFromList(_ stream: inout RandomStream) -> Double { inverse(stream.uniform()) }

    @inlinable static func rounded(_ time: Double) -> Nanoseconds {
        // Times are not negative, so cutting off after adding a half rounds, without a call to the C library.
        time < Double(longest.count) ? Nanoseconds(Int64(time + 0.5)) : longest
    }

    /// The time at the uniform `u`, in nanoseconds.
    func inverse(_ u: Double) -> Double {
        family?.inverse(u) ?? composite?.inverse(u) ?? Double(fixed.count)
    }

    /// The mean in nanoseconds, before rounding and cutting.
    public var mean: Double { family?.mean ?? composite?.mean ?? Double(fixed.count) }

    /// The time that a share `p` (0...1) of the samples does not exceed, in nanoseconds and before rounding.
    ///
    /// A `p` outside of 0...1 counts as its nearer end. Infinite at 1 where the distribution has no upper end.
    public func quantile(_ p: Double) -> Double {
        let p = min(1, max(0, p))
        return family?.inverse(p) ?? composite?.quantile(p) ?? Double(fixed.count)
    }

    /// The share of samples (0...1), before rounding, that do not exceed `time` nanoseconds.
    public func cumulative(_ time: Double) -> Double {
        family?.cumulative(time) ?? composite?.cumulative(time) ?? (time >= Double(fixed.count) ? 1 : 0)
    }
}
