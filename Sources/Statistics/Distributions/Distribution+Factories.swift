import CGSL
import SimTime

extension Distribution {
    /// Always no time at all.
    public static var zero: Distribution { Distribution(fixed: .zero) }

    /// Always `count` microseconds: a constant that cannot be wrong, for defaults.
    public static func microseconds(_ count: UInt32) -> Distribution {
        Distribution(fixed: .microseconds(Int64(count)))
    }

    /// Always `time`, which must not be negative.
    public static func constant(_ time: Nanoseconds) throws -> Distribution {
        try Check.time(time, "constant")
        return Distribution(fixed: time)
    }

    /// Equally likely anywhere from `min` to `max`, which must be above `min`.
    public static func uniform(min: Nanoseconds, max: Nanoseconds) throws -> Distribution {
        try Check.time(min, "min")
        try Check.time(max, "max")
        guard min < max else { throw DistributionError("min", min, "be below max (\(max))") }
        return Distribution(.uniform(low: Double(min.count), high: Double(max.count)))
    }

    /// Exponential: the pauses of a Poisson process.
    public static func exponential(mean: Nanoseconds) throws -> Distribution {
        try Check.positiveTime(mean, "mean")
        return Distribution(.exponential(mean: Double(mean.count)))
    }

    /// Lognormal with the given mean; `sigma`, above 0 and at most 10, is the standard deviation of the logarithm.
    public static func lognormal(mean: Nanoseconds, sigma: Double) throws -> Distribution {
        try Check.positiveTime(mean, "mean")
        try Check.number(sigma, "sigma", above: 0, atMost: 10)
        return Distribution(.lognormal(zeta: log(Double(mean.count)) - sigma * sigma / 2, sigma: sigma))
    }

    /// Lognormal with the given median; `sigma`, above 0 and at most 10, is the standard deviation of the logarithm.
    public static func lognormal(median: Nanoseconds, sigma: Double) throws -> Distribution {
        try Check.positiveTime(median, "median")
        try Check.number(sigma, "sigma", above: 0, atMost: 10)
        return Distribution(.lognormal(zeta: log(Double(median.count)), sigma: sigma))
    }

    /// Gamma with the given mean; its coefficient of variation is `1 / sqrt(shape)`, `shape` from 0.2 to 10,000.
    public static func gamma(shape: Double, mean: Nanoseconds) throws -> Distribution {
        try Check.positiveTime(mean, "mean")
        try Check.shape(shape)
        return Distribution(.gamma(shape: shape, scale: Double(mean.count) / shape))
    }

    /// Gamma with mean `shape x scale`, `shape` from 0.2 to 10,000.
    public static func gamma(shape: Double, scale: Nanoseconds) throws -> Distribution {
        try Check.positiveTime(scale, "scale")
        try Check.shape(shape)
        return Distribution(.gamma(shape: shape, scale: Double(scale.count)))
    }

    /// Weibull with the given mean; a `shape` (0.2 to 10,000) below 1 has a heavier tail than the exponential.
    public static func weibull(shape: Double, mean: Nanoseconds) throws -> Distribution {
        try Check.positiveTime(mean, "mean")
        try Check.shape(shape)
        return Distribution(.weibull(shape: shape, scale: Double(mean.count) / GSL.gamma(1 + 1 / shape)))
    }

    /// Weibull whose `scale` is its 63.2 % quantile, `shape` from 0.2 to 10,000.
    public static func weibull(shape: Double, scale: Nanoseconds) throws -> Distribution {
        try Check.positiveTime(scale, "scale")
        try Check.shape(shape)
        return Distribution(.weibull(shape: shape, scale: Double(scale.count)))
    }

    /// An empirical table of quantiles: a share `p` of samples takes at most `time`; straight lines in between.
    ///
    /// Probabilities must increase within 0...1, times must not decrease. Below the first point and above the last the
    /// time of that point holds: a table says nothing about what lies beyond it, and a tail made up here would decide
    /// the results. Give points at 0 and 1 where the extremes are known.
    public static func quantiles(_ points: [(p: Double, time: Nanoseconds)]) throws -> Distribution {
        Distribution(.quantiles(try QuantileTable(points)))
    }

    /// Each component in proportion to its weight, which must be above 0; weights need not add up to 1.
    public static func mixture(_ components: [(weight: Double, of: Distribution)]) throws -> Distribution {
        Distribution(.mixture(try Mixture(components)))
    }
}

extension Check {
    /// A shape for which GSL's inverse converges (but for single points) and the mean stays far below `longest`.
    fileprivate static func shape(_ value: Double) throws {
        guard value > 0 else { throw DistributionError("shape", value, "be above 0") }
        guard value >= 0.2, value <= 10_000 else {
            throw DistributionError("shape", value, "be at least 0.2 and at most 10000")
        }
    }
}
