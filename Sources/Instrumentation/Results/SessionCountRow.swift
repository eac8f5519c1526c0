import WaitEvents

/// At how many samples `sessions` sessions were in `event` at once.
public struct SessionCountRow: Sendable {
    /// The kind of process sampled.
    public var backendType: BackendType
    /// The event; nil for sessions that show none while active.
    public var event: WaitEventName?
    /// How many sessions were in the event at once.
    public var sessions: Int
    /// At how many samples.
    public var samples: UInt64

    /// Everything spelled out.
    public init(backendType: BackendType, event: WaitEventName?, sessions: Int, samples: UInt64) {
        self.backendType = backendType
        self.event = event
        self.sessions = sessions
        self.samples = samples
    }
}
