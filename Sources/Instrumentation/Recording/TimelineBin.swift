import SimTime
import WaitEvents

/// What the timeline keeps of one interval; or, as a minuend and subtrahend, of all the time up to an instant.
struct TimelineBin {
    var length = Nanoseconds.zero
    var transactions: UInt64 = 0
    var latencySum = TotalTime.zero
    var commits: UInt64 = 0
    var flushes: UInt64 = 0
    var walBytes: UInt64 = 0
    /// Time in checkpoints: of several servers more than the interval is long.
    var checkpoint = Nanoseconds.zero
    var checkpointBuffers: UInt64 = 0
    var segmentsCreated: UInt64 = 0
    /// Session-nanoseconds of client backends per event.
    var sessions = [Int128](repeating: 0, count: WaitEvent.count)

    /// The two intervals as one.
    static func + (a: TimelineBin, b: TimelineBin) -> TimelineBin {
        TimelineBin(
            length: a.length + b.length, transactions: a.transactions + b.transactions,
            latencySum: a.latencySum + b.latencySum, commits: a.commits + b.commits, flushes: a.flushes + b.flushes,
            walBytes: a.walBytes + b.walBytes, checkpoint: a.checkpoint + b.checkpoint,
            checkpointBuffers: a.checkpointBuffers + b.checkpointBuffers,
            segmentsCreated: a.segmentsCreated + b.segmentsCreated, sessions: zip(a.sessions, b.sessions).map(+))
    }

    /// What came to `b` until `a`.
    static func - (a: TimelineBin, b: TimelineBin) -> TimelineBin {
        TimelineBin(
            length: a.length - b.length, transactions: a.transactions - b.transactions,
            latencySum: a.latencySum - b.latencySum, commits: a.commits - b.commits, flushes: a.flushes - b.flushes,
            walBytes: a.walBytes - b.walBytes, checkpoint: a.checkpoint - b.checkpoint,
            checkpointBuffers: a.checkpointBuffers - b.checkpointBuffers,
            segmentsCreated: a.segmentsCreated - b.segmentsCreated, sessions: zip(a.sessions, b.sessions).map(-))
    }
}
