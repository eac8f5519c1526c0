import Foundation
import Testing

@testable import Statistics

@Suite struct NonlinearFitTests {
    @Test("An exponential decay is recovered, with its standard errors") func decay() throws {
        let times = (0..<40).map { Double($0) / 10 }
        // A fixed wiggle stands for noise of 0.05.
        let values = times.enumerated().map { 3 * exp(-0.7 * $1) + 0.05 * sin(Double($0) * 2.4) }
        let fit = try #require(
            NonlinearFit(start: [1, 1], count: times.count) { p in
                zip(times, values).map { (p[0] * exp(-p[1] * $0) - $1) / 0.05 }
            })
        #expect(fit.converged)
        #expect(abs(fit.parameters[0] - 3) < 0.05 && abs(fit.parameters[1] - 0.7) < 0.03)
        #expect(fit.standardErrors.allSatisfy { $0 > 0.005 && $0 < 0.1 })
        #expect(fit.chiSquare < Double(times.count))
    }

    @Test("A parameter that no residual depends on has no finite standard error, or an enormous one")
    func unidentified() throws {
        let fit = try #require(NonlinearFit(start: [1, 1], count: 3) { p in [p[0] - 2, p[0] - 2, 0] })
        #expect(abs(fit.parameters[0] - 2) < 1e-6)
        #expect(fit.standardErrors[1] > 1e3)
    }

    @Test("Residuals that make no sense at the start give no fit") func refused() {
        #expect(NonlinearFit(start: [1], count: 1) { _ in nil } == nil)
        #expect(NonlinearFit(start: [1], count: 1) { _ in [.nan] } == nil)
    }
}
