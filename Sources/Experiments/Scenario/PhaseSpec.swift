import SimTime

/// A span of the run that is measured and reported on its own.
public struct PhaseSpec: Sendable {
    /// When a phase ends.
    public enum End: Sendable {
        /// At an instant of the measured window.
        case until(Nanoseconds)
        /// After so many transactions committed in it.
        case transactions(UInt64)
        /// After so long, in which no client starts a transaction.
        case idle(Nanoseconds)
        /// With the run; only the last phase.
        case endOfRun
    }
    /// The name in results; never `all`.
    public var name: String
    /// When it ends.
    public var end: End
    /// Whether it ends after so many transactions.
    var countsTransactions: Bool { if case .transactions = end { true } else { false } }
}
