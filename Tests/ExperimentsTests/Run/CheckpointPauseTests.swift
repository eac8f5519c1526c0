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

    @Test("Autovacuum comes by before the checkpoint, and rows of small tables have no hint bits to set after it")
    func autovacuum() throws {
        func hints(_ sets: String...) throws -> (images: UInt64, workers: Int) {
            let text = """
                {
                  "repeats": 1, "duration": "200ms", "warmup": "1500ms", "checkpoint_pause": "1200ms",
                  "checkpoint_after": "900ms",
                  "server": {"version": "9.6", "settings": {
                    "wal_log_hints": "on", "autovacuum_naptime": "1s", "vacuum_defer_cleanup_age": 1000000}},
                  "tables": {"t": {"rows": 500}}, "transactions": {"move": {"statements": [{"update": "t"}]}},
                  "clients": {"count": 2, "transaction": "move"}
                }
                """
            let run = try Experiment.runOnce(try loadScenario(text: text, file: "vacuum.json", sets: sets), seed: 1)
            #expect(run.whole.accountsForAll(run))
            let row = run.whole.walRecords.first { $0.type == "XLOG/FPI_FOR_HINT" }
            return (row?.count ?? 0, run.processes[.autovacuum] ?? 0)
        }
        let (without, with) = (try hints(), try hints("server.settings.autovacuum=on"))
        #expect(without.workers == 0 && with.workers == 1)
        #expect(without.images > 0 && with.images == 0, "\(without.images) and \(with.images)")
    }

    @Test("Every process is accounted for all the time, the pause over or not")
    func accounting() throws {
        let run = try run(on: "server", pause: "250ms")
        #expect(run.whole.accountsForAll(run))
    }
}
