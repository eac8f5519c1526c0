import CGSL
import Testing

import Statistics

@Suite("A summary of repeats")
struct SummaryTests {
    @Test("of no numbers does not exist")
    func none() {
        #expect(Summary(of: []) == nil)
        #expect(studentInterval(of: []) == nil)
    }

    @Test("of one number has no spread and no interval")
    func one() throws {
        let summary = try #require(Summary(of: [42]))
        #expect(summary.mean == 42)
        #expect(summary.median == 42)
        #expect(summary.standardDeviation == nil)
        #expect(summary.interval() == nil)
    }

    @Test("has mean, median, extremes and the deviation with divisor n - 1")
    func moments() throws {
        let summary = try #require(Summary(of: [9, 2, 4, 5, 4, 4, 7, 5]))
        #expect(summary.count == 8)
        #expect(summary.mean == 5)
        #expect(summary.median == 4.5)
        #expect(summary.minimum == 2)
        #expect(summary.maximum == 9)
        #expect(abs(summary.standardDeviation! - (32.0 / 7).squareRoot()) < 1e-12)
        #expect(Summary(of: [3, 1, 2])?.median == 2)
    }

    @Test("keeps the spread of large numbers")
    func cancellation() throws {
        let summary = try #require(Summary(of: [1e9 + 1, 1e9 + 2, 1e9 + 3]))
        #expect(summary.standardDeviation == 1)
    }

    /// Quantiles of Student's t from the usual table.
    @Test(
        "has the interval of the textbook",
        arguments: [
            ([1, 2, 3, 4, 5], 0.95, 2.776), ([0, 1], 0.95, 12.706), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.99, 3.250),
            ([1, 2, 3, 4, 5], 0.90, 2.132),
        ] as [([Double], Double, Double)])
    func textbook(_ values: [Double], _ confidence: Double, _ t: Double) throws {
        let (mean, interval) = try #require(studentInterval(of: values, confidence: confidence))
        let summary = try #require(Summary(of: values))
        let half = t * summary.standardDeviation! / Double(values.count).squareRoot()
        let found = try #require(interval)
        #expect(abs(found.high - mean - half) < half * 0.001)
        #expect(abs(mean - found.low - half) < half * 0.001)
        #expect(found == summary.interval(confidence: confidence))
    }

    @Test("of equal numbers has an interval without width")
    func degenerate() throws {
        let interval = try #require(Summary(of: [3, 3, 3])?.interval())
        #expect(interval == ConfidenceInterval(low: 3, high: 3))
        #expect(interval.contains(3))
        #expect(!interval.contains(3.000001))
    }

    @Test("has 95 % intervals that hold the true mean in 95 % of 4,000 experiments of five repeats")
    func coverage() throws {
        var held = 0
        for seed in 0..<4_000 as Range<UInt64> {
            var stream = RandomStream(seed: seed, name: "coverage")
            let values = (0..<5).map { _ in 100 + 15 * gsl_cdf_ugaussian_Pinv(stream.uniform()) }
            if try #require(Summary(of: values)?.interval()).contains(100) { held += 1 }
        }
        // Three standard errors: 0.0103.
        #expect(abs(Double(held) / 4_000 - 0.95) < 0.0103)
    }
}
