import CGSL

/// The inverse of the gamma distribution function.
enum GammaInverse {
    /// The quantile `p` (0...1) of a gamma distribution.
    ///
    /// GSL's Newton iteration gives up (NaN) at a few points of some shapes; bisection of GSL's distribution function
    /// then finds the value.
    static func value(_ p: Double, shape: Double, scale: Double) -> Double {
        let value = gsl_cdf_gamma_Pinv(p, shape, scale)
        return value.isNaN ? scale * bisect(p, shape: shape) : value
    }

    private static func bisect(_ p: Double, shape: Double) -> Double {
        var low = 0.0
        var high = 1.0
        while gsl_cdf_gamma_P(high, shape, 1) < p { high *= 2 }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if gsl_cdf_gamma_P(middle, shape, 1) < p { low = middle } else { high = middle }
        }
    }
}
