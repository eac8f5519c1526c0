import Postgres
import SimTime

/// One client connection, and where its client is in its transaction.
struct Connection {
    let group: Int
    /// The pgbench thread that serves it; -1 for clients elsewhere.
    let thread: Int
    /// Whether its client shares the server's cores.
    var isLocal: Bool { thread >= 0 }
    /// The message of the transaction that comes next; 0 between transactions.
    var step = 0
    /// From when the present transaction's latency counts.
    var began = Instant.zero
    /// For clients elsewhere: when the reply that is on its way was sent; nil if none is.
    var repliedAt: Instant?
    /// For clients on the server: the message that the backend has not read yet.
    var inbox: ClientMessage?
    /// For clients on the server: the reply that the client has not read yet.
    var hasReply = false
    /// Whether the backend sleeps until a message comes; for clients elsewhere, until its next transaction starts.
    var backendWaits = false
    /// For clients on the server: where the client is.
    var state = State.choosing

    enum State {
        /// About to start a transaction.
        case choosing
        /// Starts one at an instant: a scheduled start, or the end of think time.
        case sleeping(until: Instant)
        /// Could start one but for a pause; its start was scheduled before, or not.
        case held(isScheduled: Bool)
        /// Has no transaction left to start, and stays connected: the run may be longer than its load.
        case exhausted
        /// Has sent a statement.
        case awaitingResult
        /// Has gone, as the run is over.
        case finished
    }
}
