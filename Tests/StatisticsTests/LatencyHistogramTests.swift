import SimTime
import Testing

import Statistics

@Suite("A latency histogram")
struct LatencyHistogramTests {
    /// Durations spread evenly over the logarithm, from 1 ns to about an hour.
    private func durations(_ count: Int, seed: UInt64 = 1) -> [Nanoseconds] {
        var stream = RandomStream(seed: seed, name: "durations")
        return (0..<count).map { _ in
            Nanoseconds(Int64(1) << Int64(stream.index(below: 41)) + Int64(stream.index(below: 1_000)))
        }
    }

    private func histogram(_ durations: [Nanoseconds]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for duration in durations { histogram.record(duration) }
        return histogram
    }

    @Test("has nothing to tell, and takes little memory, while empty")
    func empty() {
        let histogram = LatencyHistogram()
        #expect(histogram.count == 0)
        #expect(histogram.total == .zero)
        #expect(histogram.mean == nil)
        #expect(histogram.min == nil)
        #expect(histogram.max == nil)
        #expect(histogram.percentile(50) == nil)
        #expect(histogram.buckets.isEmpty)
        #expect(MemoryLayout<LatencyHistogram>.size <= 112)
    }

    @Test("sums more than any single duration can be, also of several histograms together")
    func longSums() {
        // Five repeats of 16 hours in which 1,000 transactions a second wait in a growing queue: 2,600 years.
        let each = histogram(Array(repeating: .seconds(100 * 365 * 86_400), count: 5))
        var pooled = each
        for _ in 1..<5 { pooled.merge(each) }
        #expect(each.total == TotalTime(.seconds(500 * 365 * 86_400 / 100)) * 100)
        #expect(pooled.total == each.total + each.total + each.total + each.total + each.total)
        #expect(pooled.mean == each.mean)
        #expect(each.mean == Double(Nanoseconds.seconds(100 * 365 * 86_400).count))
    }

    @Test("keeps count, sum, mean, least and greatest exactly")
    func exactFigures() {
        let durations = durations(10_000)
        let histogram = histogram(durations)
        let total = TotalTime(durations.reduce(Nanoseconds.zero, +))
        #expect(histogram.count == 10_000)
        #expect(histogram.total == total)
        #expect(histogram.mean == Double(total.count) / 10_000)
        #expect(histogram.min == durations.min())
        #expect(histogram.max == durations.max())
    }

    @Test("gives percentiles that are at most 0.1 % too high and never too low")
    func percentileError() throws {
        let durations = durations(20_001)
        let histogram = histogram(durations)
        let sorted = durations.sorted()
        for p in [0.1, 1, 5, 25, 50, 75, 90, 95, 99, 99.9, 99.99] {
            let exact = sorted[Int((p / 100 * 20_001).rounded(.up)) - 1]
            let value = try #require(histogram.percentile(p))
            #expect(value >= exact)
            #expect(Double(value.count) <= Double(exact.count) * 1.001)
        }
        #expect(histogram.percentile(100) == sorted.last)
        #expect(histogram.percentile(0) == sorted.first)
    }

    @Test("is exact below 2,048 ns")
    func smallValues() {
        let histogram = histogram((0..<2_000).map { Nanoseconds($0) })
        #expect(histogram.percentile(50) == Nanoseconds(999))
        #expect(histogram.min == .zero)
    }

    @Test("merged from two equals one that recorded everything")
    func merging() {
        let (a, b) = (durations(5_000, seed: 1), durations(7_000, seed: 2).map { $0 / 1_000 })
        let together = histogram(a + b)
        for (first, second) in [(a, b), (b, a)] {
            var merged = histogram(first)
            merged.merge(histogram(second))
            #expect(merged == together)
            #expect(merged.percentile(99) == together.percentile(99))
            #expect(merged.max == together.max)
            #expect(merged.min == together.min)
            #expect(merged.mean == together.mean)
        }
    }

