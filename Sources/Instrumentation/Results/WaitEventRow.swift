import SimTime
import Statistics
import WaitEvents

/// One visible wait event of one backend type. `event` nil: active and showing none.
public struct WaitEventRow: Sendable {
    /// The kind of process.
    public var backendType: BackendType
    /// The event; nil: active and showing none.
    public var event: WaitEventName?
    /// Time in the event, clipped to the span, summed over processes.
    public var total: TotalTime
    /// Durations of the waits that ended in the span.
    public var waits: LatencyHistogram

    /// Everything spelled out.
    public init(backendType: BackendType, event: WaitEventName?, total: TotalTime, waits: LatencyHistogram) {
        self.backendType = backendType
        self.event = event
        self.total = total
        self.waits = waits
    }
}
