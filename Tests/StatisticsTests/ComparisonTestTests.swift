import Testing

@testable import Statistics

@Suite("Tests of differences")
struct ComparisonTestTests {
    @Test("Student's paired test has the textbook's figures")
    func paired() throws {
        // Student's sleep data (Biometrika 6, 1908): t = 4.0621, p = 0.002833 with 9 degrees of freedom.
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
        let test = try #require(PairedTest(zip(first, second).map { $1 - $0 }))
        #expect(abs(test.mean - 1.58) < 1e-12)
        #expect(abs(test.pValue - 0.002833) < 1e-6)
        let interval = test.interval()
        #expect(abs(interval.low - 0.7001142) < 1e-6 && abs(interval.high - 2.4598858) < 1e-6)
        #expect(PairedTest([1]) == nil)
        #expect(PairedTest([0, 0])?.pValue == 1)
    }

    @Test("Pairs that agree in their difference show no more than so many agreeing pairs can")
    func ties() throws {
        #expect(PairedTest([2, 2])?.pValue == 0.25)
        #expect(PairedTest([2, 2, 2])?.pValue == 0.0625)
        // 0.1 + 0.2 and 0.3 differ by rounding only.
        #expect(PairedTest([0.1 + 0.2, 0.3, 0.3])?.pValue == 0.0625)
        #expect(PairedTest(from: [1e9, 2e9, 3e9], to: [1e9 + 1, 2e9 + 1.5, 3e9 + 1])?.pValue == 0.0625)
        let many = try #require(PairedTest(from: Array(repeating: 7, count: 12), to: Array(repeating: 8, count: 12)))
        #expect(many.pValue < 1e-4)
        #expect(PairedTest([1, 1, 1])?.equivalencePValue(margin: 2) == 0.125)
    }

    @Test("Whole numbers tell a mean difference no better than their rounding allows")
    func resolution() throws {
        let test = try #require(PairedTest(from: [4, 7, 5, 6], to: [5, 8, 6, 7]))
        #expect(abs(test.standardError - (1.0 / 24).squareRoot()) < 1e-12)
        let interval = test.interval()
        #expect(interval.low < 1 && interval.high > 1)
        // A grid far finer than the spread does not count.
        let fine = try #require(PairedTest(from: [4, 7.001, 5, 6], to: [5, 8.5, 6.3, 7]))
        #expect(abs(fine.standardError - PairedTest([1, 1.499, 1.3, 1])!.standardError) < 1e-12)
    }

    @Test("Intervals of relative changes hold the truth as often as they say", arguments: [0.5, 1.1, 2, 5])
    func ratioCoverage(ratio: Double) throws {
        var stream = RandomStream(seed: 7, name: "ratio \(ratio)")
        // Sums of twelve uniform numbers are near enough to normal: a mean of 100 and a deviation of 10.
        let numbers = { (0..<10).map { _ in 40 + (0..<12).reduce(0.0) { sum, _ in sum + 10 * stream.uniform() } } }
        let trials = 3_000
        let held = try (0..<trials).count { _ in
            let (base, new) = (numbers(), numbers().map { $0 * ratio })
            let change = try #require(PairedTest.relativeChange(from: base, to: new))
            return try #require(change.interval).contains(ratio - 1)
        }
        let coverage = Double(held) / Double(trials)
        #expect(coverage > 0.93 && coverage < 0.97, "\(coverage)")
    }

    @Test("A relative change has an interval if there are two pairs, and is none of a base of zero")
    func relativeChange() throws {
        let one = try #require(PairedTest.relativeChange(from: [4], to: [5]))
        #expect(one.mean == 0.25 && one.interval == nil)
        #expect(PairedTest.relativeChange(from: [-1, 1], to: [2, 3]) == nil)
        // All have doubled: no doubt is left about that.
        let twice = try #require(PairedTest.relativeChange(from: [1.1, 2.3, 3.7], to: [2.2, 4.6, 7.4])?.interval)
        #expect(twice.contains(1) && twice.high - twice.low < 0.1)
        let equal = try #require(PairedTest.relativeChange(from: [1, 2, 4], to: [1, 2, 4]))
        #expect(equal.mean == 0 && equal.interval == ConfidenceInterval(low: 0, high: 0))
    }

    @Test("The grid of numbers is the coarsest that they all lie on")
    func grid() {
        #expect(ValueGrid.step(of: [3, 15, 9, 27]) == 6)
        #expect(abs(ValueGrid.step(of: [960.2, 959.8, 961, 960.2]) - 0.4) < 1e-9)
        #expect(ValueGrid.step(of: [4, 5, 4]) == 0 && ValueGrid.step(of: []) == 0)
        #expect(ValueGrid.step(of: [1, 2.0.squareRoot(), 3.0.squareRoot()]) < 1e-8)
    }

