import WaitEvents

/// The plain value that one run (one repeat of a scenario) returns.
public struct RunResult: Sendable {
    /// The seed of this repeat: the scenario's seed plus the repeat's number.
    public var seed: UInt64
    /// Hash of the run's whole trajectory: every wake-up's time and process, in order.
    public var digest: UInt64
    /// How many wake-ups the kernel delivered.
    public var wakeups: UInt64
    /// The release whose names the wait events take.
    public var release: PostgresRelease
    /// How many processes the server had of each type.
    public var processes: [BackendType: Int]
    /// The measured window as a whole; its name is `all`.
    public var whole: SpanResult
    /// The scenario's phases in order; empty if it has none.
    public var phases: [SpanResult]
    /// What varied over the window, in a fixed number of intervals.
    public var timeline: Timeline
    /// The same in shorter intervals, if that was asked for: for pictures.
    public var detail: Timeline?
    /// How often sampling found how many sessions in each event.
    public var sessionCounts: [SessionCountRow]
    /// True if the run was interrupted before its end; the result then covers what ran.
    public var interrupted: Bool
    /// Why the run ended before its phases were through, if they count transactions that would never come.
    public var standstill: String?

    /// Everything spelled out.
    public init(
        seed: UInt64, digest: UInt64, wakeups: UInt64, release: PostgresRelease, processes: [BackendType: Int],
        whole: SpanResult, phases: [SpanResult], timeline: Timeline, detail: Timeline? = nil,
        sessionCounts: [SessionCountRow], interrupted: Bool
    ) {
        self.seed = seed
        self.digest = digest
        self.wakeups = wakeups
        self.release = release
        self.processes = processes
        self.whole = whole
        self.phases = phases
        self.timeline = timeline
        self.detail = detail
        self.sessionCounts = sessionCounts
        self.interrupted = interrupted
    }
}
