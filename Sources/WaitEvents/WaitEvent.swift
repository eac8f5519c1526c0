/// What a PostgreSQL process may report that it waits for.
///
/// One word per process holds the current event, as `PGPROC.wait_event_info` does; `none` is PostgreSQL's NULL,
/// which means on CPU, ready to run, spinning, or asleep in a call that reports nothing. What each release calls an
/// event is in `name(in:)`.
public enum WaitEvent: UInt8, CaseIterable, Sendable {
    case none = 0
    // Lightweight locks: the event of each tranche.
    case lwLockWALInsert, lwLockWALWrite, lwLockWALBufMapping, lwLockProcArray, lwLockXactSLRU
    case lwLockXidGen, lwLockBufferContent
    // Input and output.
    case ioWALWrite, ioWALSync
    // Another process.
    case ipcProcArrayGroupUpdate, ipcXactGroupUpdate
    // Main loops and clients.
    case activityWalWriterMain, clientRead
    // Timed sleeps. `commit_delay` has no event before release 19, a spinlock's sleep none before 16.
    case timeoutSpinDelay

    // Checkpoints and segments.
    case lwLockControlFile
    case ioWALInitWrite, ioWALInitSync, ioDataFileWrite, ioDataFileSync, ioDataFileFlush, ioControlFileSyncUpdate
    case ipcCheckpointStart, ipcCheckpointDone, ipcCheckpointDelayStart, ipcCheckpointDelayComplete
    case activityCheckpointerMain, activityBgWriterMain
    case timeoutCheckpointWriteDelay

    // Rows.
    case lockTransactionid, lockTuple
    case lwLockLockManager

    // Replication.
    case lwLockSyncRep
    case ipcSyncRep
    case ioWALRead
    case activityWalSenderMain, activityWalReceiverMain, activityRecoveryWalStream
    case ipcRecoveryConflictSnapshot
    case timeoutRecoveryApplyDelay

    // WAL pages that are initialised without a lock, as in release 18's betas.
    case ipcWalBufferInit

    // Autovacuum.
    case activityAutoVacuumMain
    case timeoutVacuumDelay

    /// How many events there are, `none` included: the size of a table indexed by raw value.
    @inlinable public static var count: Int { 43 }
}

/// The class of a wait event, as the `wait_event_type` column shows it.
public enum WaitEventType: String, CaseIterable, Sendable {
    case lwLock = "LWLock"
    /// Release 9.6's two kinds of lightweight lock.
    case lwLockNamed = "LWLockNamed"
    case lwLockTranche = "LWLockTranche"
    case lock = "Lock"
    case io = "IO"
    case ipc = "IPC"
    case activity = "Activity"
    case client = "Client"
    case timeout = "Timeout"
}

/// A wait event's two columns in `pg_stat_activity`.
public struct WaitEventName: Hashable, Sendable {
    /// The `wait_event_type` column, such as `LWLock`.
    public var type: WaitEventType
    /// The `wait_event` column, such as `WALWrite`.
    public var event: String

    /// A name spelled out.
    public init(type: WaitEventType, event: String) {
        self.type = type
        self.event = event
    }
}

extension WaitEventName: CustomStringConvertible {
    /// `LWLock:WALWrite`, as documents and timelines write it.
    public var description: String { "\(type.rawValue):\(event)" }
}
