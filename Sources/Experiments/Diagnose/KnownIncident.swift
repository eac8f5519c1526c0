import SimTime

/// A bundled scenario that shows what users complain of, as `walsim diagnose` compares samples with unless it is told
/// others. The rest of the bundled scenarios are measured and published rows, and healthy systems.
public struct KnownIncident: Sendable {
    /// The scenario's name.
    public let scenario: String
    /// The phase in which users complain; nil: all of the run.
    public let phase: String?
    /// How much of the run is simulated; nil: all of it. A run that is the same all along shows itself in less.
    public let length: Nanoseconds?

    private init(_ scenario: String, phase: String? = nil, length: Nanoseconds? = nil) {
        self.scenario = scenario
        self.phase = phase
        self.length = length
    }

    /// All of them.
    public static let all = [
        KnownIncident("burst-insert", phase: "burst"),
        KnownIncident("burst-insert-stall", phase: "burst"),
        KnownIncident("steady-commit", length: .seconds(4)),
        KnownIncident("commit-delay", length: .seconds(4)),
        KnownIncident("async-commit", length: .seconds(1)),
        KnownIncident("small-wal-buffers", length: .seconds(4)),
        KnownIncident("segment-pool-dry", phase: "dry"),
        KnownIncident("walwriter-tuning", phase: "flush-always"),
        KnownIncident("checkpoint-storm"),
        KnownIncident("pgbench-tpcb"),
        KnownIncident("pgbench-insert-standby"),
        KnownIncident("standby-stall", phase: "device stalls"),
        KnownIncident("sync-rep-1-remote-write"),
        KnownIncident("insert-locks-64-cores"),
    ]

    /// The scenario to simulate.
    /// - Throws: never for a bundled scenario.
    public func load() throws(InputError) -> Scenario {
        let sets = length.map { ["duration=\($0.count)ns", "warmup=\($0.count / 4)ns"] } ?? []
        return try loadScenario(named: scenario, sets: sets, repeats: 1)
    }
}
