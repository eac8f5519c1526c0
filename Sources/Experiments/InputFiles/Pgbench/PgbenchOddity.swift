/// Why the throughput of a pgbench run says nothing about what a commit costs in a closed loop.
enum PgbenchOddity: Sendable {
    /// `-C`.
    case connects
    /// `-S`.
    case reads
    /// Serialization failures, deadlocks.
    case fails
    /// A client met an error and ended.
    case aborted

    /// The share of transactions that may fail.
    static let mostFailures = 0.01

    /// As it goes on after `the run`.
    var text: String {
        switch self {
        case .connects: "connects anew for each transaction (-C)"
        case .reads: "commits nothing"
        case .fails: "has more than 1 % of failed transactions"
        case .aborted: "was aborted"
        }
    }

    /// What to give instead.
    var remedy: String {
        switch self {
        case .connects: "--pgbench with a run without -C"
        case .reads: "--pgbench with a run whose transactions write"
        case .fails: "--pgbench with a script whose transactions do not conflict"
        case .aborted: "--pgbench with a run that went to its end"
        }
    }
}
