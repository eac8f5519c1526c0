/// What a PostgreSQL process may report that it waits for.
///
/// One word per process holds the current event, as `PGPROC.wait_event_info` does; `none` is PostgreSQL's NULL,
/// which means on CPU, ready to run, spinning, or asleep in a call that reports nothing.
/// Source of the names: src/backend/utils/activity/wait_event_names.txt (17) and wait_event.c (15, 16).
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

    /// How many events there are, `none` included: the size of a table indexed by raw value.
    @inlinable public static var count: Int { 15 }
}

/// The class of a wait event, as the `wait_event_type` column shows it.
public enum WaitEventType: String, CaseIterable, Sendable {
    case lwLock = "LWLock"
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

    /// `LWLock:WALWrite`, as documents and timelines write it.
    public var description: String { "\(type.rawValue):\(event)" }
}

extension WaitEvent {
    /// The columns that `release` shows for this event; nil for `none` and for sleeps that the release does not report.
    public func name(in release: PostgresRelease) -> WaitEventName? {
        switch self {
        case .none: nil
        case .lwLockWALInsert: WaitEventName(type: .lwLock, event: "WALInsert")
        case .lwLockWALWrite: WaitEventName(type: .lwLock, event: "WALWrite")
        case .lwLockWALBufMapping: WaitEventName(type: .lwLock, event: "WALBufMapping")
        case .lwLockProcArray: WaitEventName(type: .lwLock, event: "ProcArray")
        case .lwLockXactSLRU: WaitEventName(type: .lwLock, event: "XactSLRU")
        case .lwLockXidGen: WaitEventName(type: .lwLock, event: "XidGen")
        case .lwLockBufferContent: WaitEventName(type: .lwLock, event: "BufferContent")
        // Release 17 generates every name but those of locks from upper-case words: WAL became Wal.
        case .ioWALWrite: WaitEventName(type: .io, event: release >= .v17 ? "WalWrite" : "WALWrite")
        case .ioWALSync: WaitEventName(type: .io, event: release >= .v17 ? "WalSync" : "WALSync")
        case .ipcProcArrayGroupUpdate:
            WaitEventName(type: .ipc, event: release >= .v17 ? "ProcarrayGroupUpdate" : "ProcArrayGroupUpdate")
        case .ipcXactGroupUpdate: WaitEventName(type: .ipc, event: "XactGroupUpdate")
        case .activityWalWriterMain: WaitEventName(type: .activity, event: "WalWriterMain")
        case .clientRead: WaitEventName(type: .client, event: "ClientRead")
        case .timeoutSpinDelay: release >= .v16 ? WaitEventName(type: .timeout, event: "SpinDelay") : nil
        }
    }
}
