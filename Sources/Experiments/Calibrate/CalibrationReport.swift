/// What a calibration found: the scenario, where each value came from, how well it meets the inputs, and what these
/// do not tell.
public struct CalibrationReport: Sendable {
    /// A value of the scenario and its origin.
    public struct Value: Sendable {
        /// Such as `host.storage.wal.sync`.
        public var path: String
        /// The value in short, for people.
        public var text: String
        /// Where it came from.
        public var source: String
    }

    /// A run of pgbench beside its simulation; latencies in microseconds.
    public struct Run: Sendable {
        public var clients: Int
        public var measuredTPS: Double
        public var simulatedTPS: Double
        public var measuredLatency: Double?
        public var simulatedLatency: Double?
        public var source: String
        /// Relative difference of throughput.
        public var error: Double { simulatedTPS / measuredTPS - 1 }
    }

    /// A fitted factor.
    public struct Factor: Sendable {
        public var name: String
        public var value: Double
        public var standardError: Double
        public var isIdentified: Bool
    }

    /// A wait event's share of active sessions.
    public struct Wait: Sendable {
        public var event: String
        public var measured: Double
        public var simulated: Double
    }

    /// Something that the inputs do not tell.
    public struct Gap: Sendable {
        /// What is not known.
        public var what: String
        /// What the scenario has instead.
        public var assumed: String
        /// The input that would tell.
        public var remedy: String
    }

    /// The scenario's text.
    public var scenario: String
    public var values: [Value] = []
    public var factors: [Factor] = []
    public var runs: [Run] = []
    /// Mean of a sync in pg_stat_wal, measured and simulated, in microseconds.
    public var syncTime: (measured: Double, simulated: Double)?
    /// How well the distribution of syncs meets its record.
    public var syncQuality = ""
    public var waits: [Wait] = []
    /// Jensen-Shannon distance of measured and simulated waits, 0 to 1; nil without samples.
    public var waitDistance: Double?
    public var gaps: [Gap] = []
    /// What the scenario's reader warned of.
    public var warnings: [String] = []

    init(scenario: String) { self.scenario = scenario }
}
