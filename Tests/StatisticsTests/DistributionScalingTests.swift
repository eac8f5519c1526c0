import SimTime
import Testing

@testable import Statistics

@Suite("Scaled distributions")
struct DistributionScalingTests {
    static func all() throws -> [Distribution] {
        let mean = Nanoseconds.milliseconds(2)
        return [
            try .constant(mean), try .uniform(min: .zero, max: mean), try .exponential(mean: mean),
            try .lognormal(mean: mean, sigma: 0.6), try .gamma(shape: 3, mean: mean),
            try .weibull(shape: 0.8, mean: mean),
            try .quantiles([(0.5, mean), (0.99, mean * 3)]),
            try .mixture([(1, .exponential(mean: mean)), (3, .constant(mean * 2))]),
        ]
    }

    @Test("Every kind gives, from the same uniforms, times that are the factor as long", arguments: 0..<8)
    func scales(_ index: Int) throws {
        let distribution = try Self.all()[index]
        let scaled = distribution.scaled(by: 0.9)
        var (a, b) = (RandomStream(seed: 4, name: "x"), RandomStream(seed: 4, name: "x"))
        for _ in 0..<1_000 {
            let (whole, less) = (distribution.sample(from: &a), scaled.sample(from: &b))
            #expect(abs(Double(less.count) - 0.9 * Double(whole.count)) <= 1)
        }
        #expect(abs(scaled.mean / distribution.mean - 0.9) < 1e-9)
    }
}
