/// Names one schedule of one scenario: all that repeats it.
public struct ScheduleID: Hashable, Sendable, CustomStringConvertible {
    /// The seed of the scenario: what the random scenario is made from, or the named scenario's own seed.
    public var scenario: UInt64
    /// The seed of the schedule: ties and preemptions.
    public var schedule: UInt64

    /// The schedule of these two seeds.
    public init(scenario: UInt64, schedule: UInt64) {
        self.scenario = scenario
        self.schedule = schedule
    }

    /// Reads `12-3`; nil if it is not of that form.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let scenario = UInt64(parts[0]), let schedule = UInt64(parts[1]) else { return nil }
        self.init(scenario: scenario, schedule: schedule)
    }

    /// `12-3`, which `init(_:)` reads.
    public var description: String { "\(scenario)-\(schedule)" }
}
