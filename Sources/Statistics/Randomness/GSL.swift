import CGSL

/// Readies the GNU Scientific Library for checked use.
///
/// GSL's own error handler aborts the program. With it off, GSL functions return NaN, an infinity or a status;
/// whoever calls one checks that.
enum GSL {
    private static let isReady: Bool = {
        gsl_set_error_handler_off()
        return true
    }()

    /// Switches the aborting error handler off, once in the life of the program.
    ///
    /// Every type that leads to GSL calls it where its values are made, so that sampling need not.
    static func prepare() { precondition(isReady) }

    /// The gamma function, or NaN where it has no finite value.
    static func gamma(_ x: Double) -> Double {
        prepare()
        var result = gsl_sf_result()
        return gsl_sf_gamma_e(x, &result) == CInt(GSL_SUCCESS) ? result.val : .nan
    }
}