    @Test("merged with an empty one stays as it is, either way, and shares nothing with it afterwards")
    func mergingEmpty() {
        let recorded = histogram(durations(100))
        var left = recorded
        left.merge(LatencyHistogram())
        #expect(left == recorded)
        var right = LatencyHistogram()
        right.merge(recorded)
        #expect(right == recorded)
        right.record(.milliseconds(1))
        #expect(recorded.count == 100)
        #expect(right.count == 101)
    }

    @Test("forgets everything when reset, and is then like new")
    func resetting() {
        var histogram = histogram(durations(100))
        histogram.reset()
        #expect(histogram == LatencyHistogram())
        #expect(histogram.max == nil)
        #expect(histogram.percentile(50) == nil)
        #expect(histogram.buckets.isEmpty)
        histogram.record(.microseconds(3))
        #expect(histogram.min == .microseconds(3))
        #expect(histogram.max == .microseconds(3))
    }

    @Test("differs from one with other durations of the same count and sum")
    func inequality() {
        let a = histogram([.microseconds(1), .microseconds(3)])
        let b = histogram([.microseconds(2), .microseconds(2)])
        #expect(a != b)
        #expect(a != LatencyHistogram())
    }

    @Test("takes the longest time there is")
    func extremes() {
        let histogram = histogram([.max, .zero])
        #expect(histogram.max == .max)
        #expect(histogram.percentile(100) == .max)
        #expect(histogram.buckets.last?.count == 1)
        #expect(histogram.buckets.last?.upper == .max)
    }

    @Test("puts durations into doubling buckets of which the lower bound is inside and the upper is not")
    func buckets() {
        let histogram = histogram([999, 1_000, 1_999, 2_000, 15_999, 16_000].map { Nanoseconds($0) })
        let rows = histogram.buckets.map { [$0.lower.count / 1_000, $0.upper.count / 1_000, Int64($0.count)] }
        #expect(rows == [[0, 1, 1], [1, 2, 2], [2, 4, 1], [4, 8, 0], [8, 16, 1], [16, 32, 1]])
    }

    @Test("counts exactly at every bucket's bound up to hours")
    func bucketBounds() {
        for power in 0..<33 {
            let bound = Nanoseconds(1_000 << Int64(power))
            let histogram = histogram([bound - Nanoseconds(1), bound, bound, bound])
            #expect(histogram.buckets.map(\.count) == [1, 3])
            #expect(histogram.buckets.last?.lower == bound)
        }
    }

    @Test("cuts buckets into equal parts with the same counts in all", arguments: [1, 2, 4] as [UInt64])
    func partsOfBuckets(_ parts: UInt64) {
        let durations = (1...3_000).map { Nanoseconds($0 * 1_300) }
        let whole = histogram(durations).buckets
        let cut = histogram(durations).buckets(partsPerDoubling: parts)
        #expect(zip(cut, cut.dropFirst()).allSatisfy { $0.upper == $1.lower })
        for bucket in cut {
            let inside = durations.count { $0 >= bucket.lower && $0 < bucket.upper }
            #expect(bucket.count == inside)
        }
        #expect(cut.reduce(0) { $0 + $1.count } == whole.reduce(0) { $0 + $1.count })
    }

    @Test("writes the distribution as HdrHistogram's programs do")
    func percentileText() {
        let text = histogram([.milliseconds(1), .milliseconds(2), .milliseconds(4)]).percentileText
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines[0] == ["Value", "Percentile", "TotalCount", "1/(1-Percentile)"])
        #expect(lines[1][2] == "1" && lines[1][0].hasPrefix("1.0"))
        #expect(text.contains("#[Mean") && text.contains("Total count"))
        #expect(LatencyHistogram().percentileText.hasPrefix("       Value"))
    }

    @Test("lists from the first bucket in use to the last")
    func bucketRange() {
        let histogram = histogram([.milliseconds(2), .milliseconds(2), .milliseconds(9)])
        let rows = histogram.buckets
        #expect(rows.map(\.count) == [2, 0, 0, 1])
        #expect(rows.first?.lower == .microseconds(1_024))
        #expect(rows.last?.upper == .microseconds(16_384))
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.upper == $1.lower })
    }
}
