import SimTime

/// What has happened since the start of a run, whatever its spans.
struct RunTotals {
    var transactions: UInt64 = 0
    var latencySum = TotalTime.zero
    var commits: UInt64 = 0
    var flushes: UInt64 = 0
    var checkpoints = CheckpointTotals()
    private var lastCompletion = Instant.zero
    private(set) var longestGap = Nanoseconds.zero

    @inline(__always)
    mutating func transactionCompleted(latency: Nanoseconds, _ now: Instant) {
        transactions += 1
        latencySum += latency
        longestGap = max(longestGap, now - lastCompletion)
        lastCompletion = now
    }

    /// From here on gaps count.
    mutating func beginGaps(_ now: Instant) {
        longestGap = .zero
        lastCompletion = now
    }

    /// The longest time without a completion so far, the one that lasts included.
    func longestGap(until now: Instant) -> Nanoseconds { max(longestGap, now - lastCompletion) }
}
