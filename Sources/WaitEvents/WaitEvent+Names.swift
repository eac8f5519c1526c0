/// The one table of what releases call the events.
///
/// Sources: src/backend/utils/activity/wait_event_names.txt (17, 18), wait_event.c (15, 16), and for 9.6 pgstat.c,
/// lwlocknames.txt and lwlock.c. Release 17 generates every name but those of locks from upper-case words, so that WAL
/// became Wal.
extension WaitEvent {
    /// The columns that `release` shows for this event; nil for `none` and for sleeps that the release does not report.
    ///
    /// An idle session's `Client:ClientRead` is shown for 9.6 too, where PostgreSQL tells it by the `state` column
    /// alone.
    public func name(in release: PostgresRelease) -> WaitEventName? {
        if release == .v96 { return nameIn96 }
        guard let (type, event, generated) = names, release >= since else { return nil }
        return WaitEventName(type: type, event: release >= .v17 ? generated ?? event : event)
    }

    /// The first release of those that report events at all that reports this one.
    private var since: PostgresRelease {
        switch self {
        case .timeoutSpinDelay: .v16
        case .ipcCheckpointDelayStart, .ipcCheckpointDelayComplete: .v17
        default: .v15
        }
    }

    /// Type and event in releases from 15 on, and what 17 and later write if that differs.
    private var names: (WaitEventType, String, String?)? {
        switch self {
        case .none: nil
        case .lwLockWALInsert: (.lwLock, "WALInsert", nil)
        case .lwLockWALWrite: (.lwLock, "WALWrite", nil)
        case .lwLockWALBufMapping: (.lwLock, "WALBufMapping", nil)
        case .lwLockProcArray: (.lwLock, "ProcArray", nil)
        case .lwLockXactSLRU: (.lwLock, "XactSLRU", nil)
        case .lwLockXidGen: (.lwLock, "XidGen", nil)
        case .lwLockBufferContent: (.lwLock, "BufferContent", nil)
        case .lwLockControlFile: (.lwLock, "ControlFile", nil)
        case .lwLockLockManager: (.lwLock, "LockManager", nil)
        case .lwLockSyncRep: (.lwLock, "SyncRep", nil)
        case .lockTransactionid: (.lock, "transactionid", nil)
        case .lockTuple: (.lock, "tuple", nil)
        case .clientRead: (.client, "ClientRead", nil)
        default: otherNames
        }
    }

    private var otherNames: (WaitEventType, String, String?)? {
        switch self {
        case .ioWALWrite: (.io, "WALWrite", "WalWrite")
        case .ioWALSync: (.io, "WALSync", "WalSync")
        case .ioWALInitWrite: (.io, "WALInitWrite", "WalInitWrite")
        case .ioWALInitSync: (.io, "WALInitSync", "WalInitSync")
        case .ioWALRead: (.io, "WALRead", "WalRead")
        case .ioDataFileWrite: (.io, "DataFileWrite", nil)
        case .ioDataFileSync: (.io, "DataFileSync", nil)
        case .ioDataFileFlush: (.io, "DataFileFlush", nil)
        case .ioControlFileSyncUpdate: (.io, "ControlFileSyncUpdate", nil)
        case .ipcProcArrayGroupUpdate: (.ipc, "ProcArrayGroupUpdate", "ProcarrayGroupUpdate")
        case .ipcXactGroupUpdate: (.ipc, "XactGroupUpdate", nil)
        case .ipcCheckpointStart: (.ipc, "CheckpointStart", nil)
        case .ipcCheckpointDone: (.ipc, "CheckpointDone", nil)
        case .ipcCheckpointDelayStart: (.ipc, "CheckpointDelayStart", nil)
        case .ipcCheckpointDelayComplete: (.ipc, "CheckpointDelayComplete", nil)
        case .ipcSyncRep: (.ipc, "SyncRep", nil)
        case .ipcWalBufferInit: (.ipc, "WalBufferInit", nil)
        case .ipcRecoveryConflictSnapshot: (.ipc, "RecoveryConflictSnapshot", nil)
        case .activityWalWriterMain: (.activity, "WalWriterMain", nil)
        case .activityCheckpointerMain: (.activity, "CheckpointerMain", nil)
        case .activityBgWriterMain: (.activity, "BgWriterMain", "BgwriterMain")
        case .activityWalSenderMain: (.activity, "WalSenderMain", nil)
        case .activityWalReceiverMain: (.activity, "WalReceiverMain", nil)
        case .activityRecoveryWalStream: (.activity, "RecoveryWalStream", nil)
        case .timeoutSpinDelay: (.timeout, "SpinDelay", nil)
        case .timeoutCheckpointWriteDelay: (.timeout, "CheckpointWriteDelay", nil)
        case .timeoutRecoveryApplyDelay: (.timeout, "RecoveryApplyDelay", nil)
        case .activityAutoVacuumMain: (.activity, "AutoVacuumMain", "AutovacuumMain")
        case .timeoutVacuumDelay: (.timeout, "VacuumDelay", nil)
        default: nil
        }
    }

    /// Release 9.6 knows locks only.
    private var nameIn96: WaitEventName? {
        switch self {
        case .lwLockWALInsert: WaitEventName(type: .lwLockTranche, event: "wal_insert")
        case .lwLockBufferContent: WaitEventName(type: .lwLockTranche, event: "buffer_content")
        case .lwLockLockManager: WaitEventName(type: .lwLockTranche, event: "lock_manager")
        case .lwLockWALWrite: WaitEventName(type: .lwLockNamed, event: "WALWriteLock")
        case .lwLockWALBufMapping: WaitEventName(type: .lwLockNamed, event: "WALBufMappingLock")
        case .lwLockProcArray: WaitEventName(type: .lwLockNamed, event: "ProcArrayLock")
        case .lwLockXactSLRU: WaitEventName(type: .lwLockNamed, event: "CLogControlLock")
        case .lwLockXidGen: WaitEventName(type: .lwLockNamed, event: "XidGenLock")
        case .lwLockControlFile: WaitEventName(type: .lwLockNamed, event: "ControlFileLock")
        case .lwLockSyncRep: WaitEventName(type: .lwLockNamed, event: "SyncRepLock")
        case .lockTransactionid, .lockTuple, .clientRead: name(in: .v15)
        default: nil
        }
    }
}
