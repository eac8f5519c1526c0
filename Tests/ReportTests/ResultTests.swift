import Instrumentation
import SimTime
import Testing

@testable import Experiments

@Suite("Results over repeats")
struct ResultTests {
    private func threshold(_ metric: String, _ comparison: ThresholdSpec.Comparison, _ value: Double) -> ThresholdSpec {
        ThresholdSpec(metric: metric, comparison: comparison, value: value, text: "\(comparison.rawValue) \(value)")
    }

    @Test("Metric names are unique and can be looked up")
    func names() {
        #expect(Set(Metric.all.map(\.name)).count == Metric.all.count)
        #expect(Metric.named("latency_p99")?.unit == .microseconds)
        #expect(Metric.named("latency_p98") == nil)
    }

    @Test("Ratios over repeats are ratios of sums")
    func ratios() {
        var few = Fixture.span(transactions: 100)
        few.flushes = 100
        let pooled = PooledSpan([few, Fixture.span(transactions: 900)])
        // 1,000 commits in 100 + 45 flushes; the mean of the two ratios would be 10.5.
        #expect(abs(pooled.value("txns_per_flush")! - 1_000 / 145) < 1e-12)
        #expect(pooled.value("transactions") == 1_000)
    }

    @Test("Percentiles over repeats are those of all transactions, and the longest gap is the worst repeat's")
    func merged() {
        var slow = Fixture.span()
        slow.latency = Fixture.histogram([(.milliseconds(100), 100)])
        slow.longestCommitGap = .milliseconds(77)
        let pooled = PooledSpan([Fixture.span(), slow])
        #expect(pooled.value("latency_max") == 100_000)
        #expect(pooled.value("latency_p50").map { abs($0 - 8_000) < 10 } == true)
        #expect(pooled.value("longest_commit_gap") == 77_000)
        #expect(pooled.seconds == 10)
    }

    @Test("Rows that only some repeats have are pooled by what they are about, in order of appearance")
    func rows() {
        var other = Fixture.span()
        other.waitEvents = [Fixture.row(Fixture.walInsert, 2), Fixture.row(Fixture.walWrite, 10, waits: 5)]
        let pooled = PooledSpan([Fixture.span(), other])
        #expect(pooled.sum.waitEvents.count == 6)
        #expect(pooled.sum.waitEvents[5].event == Fixture.walInsert)
        #expect(pooled.averageSessions(pooled.sum.waitEvents[1]) == 24)
        #expect(pooled.sum.waitEvents[1].waits.count == 195)
        #expect(pooled.averageSessions(pooled.sum.waitEvents[5]) == 1)
    }

    @Test("CPU use of repeats of different length is weighted by their length")
    func weights() {
        var short = Fixture.span(over: .seconds(5))
        short.cpuUtilization = 1
        #expect(PooledSpan([Fixture.span(), short]).value("cpu_utilization") == 0.5)
    }

    @Test("Phases are pooled over the repeats that reached them")
    func phases() {
        let result = Fixture.result([
            Fixture.run(seed: 1, Fixture.span(), phases: [Fixture.span(named: "a"), Fixture.span(named: "b")]),
            Fixture.run(seed: 2, Fixture.span(), phases: [Fixture.span(named: "a")]),
        ])
        #expect(result.phases.map(\.name) == ["a", "b"])
        #expect(result.phases.map(\.repeats.count) == [2, 1])
    }

    @Test("A threshold is judged by the mean over repeats, its bound included or not as written")
    func thresholds() {
        // tps of the repeats: 10,000 and 12,000.
        let result = Fixture.result(
            [Fixture.run(seed: 1, Fixture.span()), Fixture.run(seed: 2, Fixture.span(transactions: 120_000))],
            thresholds: [
                threshold("tps", .atLeast, 11_000), threshold("tps", .more, 11_000), threshold("tps", .less, 11_001),
                threshold("tps", .atMost, 10_999),
            ])
        #expect(result.verdicts.map(\.met) == [true, false, true, false])
        #expect(result.verdicts[0].mean == 11_000)
    }

    @Test("A metric without a value meets no threshold")
    func noValue() {
        let run = Fixture.run(seed: 1, Fixture.span(transactions: 0))
        let result = Fixture.result([run], thresholds: [threshold("txns_per_flush", .atMost, 100)])
        #expect(result.verdicts.map(\.met) == [false])
        #expect(result.verdicts[0].mean == nil)
    }
}
