import CGSL

/// Parameters that make a vector of residuals smallest in the least-squares sense, by GSL's trust-region solver
/// (gsl_multifit_nlinear, Levenberg-Marquardt) with derivatives by finite differences.
public struct NonlinearFit: Sendable {
    /// The parameters found.
    public private(set) var parameters: [Double]
    /// The standard error of each, from the covariance at the solution, if a residual's own error is 1. Infinite where
    /// the residuals do not depend on the parameter.
    public private(set) var standardErrors: [Double]
    /// The sum of squared residuals there.
    public private(set) var chiSquare: Double
    /// True if a step or the gradient became small enough, false if the iterations ran out.
    public private(set) var converged: Bool

    /// - Parameters:
    ///   - start: where the search begins; no parameter should be 0, as steps are relative to it.
    ///   - count: how many residuals there are, at least as many as parameters.
    ///   - step: the relative step of finite differences; larger for residuals with noise.
    ///   - iterations: most steps of the solver.
    ///   - residuals: the residuals at some parameters; nil where they make no sense.
    /// - Returns: nil if the residuals are not finite at the start.
    public init?(
        start: [Double], count: Int, step: Double = 1e-6, iterations: Int = 50, residuals: ([Double]) -> [Double]?
    ) {
        precondition(!start.isEmpty && count >= start.count, "a fit needs a parameter, and as many residuals")
        GSL.prepare()
        var tuning = gsl_multifit_nlinear_default_parameters()
        tuning.h_df = step
        guard
            let work = gsl_multifit_nlinear_alloc(walsim_trust_region(), &tuning, count, start.count),
            let x = gsl_vector_alloc(start.count), let covariance = gsl_matrix_alloc(start.count, start.count)
        else { return nil }
        defer {
            gsl_multifit_nlinear_free(work)
            gsl_vector_free(x)
            gsl_matrix_free(covariance)
        }
        for (index, value) in start.enumerated() { gsl_vector_set(x, index, value) }
        let solution = withoutActuallyEscaping(residuals) { residuals -> (converged: Bool, isUsable: Bool) in
            Self.solve(work, from: x, count: count, iterations: iterations, Model(residuals: residuals))
        }
        guard solution.isUsable, let position = gsl_multifit_nlinear_position(work),
            let residual = gsl_multifit_nlinear_residual(work), let jacobian = gsl_multifit_nlinear_jac(work)
        else { return nil }
        converged = solution.converged
        parameters = start.indices.map { gsl_vector_get(position, $0) }
        chiSquare = (0..<count).reduce(0) { $0 + gsl_vector_get(residual, $1) * gsl_vector_get(residual, $1) }
        let status = gsl_multifit_nlinear_covar(jacobian, 0, covariance)
        standardErrors = start.indices.map { index in
            let variance = gsl_matrix_get(covariance, index, index)
            return status == CInt(GSL_SUCCESS) && variance > 0 ? variance.squareRoot() : .infinity
        }
    }

    /// What GSL's callback gets back as its parameter.
    private final class Model {
        let residuals: ([Double]) -> [Double]?
        init(residuals: @escaping ([Double]) -> [Double]?) { self.residuals = residuals }
    }

    private static func solve(
        _ work: UnsafeMutablePointer<gsl_multifit_nlinear_workspace>, from x: UnsafeMutablePointer<gsl_vector>,
        count: Int, iterations: Int, _ model: Model
    ) -> (converged: Bool, isUsable: Bool) {
        var problem = gsl_multifit_nlinear_fdf()
        problem.n = count
        problem.p = x.pointee.size
        problem.params = Unmanaged.passUnretained(model).toOpaque()
        problem.f = { x, parameters, f in
            guard let x, let parameters, let f else { return CInt(GSL_EFAULT) }
            let model = Unmanaged<Model>.fromOpaque(parameters).takeUnretainedValue()
            let point = (0..<x.pointee.size).map { gsl_vector_get(x, $0) }
            guard let values = model.residuals(point), values.count == f.pointee.size,
                values.allSatisfy(\.isFinite)
            else { return CInt(GSL_EDOM) }
            for (index, value) in values.enumerated() { gsl_vector_set(f, index, value) }
            return CInt(GSL_SUCCESS)
        }
        // GSL knows the model by its address only.
        return withExtendedLifetime(model) {
            withUnsafeMutablePointer(to: &problem) { problem in
                var info: CInt = 0
                guard gsl_multifit_nlinear_init(x, problem, work) == CInt(GSL_SUCCESS) else { return (false, false) }
                let status = gsl_multifit_nlinear_driver(iterations, 1e-4, 1e-8, 1e-8, nil, nil, &info, work)
                return (status == CInt(GSL_SUCCESS), true)
            }
        }
    }
}
