import SimTime

/// Checkpoints and segments.
extension Recorder {
    /// A checkpoint begins.
    /// - Parameters:
    ///   - timed: because of the clock, not because somebody asked.
    ///   - tooOften: so much WAL was written that it comes sooner than `checkpoint_warning` allows.
    public func checkpointStarted(timed: Bool, tooOften: Bool, _ now: Instant) {
        if timed { span.pointee.checkpointer.numTimed += 1 } else { span.pointee.checkpointer.numRequested += 1 }
        if tooOften { span.pointee.checkpointer.tooOften += 1 }
        totals.pointee.checkpoints.begin(now)
    }

    /// The checkpoint is over; `isDone`: it was not found unnecessary.
    public func checkpointEnded(isDone: Bool, _ now: Instant) {
        if isDone { span.pointee.checkpointer.numDone += 1 }
        totals.pointee.checkpoints.end(now)
    }

    /// Its pages are written, and then synced, which took so long.
    public func checkpointSynced(writeTime: Nanoseconds, syncTime: Nanoseconds) {
        span.pointee.checkpointer.writeTime += writeTime
        span.pointee.checkpointer.syncTime += syncTime
    }

    /// A page was written for it.
    public func checkpointBufferWritten() {
        span.pointee.checkpointer.buffersWritten += 1
        totals.pointee.checkpoints.buffersWritten += 1
    }

    /// A segment file was made.
    public func segmentCreated() {
        span.pointee.checkpointer.segmentsCreated += 1
        totals.pointee.checkpoints.segmentsCreated += 1
    }

    /// A segment was renamed for use to come.
    public func segmentRecycled() { span.pointee.checkpointer.segmentsRecycled += 1 }

    /// A segment was removed.
    public func segmentRemoved() { span.pointee.checkpointer.segmentsRemoved += 1 }
}

/// Checkpoints since the start of a run, of all servers.
struct CheckpointTotals {
    /// How many are under way, and their time up to an instant.
    private var active = 0
    private var since = Instant.zero
    private var time = Nanoseconds.zero
    var buffersWritten: UInt64 = 0
    var segmentsCreated: UInt64 = 0

    mutating func begin(_ now: Instant) { change(by: 1, now) }

    mutating func end(_ now: Instant) { change(by: -1, now) }

    private mutating func change(by count: Int, _ now: Instant) {
        time = time(until: now)
        since = now
        active += count
    }

    /// Time in checkpoints so far, those included that are under way.
    func time(until now: Instant) -> Nanoseconds { time + (now - since) * Int64(active) }
}
