import Instrumentation
import SimTime
import Testing

@testable import Experiments

/// Few transactions on small tables, before and after a checkpoint that nothing disturbs.
private func run(on place: String, pause: String?) throws -> RunResult {
    let text = """
        {
          "repeats": 1, "duration": "150ms", "warmup": "400ms", "server": {"version": "15"},
          "tables": {"pgbench": {"scale": 1}}, "host": {"storage": {"wal": {"sync": {"constant": "100us"}}}},
          "clients": {"count": 4, "transaction": "simple-update", "on": "\(place)"}
        }
        """
    let sets = pause.map { ["checkpoint_pause=\($0)"] } ?? []
    return try Experiment.runOnce(try loadScenario(text: text, file: "pause.json", sets: sets), seed: 1)
}

@Suite("A checkpoint between the warm-up and the measured span")
struct CheckpointPauseTests {
    @Test(
        "The measured span begins on clean pages, and nobody's latency has the pause in it",
        arguments: ["server", "elsewhere"])
    func cleanPages(place: String) throws {
        let (paused, plain) = (try run(on: place, pause: "250ms").whole, try run(on: place, pause: nil).whole)
        #expect(paused.pgStatCheckpointer.buffersWritten == 0, "the checkpoint is over at t = 0")
        #expect(paused.pgStatWAL.walFPI > plain.pgStatWAL.walFPI)
        #expect(try #require(paused.latency.max) < .milliseconds(50))
        let ratio = Double(paused.transactions) / Double(plain.transactions)
        #expect((0.8...1.2).contains(ratio), "\(paused.transactions) of \(plain.transactions)")
    }

    @Test("Every process is accounted for all the time, the pause over or not")
    func accounting() throws {
        let run = try run(on: "server", pause: "250ms")
        #expect(run.whole.accountsForAll(run))
    }
}
