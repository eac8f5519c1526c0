import SimTime
import Testing

@testable import Experiments

/// Runs that are ended early, and conditions on results.
@Suite("Interruptions and thresholds")
struct InterruptionTests {
    private let long = #"{"duration": "1h", "warmup": "10ms", "repeats": 4, "clients": {"count": 4}}"#

    @Test("An interrupted run has a result that covers what ran")
    func interrupted() throws {
        let result = try Experiment.run(try load(long), jobs: 1, options: StopAfter(3).options)
        #expect(result.interrupted)
        #expect(result.repeats.count == 1)
        let run = result.repeats[0]
        #expect(run.whole.span > .zero)
        #expect(run.whole.span < .seconds(1))
        #expect(run.whole.transactions > 0)
        #expect(run.whole.accountsForAll(run))
        #expect(result.allBytes.contains("latency_p99"))
    }

    @Test("Repeats that had not begun are left out, those side by side are kept")
    func sideBySide() throws {
        let result = try Experiment.run(try load(long), jobs: 2, options: StopAfter(8).options)
        #expect((1...2).contains(result.repeats.count))
        #expect(result.repeats.allSatisfy { $0.interrupted })
    }

    @Test("A run is interrupted in its warm-up as well")
    func inWarmUp() throws {
        let scenario = try load(long, sets: ["warmup=1h"])
        let result = try Experiment.run(scenario, jobs: 1, options: StopAfter(3).options)
        #expect(result.interrupted)
        #expect(result.whole.sum.span == .zero)
        #expect(!result.allBytes.isEmpty)
    }

    @Test("A phase that an interruption cuts is reported as far as it ran")
    func inPhase() throws {
        let scenario = try load(long, sets: [#"phases=[{"name":"a","until":"30ms"},{"name":"b","until":"30min"}]"#])
        let run = try Experiment.run(scenario, jobs: 1, options: StopAfter(4).options).repeats[0]
        #expect(run.phases.map(\.name) == ["a", "b"])
        #expect(run.phases[0].span == .milliseconds(30))
        #expect(run.phases.reduce(.zero) { $0 + $1.span } == run.whole.span)
    }

    @Test("Progress grows from nothing to all of it")
    func progress() throws {
        let seen = Collected<Double>()
        let scenario = try load(#"{"duration": "200ms", "warmup": "50ms", "repeats": 2, "clients": {"count": 2}}"#)
        _ = try Experiment.run(scenario, jobs: 1, options: RunOptions(onProgress: { seen.append($0) }))
        let shares = seen.all
        #expect(shares == shares.sorted())
        #expect(shares.allSatisfy { (0...1).contains($0) })
        #expect(try #require(shares.first) < 0.1)
        #expect(try #require(shares.last) > 0.9)
    }

    @Test("A threshold is met or missed by the mean over repeats")
    func thresholds() throws {
        let text = """
            {"duration": "50ms", "warmup": "10ms", "repeats": 2, "clients": {"count": 4},
             "host": {"storage": {"wal": {"sync": {"constant": "1ms"}}}},
             "thresholds": {
                "latency_p99": "<= 20ms", "latency_mean": "<= 1ms", "tps": ">= 100", "txns_per_flush": "> 3"}}
            """
        let verdicts = try Experiment.run(try load(text), jobs: 2).verdicts
        let met = Dictionary(uniqueKeysWithValues: verdicts.map { ($0.threshold.metric, $0.met) })
        #expect(met == ["latency_p99": true, "latency_mean": false, "tps": true, "txns_per_flush": false])
        #expect(verdicts.allSatisfy { ($0.mean ?? 0) > 1 })
    }

    @Test("A metric without a value meets no threshold")
    func withoutValue() throws {
        let text = """
            {"duration": "1ms", "warmup": "0s", "repeats": 1, "clients": {"count": 1},
             "host": {"storage": {"wal": {"sync": {"constant": "1s"}}}}, "thresholds": {"latency_mean": "<= 1h"}}
            """
        let verdicts = try Experiment.run(try load(text), jobs: 1).verdicts
        #expect(verdicts.map(\.met) == [false])
        #expect(verdicts[0].mean == nil)
    }
}
