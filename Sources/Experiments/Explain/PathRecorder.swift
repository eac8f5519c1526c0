import SimTime

/// What a process did for its present transaction: from the first message after the last commit to the reply.
struct PathRecorder {
    /// A stretch in which it did one thing, and whom it waited for.
    struct Step {
        var chain: [ChainLink]
        var from: Instant
        var length: Nanoseconds
    }

    var hasCommitted = false
    private var began: Instant?
    private var steps: [Step] = []

    /// Transactions that never commit must not fill the memory.
    private static let limit = 4_096

    /// A message of the client has arrived.
    mutating func received(_ now: Instant) {
        guard began == nil else { return }
        began = now
        steps.removeAll(keepingCapacity: true)
        hasCommitted = false
    }

    mutating func add(_ chain: [ChainLink], _ since: Instant, _ now: Instant) {
        guard let began, steps.count < Self.limit else { return }
        let from = max(since, began)
        guard now > from else { return }
        if let last = steps.last, last.chain == chain {
            steps[steps.count - 1].length += now - from
        } else {
            steps.append(Step(chain: chain, from: from, length: now - from))
        }
    }

    /// The reply is sent, the process waits for its client: the path of a transaction, if one has committed. Of a path
    /// with more steps than are kept the end is missing, but not its length.
    mutating func replied(_ now: Instant) -> (began: Instant, length: Nanoseconds, steps: [Step])? {
        guard hasCommitted, let began else { return nil }
        self.began = nil
        return (began, now - began, steps)
    }
}

/// The path of one transaction.
struct RecordedPath {
    let process: Int
    let began: Instant
    let length: Nanoseconds
    let steps: [PathRecorder.Step]
}
