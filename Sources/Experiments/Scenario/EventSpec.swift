import Postgres
import SimTime

/// Something that happens at an instant of the measured window.
public struct EventSpec: Sendable {
    /// What happens.
    public enum Action: Sendable {
        /// These settings hold from then on, those included that do not change.
        case set(Settings)
        /// Somebody asks for a checkpoint, at once and without pauses (CHECKPOINT).
        case checkpoint
        /// A standby's server is killed, or started again.
        case stopStandby(String)
        case startStandby(String)
        /// The statements of so many backends that wait for standbys are cancelled.
        case cancel(Int)
    }
    /// What a scenario calls them.
    static let names = ["set", "checkpoint", "stop standby", "start standby", "cancel"]
    /// The instant.
    public var at: Nanoseconds
    /// What happens at it.
    public var action: Action
}
