import Dispatch
import Instrumentation
import Testing

@testable import Experiments

/// Equal inputs give equal bytes.
@Suite("Determinism")
struct DeterminismTests {
    private func result(_ sets: [String] = [], jobs: Int = 1, options: RunOptions = RunOptions()) throws
        -> ExperimentResult
    {
        try Experiment.run(try load(variedScenario, sets: sets), jobs: jobs, options: options)
    }

    @Test("Two runs of one scenario give the same bytes")
    func twoRuns() throws {
        let first = try result()
        #expect(try result().allBytes == first.allBytes)
        #expect(first.whole.sum.transactions > 300)
    }

    @Test("How many repeats run at a time changes nothing", arguments: [2, 3, 16])
    func jobs(count: Int) throws {
        #expect(try result(jobs: count).allBytes == result().allBytes)
    }

    @Test("Repeat k is the one run with a seed that is k higher", arguments: [0, 1, 2] as [UInt64])
    func seeds(repeat index: UInt64) throws {
        let all = try result()
        let one = try result(["seed=\(10 + index)", "repeats=1"])
        var same = all
        same.repeats = [all.repeats[Int(index)]]
        #expect(one.allBytes == same.allBytes)
        #expect(one.repeats[0].seed == 10 + index)
    }

    @Test("Another seed gives another trajectory")
    func otherSeed() throws {
        let digests = try result().repeats.map(\.digest)
        #expect(Set(digests).count == 3)
    }

    @Test("Runs side by side do not touch each other")
    func sideBySide() throws {
        let scenarios = try ["clients.0.count=4", "clients.0.count=7"].map { try load(variedScenario, sets: [$0]) }
        let alone = try scenarios.map { try Experiment.runOnce($0, seed: 5).digest }
        let found = Collected<(Int, UInt64)>()
        DispatchQueue.concurrentPerform(iterations: 6) { index in
            guard let run = try? Experiment.runOnce(scenarios[index % 2], seed: 5) else { return }
            found.append((index % 2, run.digest))
        }
        #expect(found.all.count == 6)
        #expect(found.all.allSatisfy { alone[$0.0] == $0.1 })
        #expect(alone[0] != alone[1])
    }

    @Test("Observing more often gives the same trajectory")
    func observing() throws {
        let digests = try ["1ms", "7ms", "30ms"].map {
            try Experiment.runOnce(
                load(variedScenario, sets: ["observe.sample_interval=\($0)", "observe.timeline_interval=\($0)"]),
                seed: 5
            ).digest
        }
        #expect(Set(digests).count == 1)
    }

    @Test("Watching a run changes nothing in it")
    func watching() throws {
        let seen = Collected<Double>()
        let samples = Collected<SessionSample>()
        let options = RunOptions(
            onProgress: { seen.append($0) }, shouldStop: { false }, onSample: { samples.append($0) })
        #expect(try result(options: options).allBytes == result().allBytes)
        #expect(!seen.all.isEmpty)
        #expect(!samples.all.isEmpty)
    }

    @Test("How often sessions are sampled changes no measurement")
    func observation() throws {
        let (often, rarely) = (
            try result(), try result(["observe.sample_interval=7ms", "observe.timeline_interval=60ms"])
        )
        #expect(often.scenarioHash == rarely.scenarioHash)
        #expect(often.whole.sum.latency == rarely.whole.sum.latency)
        #expect(often.whole.sum.transactions == rarely.whole.sum.transactions)
        #expect(often.whole.sum.pgStatWAL == rarely.whole.sum.pgStatWAL)
    }
}
