import SimTime

/// What the checkpointer tells its observer.
public enum CheckpointObservation: Sendable {
    /// It begins; `tooOften`: WAL volume asked for it less than `checkpoint_warning` after the last one began.
    case started(timed: Bool, tooOften: Bool)
    /// The redo point has moved.
    case redo(XLogRecPtr)
    /// Between two writes, with `progress` (0...1) made, it will sleep or go on.
    case paced(progress: Double, sleeps: Bool)
    /// A page whose last change is recorded up to `lsn` goes out to its file.
    case bufferWritten(lsn: XLogRecPtr)
    /// All is written and synced, which took so long.
    case synced(writeTime: Nanoseconds, syncTime: Nanoseconds)
    /// It is over; `isDone`: a record of it exists.
    case ended(isDone: Bool)
}

/// What happens to segment files.
public enum SegmentObservation: Sendable {
    /// A new one was made because none was left, or was about to be.
    case created
    /// One became a segment to come, or was removed.
    case recycled(UInt64)
    case removed(UInt64)
}
