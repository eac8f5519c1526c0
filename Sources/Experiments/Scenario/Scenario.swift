import HostModel
import Postgres
import SimTime
import Statistics
import WaitEvents

/// A scenario as read, checked and filled with defaults: everything that one simulation is made from.
public struct Scenario: Sendable {
    public var name: String
    public var description: String
    public var seed: UInt64
    /// The measured span; nil if the phases are counted in transactions and end the run themselves.
    public var duration: Nanoseconds?
    /// Runs before t = 0 and is not measured.
    public var warmup: Nanoseconds
    public var repeats: Int
    public var release: PostgresRelease
    public var settings: Settings
    public var host: HostSpec
    public var clients: [ClientGroupSpec]
    public var transactions: [TransactionSpec]
    public var observe: ObserveSpec
    public var phases: [PhaseSpec]
    public var events: [EventSpec]
    public var thresholds: [ThresholdSpec]
    /// What the reader should know though nothing is wrong: settings without effect, phases after the end.
    public var warnings: [String]
    /// `scenario_hash`: equal for scenarios that simulate the same (see `CanonicalScenario`).
    public var canonicalHash: String
}

public struct ObserveSpec: Sendable {
    /// Interval of simulated sampling of pg_stat_activity.
    public var sampleInterval: Nanoseconds
    /// Interval of the timeline.
    public var timelineInterval: Nanoseconds
}

public struct PhaseSpec: Sendable {
    public enum End: Sendable {
        case until(Nanoseconds)
        case transactions(UInt64)
        case endOfRun
    }
    public var name: String
    public var end: End
}

/// Something that happens at an instant of the measured window.
public struct EventSpec: Sendable {
    public enum Action: Sendable { case set(Settings) }
    public var at: Nanoseconds
    public var action: Action
}

/// A condition on a metric of summary.csv; the run's exit status is 1 if its mean over repeats breaks it.
public struct ThresholdSpec: Sendable {
    public enum Comparison: String, Sendable, CaseIterable {
        case atMost = "<=", atLeast = ">=", less = "<", more = ">"
    }
    public var metric: String
    public var comparison: Comparison
    /// In the metric's unit in summary.csv.
    public var value: Double
    /// As written, for messages.
    public var text: String
}
