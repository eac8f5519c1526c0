import CGSL
import SimTime
import Testing

@testable import Statistics

@Suite("Sampling a distribution")
struct DistributionSamplingTests {
    /// A distribution with its mean, standard deviation and distribution function by textbook formulas, times in ns.
    struct Reference: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let distribution: Distribution
        let mean: Double
        let deviation: Double
        let cumulative: @Sendable (Double) -> Double
    }

    static let ms = 1e6

    static func references() throws -> [Reference] {
        GSL.prepare()
        return try [simple(), skewed(), lists()].flatMap { $0 }
    }

    private static func simple() throws -> [Reference] {
        [
            Reference(
                testDescription: "uniform", distribution: try .uniform(min: .milliseconds(1), max: .milliseconds(3)),
                mean: 2 * ms, deviation: ms / 3.0.squareRoot(), cumulative: { ($0 - ms) / (2 * ms) }),
            Reference(
                testDescription: "exponential", distribution: try .exponential(mean: .milliseconds(2)),
                mean: 2 * ms, deviation: 2 * ms, cumulative: { 1 - exp(-$0 / (2 * ms)) }),
        ]
    }

    private static func skewed() throws -> [Reference] {
        let spread = (exp(0.36) - 1).squareRoot()
        let log2 = log(2 * ms)
        let (first, second) = (gsl_sf_gamma(1.5), gsl_sf_gamma(2))
        return [
            Reference(
                testDescription: "lognormal by mean",
                distribution: try .lognormal(mean: .milliseconds(2), sigma: 0.6),
                mean: 2 * ms, deviation: 2 * ms * spread,
                cumulative: { gsl_cdf_ugaussian_P((log($0) - log2 + 0.18) / 0.6) }),
            Reference(
                testDescription: "lognormal by median",
                distribution: try .lognormal(median: .milliseconds(2), sigma: 0.6),
                mean: 2 * ms * exp(0.18), deviation: 2 * ms * exp(0.18) * spread,
                cumulative: { gsl_cdf_ugaussian_P((log($0) - log2) / 0.6) }),
            Reference(
                testDescription: "gamma by mean", distribution: try .gamma(shape: 4, mean: .milliseconds(2)),
                mean: 2 * ms, deviation: ms, cumulative: { gsl_cdf_gamma_P($0, 4, 0.5 * ms) }),
            Reference(
                testDescription: "gamma by scale", distribution: try .gamma(shape: 0.5, scale: .milliseconds(2)),
                mean: ms, deviation: 2 * ms * 0.5.squareRoot(), cumulative: { gsl_cdf_gamma_P($0, 0.5, 2 * ms) }),
            Reference(
                testDescription: "weibull by scale", distribution: try .weibull(shape: 2, scale: .milliseconds(2)),
                mean: 2 * ms * first, deviation: 2 * ms * (second - first * first).squareRoot(),
                cumulative: { 1 - exp(-($0 / (2 * ms)) * ($0 / (2 * ms))) }),
            Reference(
                testDescription: "weibull by mean", distribution: try .weibull(shape: 2, mean: .milliseconds(2)),
                mean: 2 * ms, deviation: 2 * ms * (second / (first * first) - 1).squareRoot(),
                cumulative: { 1 - exp(-($0 / (2 * ms / first)) * ($0 / (2 * ms / first))) }),
        ]
    }

    private static func lists() throws -> [Reference] {
        [
            Reference(
                testDescription: "quantiles",
                distribution: try .quantiles([(0, .zero), (0.5, .milliseconds(1)), (1, .milliseconds(4))]),
                // Half uniform on 0...1 ms, half on 1...4 ms: second moments 1/3 and 21/3.
                mean: 1.5 * ms, deviation: ((1.0 / 3 + 7) / 2 - 1.5 * 1.5).squareRoot() * ms,
                cumulative: { $0 < ms ? 0.5 * $0 / ms : 0.5 + 0.5 * ($0 - ms) / (3 * ms) }),
            Reference(
                testDescription: "mixture",
                distribution: try .mixture([
                    (3, .uniform(min: .zero, max: .milliseconds(1))), (1, .exponential(mean: .milliseconds(10))),
                ]),
                mean: 0.75 * 0.5 * ms + 0.25 * 10 * ms,
                deviation: (0.75 / 3 + 0.25 * 200 - 2.875 * 2.875).squareRoot() * ms,
                cumulative: { 0.75 * min(1, $0 / ms) + 0.25 * (1 - exp(-$0 / (10 * ms))) }),
        ]
    }

    private static func samples(_ distribution: Distribution, count: Int) -> [Double] {
        var stream = RandomStream(seed: 11, name: "samples")
        return (0..<count).map { _ in Double(distribution.sample(from: &stream).count) }
    }

    @Test("follows its distribution function (Kolmogorov-Smirnov, 50,000 samples)", arguments: try references())
    func distribution(_ reference: Reference) {
        let samples = Self.samples(reference.distribution, count: 50_000)
        #expect(GoodnessOfFit.kolmogorovSmirnov(samples, reference.cumulative) < 1.95)
    }

    @Test("has its mean, and says so", arguments: try references())
    func moments(_ reference: Reference) throws {
        #expect(abs(reference.distribution.mean / reference.mean - 1) < 1e-9)
        let summary = try #require(Summary(of: Self.samples(reference.distribution, count: 50_000)))
        // Four standard errors.
        #expect(abs(summary.mean - reference.mean) < 4 * reference.deviation / 50_000.0.squareRoot())
        #expect(abs(summary.standardDeviation! / reference.deviation - 1) < 0.05)
    }

    @Test("tells the distribution function, of which the quantile is the inverse", arguments: try references())
    func quantiles(_ reference: Reference) {
        for p in [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999] {
            let time = reference.distribution.quantile(p)
            #expect(abs(reference.cumulative(time) - p) < 1e-9)
            #expect(abs(reference.distribution.cumulative(time) - p) < 1e-9)
        }
    }

    @Test("takes exactly one uniform", arguments: try references())
    func oneUniform(_ reference: Reference) {
        var stream = RandomStream(seed: 1, name: "one")
        for _ in 0..<100 {
            var next = stream
            _ = next.nextUInt64()
            _ = reference.distribution.sample(from: &stream)
            #expect(stream == next)
        }
    }

    @Test("is longer for a greater uniform, so that variants with other parameters stay in step")
    func monotone() throws {
        for reference in try Self.references() where reference.testDescription != "mixture" {
            let times = stride(from: 0.0005, to: 1, by: 0.0005).map { reference.distribution.inverse($0) }
            #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test("takes no uniform for a constant")
    func constant() throws {
        var stream = RandomStream(seed: 1, name: "one")
        let constant = try Distribution.constant(.microseconds(180))
        #expect(constant.sample(from: &stream) == .microseconds(180))
        #expect(stream == RandomStream(seed: 1, name: "one"))
        #expect(constant == .microseconds(180))
        #expect(constant.mean == 180_000)
        #expect(Distribution.zero.sample(from: &stream) == .zero)
    }

    @Test("rounds to the nearest nanosecond")
    func rounding() throws {
        let two = try Distribution.uniform(min: .zero, max: Nanoseconds(2))
        var counts = [0, 0, 0]
        var stream = RandomStream(seed: 2, name: "rounding")
        for _ in 0..<10_000 { counts[Int(two.sample(from: &stream).count)] += 1 }
        // 0...0.5, 0.5...1.5 and 1.5...2.
        for (count, share) in zip(counts, [0.25, 0.5, 0.25]) { #expect(abs(Double(count) / 10_000 - share) < 0.02) }
    }

    @Test("cuts what would be longer than the longest time")
    func longest() throws {
        let wild = try Distribution.lognormal(median: Distribution.longest, sigma: 10)
        var stream = RandomStream(seed: 2, name: "wild")
        let samples = (0..<1_000).map { _ in wild.sample(from: &stream) }
        #expect(samples.max() == Distribution.longest)
        #expect(samples.min()! >= .zero)
    }

    @Test("finds a gamma quantile where GSL's iteration gives up")
    func gammaFallback() {
        GSL.prepare()
        var stream = RandomStream(seed: 1, name: "g")
        var failures = 0
        for _ in 0..<20_000 {
            let p = stream.uniform()
            guard gsl_cdf_gamma_Pinv(p, 0.1, 1).isNaN else { continue }
            failures += 1
            let value = GammaInverse.value(p, shape: 0.1, scale: 1)
            #expect(abs(gsl_cdf_gamma_P(value, 0.1, 1) - p) < 1e-9)
        }
        #expect(failures > 0)
    }
}
