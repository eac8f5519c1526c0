import Postgres
import SimTime

/// The client of one backend: sends the same transaction again and again, each message as soon as the reply to the one
/// before is there. It lives in its backend's thread, so that no message ever travels.
struct ClosedLoopClient {
    /// The pause before each transaction.
    let think: Nanoseconds
    /// One transaction's messages in order.
    private let messages: [ClientMessage]
    /// Transactions still to run; nil for no end.
    private var remaining: Int?
    private var next = 0
    private var began = Instant.zero

    /// - Parameters:
    ///   - index: the transaction's place in the server's list.
    ///   - transaction: more than one execution is framed by BEGIN and COMMIT.
    ///   - count: how often the client runs it; nil for no end.
    init(_ transaction: Transaction, at index: Int, count: Int?, think: Nanoseconds) {
        self.think = think
        remaining = count
        let isFramed = transaction.executions > 1
        var messages: [ClientMessage] = isFramed ? [.begin] : []
        for (number, statement) in transaction.statements.enumerated() {
            let message = ClientMessage.execute(transaction: index, statement: number, commits: !isFramed)
            messages += Array(repeating: message, count: statement.times)
        }
        if isFramed { messages.append(.commit) }
        self.messages = messages
    }

    var isBetweenTransactions: Bool { next == 0 }
    /// True once the client has run all its transactions.
    var isDone: Bool { remaining == 0 }

    /// Sends the next message.
    mutating func send(_ now: Instant) -> ClientMessage {
        if isBetweenTransactions { began = now }
        defer { next += 1 }
        return messages[next]
    }

    /// Takes a reply. If it was the transaction's last, returns how long the transaction took since the sending of its
    /// first message.
    mutating func receiveReply(_ now: Instant) -> Nanoseconds? {
        guard next == messages.count else { return nil }
        next = 0
        remaining = remaining.map { $0 - 1 }
        return now - began
    }
}