    @Test("Equivalence needs an interval within the margins")
    func equivalence() throws {
        let test = try #require(PairedTest([0.1, -0.1, 0.2, -0.2, 0.05, -0.05]))
        #expect(test.equivalencePValue(margin: 1) < 0.001)
        #expect(test.equivalencePValue(margin: 0.01) > 0.4)
        // The 90 % interval touches the margin where the p-value is 5 %.
        let reach = test.interval(confidence: 0.9).high
        #expect(abs(test.equivalencePValue(margin: reach) - 0.05) < 1e-9)
        #expect(PairedTest([3, 3])?.equivalencePValue(margin: 2) == 1)
    }

    @Test("The rank test is exact for small samples")
    func mannWhitney() throws {
        let separate = try #require(MannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]))
        #expect(abs(separate.pValue - 2.0 / 252) < 1e-12)
        #expect(separate.shift == 5)
        // Of the 25 differences two are left out at either end: 1, 2, 2, 3 ... 7, 8, 8, 9.
        #expect(separate.shiftInterval == ConfidenceInterval(low: 2, high: 8))
        #expect(MannWhitney([1, 4, 6, 7], [2, 3, 5, 8])?.pValue == 1)
        #expect(MannWhitney([1, 1, 1], [1, 1, 1])?.pValue == 1)
        #expect(MannWhitney([1, 2, 3], [4, 5, 6])?.shiftInterval == nil)
        #expect(MannWhitney([], [1]) == nil)
        // With ties: of 20 ways to choose three of 1, 2, 2, 2, 3, 4, six have sums of ranks that are as far out.
        let tied = try #require(MannWhitney([1, 2, 2], [2, 3, 4]))
        #expect(abs(tied.pValue - 0.3) < 1e-12)
    }

    @Test("Exact and approximate p-values agree where both exist")
    func approximation() throws {
        var stream = RandomStream(seed: 3, name: "ranks")
        let first = (0..<20).map { _ in stream.uniform() }
        let second = (0..<20).map { _ in stream.uniform() + 0.2 }
        let exact = try #require(MannWhitney(first, second))
        let large = try #require(MannWhitney(first + first.map { $0 + 1e-9 }, second + second.map { $0 + 1e-9 }))
        #expect(exact.pValue > large.pValue && large.pValue > 0)
        #expect(abs(exact.shift - large.shift) < 1e-6)
        let wide = try #require(exact.shiftInterval)
        #expect(wide.contains(exact.shift) && wide.low < wide.high)
    }

    @Test("Beyond exactness the rank test has the figures of the normal approximation with continuity correction")
    func normalApproximation() throws {
        // U = 120 of 441, with a variance of 1580.25: z = (100.5 - 0.5) / 39.752.
        let first = (0..<21).map { Double($0) }
        let test = try #require(MannWhitney(first, first.map { $0 + 5.5 }))
        #expect(abs(test.pValue - 0.011883872) < 1e-8)
    }

    @Test("Holm's correction multiplies each p-value by the weight that is left, and keeps their order")
    func holm() {
        let close = { (a: [Double], b: [Double]) in zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 } }
        #expect(close(HolmCorrection.adjusted([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]))
        #expect(close(HolmCorrection.adjusted([0.5, 0.9]), [1, 1]))
        #expect(HolmCorrection.adjusted([]).isEmpty)
        // The heavy one has nearly the whole level; the light one gets all of it once that is rejected.
        #expect(close(HolmCorrection.adjusted([0.04, 0.04], weights: [1, 0.01]), [0.0404, 0.0404]))
    }

    @Test("A median's interval has the confidence that it says")
    func median() throws {
        let five = try #require(MedianInterval(of: [5, 1, 4, 2, 3]))
        #expect(five.median == 3 && five.interval == ConfidenceInterval(low: 1, high: 5))
        #expect(abs(five.confidence - 0.9375) < 1e-12)
        let ten = try #require(MedianInterval(of: (1...10).map { Double($0) }))
        #expect(ten.interval == ConfidenceInterval(low: 2, high: 9))
        #expect(abs(ten.confidence - (1 - 22.0 / 1024)) < 1e-12)
        // Without the least and the greatest of eight it would have 93 %.
        let eight = try #require(MedianInterval(of: (1...8).map { Double($0) }))
        #expect(eight.interval == ConfidenceInterval(low: 1, high: 8))
        #expect(MedianInterval(of: [7])?.interval == nil)
        #expect(MedianInterval(of: []) == nil)
    }
}
