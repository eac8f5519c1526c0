import CGSL

extension Distribution {
    /// The distribution of times `factor` as long: each sample is `factor` times the one that the same uniform would
    /// have given, so that two runs with common random numbers differ by that alone.
    ///
    /// - Parameter factor: positive.
    public func scaled(by factor: Double) -> Distribution {
        precondition(factor > 0, "a distribution cannot be scaled by \(factor)")
        if let family { return Distribution(family.scaled(by: factor)) }
        if let composite { return Distribution(composite.scaled(by: factor)) }
        return Distribution(fixed: Self.rounded(Double(fixed.count) * factor))
    }
}

extension Family {
    fileprivate func scaled(by factor: Double) -> Family {
        switch self {
        case .uniform(let low, let high): .uniform(low: low * factor, high: high * factor)
        case .exponential(let mean): .exponential(mean: mean * factor)
        case .lognormal(let zeta, let sigma): .lognormal(zeta: zeta + log(factor), sigma: sigma)
        case .gamma(let shape, let scale): .gamma(shape: shape, scale: scale * factor)
        case .weibull(let shape, let scale): .weibull(shape: shape, scale: scale * factor)
        }
    }
}

extension Composite {
    fileprivate func scaled(by factor: Double) -> Composite {
        switch self {
        case .quantiles(let table): .quantiles(table.scaled(by: factor))
        case .mixture(let mixture): .mixture(mixture.scaled(by: factor))
        }
    }
}
