import SimTime
import Testing

@testable import Statistics

@Suite("Distributions made of lists")
struct DistributionListTests {
    private let table = [
        (p: 0.5, time: Nanoseconds(412)), (p: 0.75, time: Nanoseconds(512)), (p: 0.99, time: Nanoseconds(560)),
    ]

    @Test("A quantile table goes through its points in straight lines")
    func interpolation() throws {
        let distribution = try Distribution.quantiles(table)
        #expect(distribution.quantile(0.5) == 412)
        #expect(distribution.quantile(0.625) == 462)
        #expect(distribution.quantile(0.75) == 512)
        #expect(distribution.quantile(0.87) == 536)
        #expect(distribution.quantile(0.99) == 560)
    }

    @Test("A quantile table is level outside its points")
    func ends() throws {
        let distribution = try Distribution.quantiles(table)
        #expect(distribution.quantile(0) == 412)
        #expect(distribution.quantile(0.3) == 412)
        #expect(distribution.quantile(0.999) == 560)
        #expect(distribution.quantile(1) == 560)
        #expect(distribution.cumulative(411) == 0)
        #expect(distribution.cumulative(412) == 0.5)
        #expect(distribution.cumulative(560) == 1)
        // Half at 412, then the two trapezoids, then one per cent at 560.
        #expect(abs(distribution.mean - (0.5 * 412 + 0.25 * 462 + 0.24 * 536 + 0.01 * 560)) < 1e-9)
    }

    @Test("A quantile table of one point is a constant, and equal times are an atom")
    func atoms() throws {
        #expect(try Distribution.quantiles([(0.5, Nanoseconds(7))]).mean == 7)
        let atom = try Distribution.quantiles([
            (0, .zero), (0.2, Nanoseconds(10)), (0.8, Nanoseconds(10)), (1, Nanoseconds(20)),
        ])
        #expect(atom.quantile(0.5) == 10)
        #expect(abs(atom.cumulative(9.999) - 0.19998) < 1e-9)
        #expect(atom.cumulative(10) == 0.8)
    }

    @Test("A mixture chooses its components by weight")
    func weights() throws {
        let mixture = try Distribution.mixture([
            (1, .constant(Nanoseconds(1))), (7, .constant(Nanoseconds(2))), (2, .constant(Nanoseconds(3))),
        ])
        var counts = [0, 0, 0, 0]
        var stream = RandomStream(seed: 4, name: "mixture")
        for _ in 0..<100_000 { counts[Int(mixture.sample(from: &stream).count)] += 1 }
        for (count, share) in zip(counts.dropFirst(), [0.1, 0.7, 0.2]) {
            // Four standard errors.
            #expect(abs(Double(count) / 100_000 - share) < 4 * (share * (1 - share) / 100_000).squareRoot())
        }
    }

    @Test("Within a component of a mixture the samples follow that component")
    func components() throws {
        let slow = try Distribution.uniform(min: .milliseconds(10), max: .milliseconds(20))
        let mixture = try Distribution.mixture([(0.8, .microseconds(100)), (0.15, slow), (0.05, .milliseconds(50))])
        var stream = RandomStream(seed: 4, name: "components")
        let samples = (0..<200_000).map { _ in Double(mixture.sample(from: &stream).count) }
        let inside = samples.filter { $0 >= 10e6 && $0 <= 20e6 }
        #expect(abs(Double(inside.count) / 200_000 - 0.15) < 0.004)
        #expect(GoodnessOfFit.kolmogorovSmirnov(inside) { ($0 - 10e6) / 10e6 } < 1.95)
    }

    @Test("A mixture of mixtures still takes one uniform, and its quantiles invert its distribution function")
    func nesting() throws {
        let inner = try Distribution.mixture([(1, .exponential(mean: .microseconds(5))), (1, .microseconds(3))])
        let outer = try Distribution.mixture([(1, inner), (3, .gamma(shape: 2, mean: .microseconds(40)))])
        var stream = RandomStream(seed: 4, name: "nested")
        var next = stream
        _ = next.nextUInt64()
        _ = outer.sample(from: &stream)
        #expect(stream == next)
        #expect(outer.mean == 0.25 * 4_000 + 0.75 * 40_000)
        for p in [0.2, 0.5, 0.9] { #expect(abs(outer.cumulative(outer.quantile(p)) - p) < 1e-9) }
        // The constant is an atom of one eighth at 3 us.
        let before = outer.cumulative(2_999.999)
        #expect(abs(outer.cumulative(3_000) - before - 0.125) < 1e-6)
        #expect(outer.quantile(before + 0.06) == 3_000)
        #expect(outer.quantile(1) == .infinity)
        #expect(outer.quantile(0) == 0)
    }

    @Test("The ends of a component's share give finite times")
    func edges() throws {
        let mixture = try Distribution.mixture([
            (1, .exponential(mean: .microseconds(1))), (1, .lognormal(mean: .microseconds(1), sigma: 1)),
        ])
        for u in [0x1p-53, 0.5.nextDown, 0.5, 0.5.nextUp, 1 - 0x1p-53] {
            #expect(mixture.inverse(u).isFinite)
            #expect(mixture.inverse(u) >= 0)
        }
    }
}

extension Distribution {
    fileprivate static func milliseconds(_ count: UInt32) -> Distribution { .microseconds(count * 1_000) }
}
