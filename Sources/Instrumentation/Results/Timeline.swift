import SimTime

/// Values per interval of the measured window, for `timeline.csv`.
public struct Timeline: Sendable {
    /// The length of an interval.
    public var interval: Nanoseconds
    /// One series a metric: `tps` (1/s), `latency_mean` (us), `txns_per_flush`, `active_sessions:LWLock:WALWrite` ...;
    /// nil where the interval has no value (no transaction completed in it).
    public var series: [(metric: String, values: [Double?])]

    /// Everything spelled out.
    public init(interval: Nanoseconds, series: [(metric: String, values: [Double?])]) {
        self.interval = interval
        self.series = series
    }
}
