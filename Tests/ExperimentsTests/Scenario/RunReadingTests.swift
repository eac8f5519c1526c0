import Postgres
import SimTime
import Testing

@testable import Experiments

@Suite struct RunReadingTests {
    @Test("Phases counted in transactions make the duration optional and the warm-up zero")
    func countedPhases() throws {
        let scenario = try load(minimalScenario, sets: [#"phases=[{"name":"run 1","transactions":100000}]"#])
        #expect(scenario.duration == nil)
        #expect(scenario.warmup == .zero)
        guard case .transactions(100_000) = scenario.phases[0].end else {
            Issue.record("the phase is not counted")
            return
        }
        let given = try load(
            minimalScenario, sets: [#"phases=[{"name":"a","transactions":9}]"#, "duration=9s", "warmup=1s"])
        #expect(given.duration == .seconds(9) && given.warmup == .seconds(1))
    }

    @Test("Phases beyond the end of a shortened run are cut or left out, with a warning")
    func shortenedRun() throws {
        let phases = #"phases=[{"name":"a","until":"10s"},{"name":"b","until":"12s"},{"name":"c"}]"#
        let whole = try load(minimalScenario, sets: [phases])
        #expect(whole.phases.map(\.name) == ["a", "b", "c"] && whole.warnings.isEmpty)
        let short = try load(minimalScenario, sets: [phases, "duration=11s"])
        #expect(short.phases.map(\.name) == ["a", "b"])
        #expect(short.warnings == ["phases.2: \"c\" begins after the end of the run and is left out"])
        guard case .until(.seconds(10)) = short.phases[0].end, case .endOfRun = short.phases[1].end else {
            Issue.record("the phases do not end with the run")
            return
        }
    }

    @Test("Events come in order of time, each with all settings as they are from then on")
    func events() throws {
        let events = """
            [{"at":"9s","do":"set","settings":{"commit_delay":5}},
             {"at":"3s","do":"set","settings":{"commit_siblings":2,"commit_delay":"1ms"}}]
            """
        let read = try load(minimalScenario, sets: ["events=" + events, "server.settings.wal_writer_delay=7"]).events
        #expect(read.map(\.at) == [.seconds(3), .seconds(9)])
        let settings = read.map { event in
            switch event.action {
            case .set(let settings): settings
            default: Settings()
            }
        }
        #expect(settings.map(\.commitDelay) == [1000, 5])
        #expect(settings.map(\.commitSiblings) == [2, 2])
        #expect(settings.map(\.walWriterDelay) == [7, 7])
    }

    @Test("Thresholds are read in their order and in their metric's unit")
    func thresholds() throws {
        let text =
            #"thresholds={"latency_p99":"<= 20ms","tps":">1000","wal_bytes_per_txn":"< 4kB","latency_max":">= 5"}"#
        let read = try load(minimalScenario, sets: [text]).thresholds
        #expect(read.map(\.metric) == ["latency_p99", "tps", "wal_bytes_per_txn", "latency_max"])
        let found = Dictionary(uniqueKeysWithValues: read.map { ($0.metric, ($0.comparison, $0.value)) })
        #expect(found["latency_p99"].map { $0 == (.atMost, 20_000) } == true)
        #expect(found["tps"].map { $0 == (.more, 1000) } == true)
        #expect(found["wal_bytes_per_txn"].map { $0 == (.less, 4096) } == true)
        #expect(found["latency_max"].map { $0 == (.atLeast, 5) } == true)
        #expect(read.first { $0.metric == "latency_p99" }?.text == "<= 20ms")
    }
}
