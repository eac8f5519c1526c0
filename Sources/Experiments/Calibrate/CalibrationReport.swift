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
        /// pgbench's `-c`.
        public var clients: Int
        /// Transactions a second, as pgbench counted them.
        public var measuredTPS: Double
        /// Transactions a second in the simulation.
        public var simulatedTPS: Double
        /// pgbench's mean; nil if it did not tell.
        public var measuredLatency: Double?
        /// The simulation's mean; nil if nothing completed.
        public var simulatedLatency: Double?
        /// The file that the measurement is from, or `the server`.
        public var source: String
        /// Relative difference of throughput.
        public var error: Double { simulatedTPS / measuredTPS - 1 }
    }

    /// A fitted factor.
    public struct Factor: Sendable {
        /// What it multiplies.
        public var name: String
        /// What the fit gives.
        public var value: Double
        /// In the factor's own unit, none.
        public var standardError: Double
        /// False if the runs do not tell it: CPU costs then stay at their defaults, and syncs near what was measured of
        /// the device.
        public var isIdentified: Bool
    }

    /// A wait event's share of active sessions.
    public struct Wait: Sendable {
        /// Such as `LWLock:WALWrite`.
        public var event: String
        /// Its share in the samples, 0 to 1.
        public var measured: Double
        /// Its share in the simulation, 0 to 1.
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
    /// Its values that the inputs told, or that were assumed.
    public var values: [Value] = []
    /// What was fitted to runs.
    public var factors: [Factor] = []
    /// The runs that were given.
    public var runs: [Run] = []
    /// Mean of a sync in pg_stat_wal, measured and simulated, in microseconds.
    public var syncTime: (measured: Double, simulated: Double)?
    /// How well the distribution of syncs meets its record.
    public var syncQuality = ""
    /// Wait events, those first that were measured most; empty without samples.
    public var waits: [Wait] = []
    /// Jensen-Shannon distance of measured and simulated waits, 0 to 1; nil without samples.
    public var waitDistance: Double?
    /// What the inputs do not tell.
    public var gaps: [Gap] = []
    /// What the scenario's reader warned of.
    public var warnings: [String] = []

    init(scenario: String) { self.scenario = scenario }
}
