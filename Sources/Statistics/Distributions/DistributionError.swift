import SimTime

/// A parameter that no distribution can have. Its description reads `sigma is -1; must be above 0`.
public struct DistributionError: Error, Equatable, Sendable {
    /// The parameter's key in a scenario, such as `sigma`, `[2].weight` or `[0]`; empty for the distribution itself.
    public let parameter: String
    /// The value seen.
    public let value: String
    /// What is allowed: the end of a sentence that begins with `must`.
    public let requirement: String

    /// A complaint about one parameter.
    public init(parameter: String, value: String, requirement: String) {
        self.parameter = parameter
        self.value = value
        self.requirement = requirement
    }
}

extension DistributionError: CustomStringConvertible {
    /// The parameter, the value seen and what is allowed.
    public var description: String {
        "\(parameter.isEmpty ? "it" : parameter) is \(value); must \(requirement)"
    }
}

/// Checks that the factories of `Distribution` share.
enum Check {
    /// A number above one limit and not above another; NaN is neither.
    static func number(_ value: Double, _ name: String, above lower: Double, atMost upper: Double) throws {
        guard value > lower else { throw DistributionError(name, value, "be above \(plain(lower))") }
        guard value <= upper else { throw DistributionError(name, value, "be at most \(plain(upper))") }
    }

    /// A time from zero to the longest that a sample can be.
    static func time(_ value: Nanoseconds, _ name: String) throws {
        guard value >= .zero else { throw DistributionError(name, value, "be 0 or more") }
        guard value <= Distribution.longest else {
            throw DistributionError(name, value, "be at most \(Distribution.longest)")
        }
    }

    /// A time above zero.
    static func positiveTime(_ value: Nanoseconds, _ name: String) throws {
        guard value > .zero else { throw DistributionError(name, value, "be above 0") }
        try time(value, name)
    }

    /// A number as a person would write it: without `.0`.
    static func plain(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension DistributionError {
    init(_ parameter: String, _ value: Double, _ requirement: String) {
        self.init(parameter: parameter, value: Check.plain(value), requirement: requirement)
    }

    init(_ parameter: String, _ value: Nanoseconds, _ requirement: String) {
        self.init(parameter: parameter, value: value.description, requirement: requirement)
    }
}
