import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// What one experiment found: all repeats of one scenario and what a reader must know to interpret them.
public struct ExperimentResult: Sendable {
    /// The scenario's name.
    public var name: String
    /// What the scenario shows, in its author's words.
    public var description: String
    /// Hash of the canonical scenario, without what changes no trajectory (name, seed, repeats, observation).
    public var scenarioHash: String
    /// The seed of repeat 0; repeat k has this plus k.
    public var seed: UInt64
    /// The simulated server's major release.
    public var release: PostgresRelease
    /// The settings at the start of the run.
    public var settings: Settings
    /// Cores of the simulated host.
    public var cores: Int
    /// True if clients start transactions by a schedule, which may run ahead of what gets done.
    public var hasSchedule = false
    /// Simulated before t = 0 in each repeat, and not measured.
    public var warmup: Nanoseconds
    /// The repeats that ran, in order of their seeds.
    public var repeats: [RunResult]
    /// The conditions that the scenario sets on its metrics.
    public var thresholds: [ThresholdSpec]
    /// What a reader should know before trusting the figures, one sentence each.
    public var warnings: [String]
    /// Elapsed real time: the one value that differs between two runs of the same seed.
    public var wallSeconds: Double
    /// True if nothing was simulated: real threads took real time.
    public var ranOnThreads = false

    /// A result of these parts.
    ///
    /// - Parameter repeats: at least one.
    public init(
        name: String, description: String, scenarioHash: String, seed: UInt64, release: PostgresRelease,
        settings: Settings, cores: Int, warmup: Nanoseconds, repeats: [RunResult],
        thresholds: [ThresholdSpec] = [], warnings: [String] = [], wallSeconds: Double
    ) {
        self.name = name
        self.description = description
        self.scenarioHash = scenarioHash
        self.seed = seed
        self.release = release
        self.settings = settings
        self.cores = cores
        self.warmup = warmup
        self.repeats = repeats
        self.thresholds = thresholds
        self.warnings = warnings
        self.wallSeconds = wallSeconds
    }

    /// The result of running `scenario`, whose canonical hash is `hash`.
    public init(
        of scenario: Scenario, hash: String, repeats: [RunResult], warnings: [String] = [], wallSeconds: Double
    ) {
        self.init(
            name: scenario.name, description: scenario.description, scenarioHash: hash, seed: scenario.seed,
            release: scenario.release, settings: scenario.settings, cores: scenario.host.cores,
            warmup: scenario.warmup, repeats: repeats, thresholds: scenario.thresholds, warnings: warnings,
            wallSeconds: wallSeconds)
        hasSchedule = (scenario.clients + scenario.instances.flatMap(\.clients)).contains { $0.load.isScheduled }
    }

    /// True if any repeat ended before its time.
    public var interrupted: Bool { repeats.contains { $0.interrupted } }

    /// Why a repeat ended before its phases were through; nil if none did.
    public var standstill: String? { repeats.lazy.compactMap(\.standstill).first }

    /// The whole window over all repeats.
    public var whole: PooledSpan { PooledSpan(repeats.map(\.whole)) }

    /// The phases in order, each over the repeats that reached it.
    public var phases: [PooledSpan] {
        let most = repeats.map(\.phases.count).max() ?? 0
        return (0..<most).map { index in
            PooledSpan(repeats.compactMap { index < $0.phases.count ? $0.phases[index] : nil })
        }
    }

    /// Wake-ups of all repeats.
    public var wakeups: UInt64 { repeats.reduce(0) { $0 + $1.wakeups } }

    /// Processes of the server by type, the same in each repeat.
    public var processes: [BackendType: Int] { repeats.first?.processes ?? [:] }

    /// The trajectory's digest: of one repeat its own, of several the FNV-1a hash of theirs.
    public var digest: UInt64 {
        if repeats.count == 1 { return repeats[0].digest }
        var hash = FNV1a.basis
        for run in repeats {
            for shift in stride(from: 0, to: 64, by: 8) {
                hash = (hash ^ (run.digest >> shift & 0xff)) &* FNV1a.prime
            }
        }
        return hash
    }

    /// True if a commit waits until its WAL is durable.
    public var commitsWait: Bool { settings.fsync && settings.synchronousCommit != .off }
}
