import BundledScenarios
import Foundation
import Instrumentation
import SimTime
import Synchronization
import Testing

@testable import Experiments

/// Each known incident, in a run so short that all of them together take seconds, is recognised by samples of a run
/// with another seed.
@Suite("Known incidents") struct KnownIncidentTests {
    /// How each incident is cut short: its phases close together, its stalls within them.
    private static let short: [String: [String]] = [
        "burst-insert": burst,
        "burst-insert-stall": burst + [#"host.storage.wal.stalls=[{"at":"120ms","for":"80ms"}]"#],
        "steady-commit": ["duration=600ms", "warmup=50ms"],
        "commit-delay": ["duration=600ms", "warmup=50ms"],
        "async-commit": ["duration=100ms", "warmup=10ms"],
        "small-wal-buffers": ["duration=600ms", "warmup=50ms"],
        "segment-pool-dry": [
            "duration=900ms", "server.recycled_segments=1", "events=[]",
            #"phases=[{"name":"pool","until":"200ms"},{"name":"dry"}]"#,
        ],
        "walwriter-tuning": [
            "duration=600ms", "warmup=50ms",
            #"phases=[{"name":"defaults","until":"200ms"},{"name":"flush-always"}]"#,
            #"events=[{"at":"200ms","do":"set","settings":{"wal_writer_flush_after":0}}]"#,
        ],
        "checkpoint-storm": ["duration=1200ms", "warmup=50ms", "server.settings.max_wal_size=32MB"],
        "pgbench-tpcb": ["duration=1500ms", "warmup=100ms"],
        "pgbench-insert-standby": ["duration=1s", "warmup=50ms"],
        "standby-stall": [
            "duration=800ms", "warmup=50ms", "events=[]",
            #"standbys.0.storage.wal.stalls=[{"at":"250ms","for":"300ms"}]"#,
            #"phases=[{"name":"healthy","until":"200ms"},{"name":"device stalls","until":"600ms"},{"name":"after"}]"#,
        ],
        "sync-rep-1-remote-write": ["duration=120ms", "warmup=20ms"],
        "insert-locks-64-cores": ["duration=25ms", "warmup=5ms"],
    ]
    private static let burst = [
        "duration=400ms", "warmup=50ms", #"clients.load={"profile":[["0s",2000],["100ms",115000],["240ms",2000]]}"#,
        #"phases=[{"name":"quiet","until":"100ms"},{"name":"burst","until":"240ms"},{"name":"after"}]"#,
    ]

    /// The incidents and samples of both seeds, simulated once for all tests.
    private static let simulated = Result {
        let seeds: [UInt64] = [1, 77]
        let scenarios = try seeds.flatMap { seed in
            try KnownIncident.all.map { incident in
                try loadScenario(
                    named: incident.scenario,
                    sets: (short[incident.scenario] ?? []) + ["observe.timeline_interval=100ms"], seed: seed)
            }
        }
        let runs = ParallelRuns.map(scenarios, jobs: ProcessInfo.processInfo.activeProcessorCount) { scenario, _ in
            let incidents = Result { try SimulatedIncident.simulate(scenario) }
            return (seed: scenario.seed, incidents: incidents)
        }.compactMap { $0 }
        return try Dictionary(grouping: runs, by: \.seed).mapValues { try $0.flatMap { try $0.incidents.get() } }
    }

    @Test("Samples of a run with another seed are diagnosed as that incident", arguments: KnownIncident.all)
    func recognised(_ known: KnownIncident) throws {
        let simulated = try Self.simulated.get()
        let seen = try #require(
            simulated[77]?.first { $0.scenario == known.scenario && $0.phase == known.phase }, "never active")
        let diagnosis = Diagnosis(seen.samples, incidents: try #require(simulated[1]))
        let nearest = diagnosis.candidates[0]
        #expect(nearest.incident.scenario == known.scenario, "\(diagnosis.candidates.prefix(3).map(\.incident.title))")
        #expect(nearest.distance < 0.35)
        let rival = try #require(diagnosis.candidates.first { $0.incident.scenario != known.scenario })
        #expect(rival.distance > nearest.distance)
        // The test that would tell the nearest two apart names a figure, and a bound between what the two expect.
        let test = try #require(diagnosis.test)
        let (expected, threshold) = (try #require(test.expected), try #require(test.threshold))
        #expect(try #require(test.measure).how.count > 10)
        #expect(min(expected.first, expected.second) < threshold && threshold < max(expected.first, expected.second))
    }

    @Test("Each is a bundled scenario with that phase, and loads") func bundled() throws {
        for known in KnownIncident.all {
            #expect(BundledScenarios.all.contains { $0.name == known.scenario })
            let scenario = try known.load()
            #expect(known.phase == nil || scenario.phases.contains { $0.name == known.phase })
            #expect(scenario.repeats == 1 && Self.short[known.scenario] != nil)
        }
    }
}

extension KnownIncident: CustomTestStringConvertible {
    public var testDescription: String { scenario }
}
