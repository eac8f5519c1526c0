import SimTime

/// What the observer is told. None of it changes what the server does.
///
/// Four words at most, so that it is handed over in registers: larger ones are written to memory at every step.
public enum Observation {
    /// The process has got a lightweight lock.
    case lockAcquired(LockID, exclusive: Bool)
    /// The process has let go of a lightweight lock.
    case lockReleased(LockID)
    /// The process goes to sleep in a lock's queue (lwlock.c, LWLOCK_WAIT_START).
    case lockWaitStarted(LockID)
    /// The process has run again after that (LWLOCK_WAIT_DONE).
    case lockWaitDone(LockID)
    /// The process goes to sleep for another one's heavyweight lock (`Server.heavyweightLock`).
    case heavyweightWaitStarted(LockID, heldBy: ProcNumber)
    /// The process has run again after that.
    case heavyweightWaitDone(LockID)
    /// The process has let go of a heavyweight lock for which somebody waits.
    case heavyweightReleased(LockID)
    /// A record of a type (index into the server's record types) is in WAL buffers; the bytes of full-page images in
    /// it, and how many there are: no more than it has blocks.
    case recordInserted(type: Int, length: Int, imageBytes: Int, images: UInt8)
    /// The process leaves a WAL write that took so long (`pg_stat_wal`).
    case walWritten(took: Nanoseconds)
    /// The process leaves a WAL sync that took so long (`pg_stat_wal`).
    case walSynced(took: Nanoseconds)
    /// A WAL page had to be written out to make room in the WAL buffers (`wal_buffers_full`).
    case walBufferEvicted
    /// The shared flush position moved.
    case flushed(upTo: XLogRecPtr)
    /// A transaction's commit is recorded; it ends at `end`.
    case committed(end: XLogRecPtr, synchronous: Bool)
    /// A step of a checkpoint.
    case checkpoint(CheckpointObservation)
    /// A segment's file appeared, got another name or went.
    case segment(SegmentObservation)
    /// A backend begins to wait for standbys.
    case syncRepWaitStarted(lsn: XLogRecPtr, mode: SyncRepMode)
    /// It goes on: released, or by an interrupt.
    case syncRepWaitDone(lsn: XLogRecPtr, mode: SyncRepMode, interrupt: Interrupt?)
    /// A walsender has sent a message of WAL.
    case walSent(from: XLogRecPtr, to: XLogRecPtr)
    /// A walsender has got a reply.
    case standbyReplied(StandbyPositions)
    /// A walsender goes to sleep.
    case walSenderSlept
    /// A walsender finds what the standbys that count have confirmed.
    case standbysConfirmed(StandbyPositions)
    /// It has released those who waited for that: how many, out of how many queues that it looked through.
    case waitersReleased(count: Int, queues: Int)
    /// On a standby: WAL is on its disk.
    case standbyFlushed(upTo: XLogRecPtr)
    /// On a standby: WAL is replayed.
    case replayed(upTo: XLogRecPtr)
}
