import CGSL

/// The kinds of distribution that a few numbers describe, times in nanoseconds.
///
/// Numbers only: sampling one counts no references, wherever its `Distribution` is stored.
@usableFromInline enum Family: Sendable, Equatable {
    case uniform(low: Double, high: Double)
    case exponential(mean: Double)
    case lognormal(zeta: Double, sigma: Double)
    case gamma(shape: Double, scale: Double)
    case weibull(shape: Double, scale: Double)

    /// The quantile `u`: finite strictly between 0 and 1, because the factories of `Distribution` bound the parameters.
    /// They have switched off GSL's error handler too.
    func inverse(_ u: Double) -> Double {
        switch self {
        case .uniform(let low, let high): low + (high - low) * u
        // The upper tail's inverse takes a logarithm, the lower one's the slower log1p; 1 - u is exact for a uniform.
        case .exponential(let mean): gsl_cdf_exponential_Qinv(1 - u, mean)
        case .lognormal(let zeta, let sigma): gsl_cdf_lognormal_Pinv(u, zeta, sigma)
        case .gamma(let shape, let scale): GammaInverse.value(u, shape: shape, scale: scale)
        case .weibull(let shape, let scale): gsl_cdf_weibull_Pinv(u, scale, shape)
        }
    }

    /// The quantile of the stream's next uniform.
    @usableFromInline func draw(from stream: inout RandomStream) -> Double { inverse(stream.uniform()) }

    var mean: Double {
        switch self {
        case .uniform(let low, let high): low + (high - low) / 2
        case .exponential(let mean): mean
        case .lognormal(let zeta, let sigma): exp(zeta + sigma * sigma / 2)
        case .gamma(let shape, let scale): shape * scale
        case .weibull(let shape, let scale): scale * GSL.gamma(1 + 1 / shape)
        }
    }

    func cumulative(_ time: Double) -> Double {
        guard time > 0 else { return 0 }
        return switch self {
        case .uniform(let low, let high): min(1, max(0, (time - low) / (high - low)))
        case .exponential(let mean): gsl_cdf_exponential_P(time, mean)
        case .lognormal(let zeta, let sigma): gsl_cdf_lognormal_P(time, zeta, sigma)
        case .gamma(let shape, let scale): gsl_cdf_gamma_P(time, shape, scale)
        case .weibull(let shape, let scale): gsl_cdf_weibull_P(time, scale, shape)
        }
    }
}
