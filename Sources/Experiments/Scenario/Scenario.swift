import HostModel
import Postgres
import SimTime
import Statistics
import WaitEvents

/// A scenario as read, checked and filled with defaults: everything that one simulation is made from.
public struct Scenario: Sendable {
    /// The scenario's name in results.
    public var name: String
    /// What it shows, in a sentence or two.
    public var description: String
    /// The seed of the first repeat; repeat k has `seed + k`.
    public var seed: UInt64
    /// The measured span; nil if the phases are counted in transactions and end the run themselves.
    public var duration: Nanoseconds?
    /// Runs before t = 0 and is not measured.
    public var warmup: Nanoseconds
    /// How long before t = 0 clients pause for a checkpoint; nil: they do not.
    public var checkpointPause: Nanoseconds?
    /// How far into that pause the checkpoint is made.
    public var checkpointAfter = Nanoseconds.zero
    /// How many runs with different seeds.
    public var repeats: Int
    /// The server's major release.
    public var release: PostgresRelease
    /// The server's settings at its start.
    public var settings: Settings
    /// How many recycled segments the server starts with; nil: as many as steady work leaves.
    public var recycledSegments: Int?
    /// What the server does in another way than its release.
    public var variants = Variants()
    /// The machine that the server runs on.
    public var host: HostSpec
    /// Standbys of the server.
    public var standbys: [StandbySpec] = []
    /// The machines of standbys elsewhere.
    public var standbyHosts: [HostSpec] = []
    /// Groups of connections, with names of their own.
    public var clients: [ClientGroupSpec]
    /// The servers, if there are several or if the only one has its place; else empty.
    public var instances: [InstanceSpec] = []
    /// The tables whose pages are modelled.
    public var tables: [TableSpec]
    /// What the groups run, by index.
    public var transactions: [TransactionSpec]
    /// What is observed, and how often.
    public var observe: ObserveSpec
    /// Consecutive spans from t = 0 on, none of which begins after the end of the run.
    public var phases: [PhaseSpec]
    /// In order of time.
    public var events: [EventSpec]
    /// Conditions on metrics, in the order in which the scenario has them.
    public var thresholds: [ThresholdSpec]
    /// What the reader should know though nothing is wrong: settings without effect, phases after the end.
    public var warnings: [String]
    /// `scenario_hash`: equal for scenarios that simulate the same (see `CanonicalScenario`).
    public var canonicalHash: String

    /// Seeds that a scenario may have: with any repeat's number added they stay in a signed 64-bit integer.
    public static let seeds: ClosedRange<UInt64> = 0...UInt64(Int64.max / 2)
    /// How many repeats a scenario may have.
    public static let repeatCounts = 1...100_000
}

/// What is observed of a run besides the exact accounting.
public struct ObserveSpec: Sendable {
    /// Interval of simulated sampling of pg_stat_activity.
    public var sampleInterval: Nanoseconds
    /// Interval of the timeline.
    public var timelineInterval: Nanoseconds
}
