import WaitEvents

/// Where the algorithms differ between releases: the one place that says so. Names of wait events differ too;
/// those are in `WaitEvent.name(in:)`.
public struct ReleaseTraits: Sendable {
    /// 17: the write, flush and insert results are atomics. Before: under info_lck.
    public let resultsAreAtomic: Bool
    /// Before 17 `insertingAt` is read and written under the insertion lock's wait-list lock; then it is an atomic.
    public let insertingAtUnderWaitListLock: Bool
    /// 17: WaitXLogInsertionsToFinish returns at once if `logInsertResult` already covers the request.
    public let hasLogInsertResult: Bool
    /// Before 17 an asynchronous commit wakes the walwriter once a whole page waits for the flush;
    /// from 17 on once `wal_writer_flush_after` pages do.
    public let nudgesWalWriterPerPage: Bool
    /// 17: the CLOG buffers and their locks come in banks of 16 pages.
    public let clogIsBanked: Bool
    /// 16: a backend asleep in a contended spinlock shows Timeout:SpinDelay.
    public let spinDelayIsReported: Bool
    /// Up to 13 every wait for a latch builds and frees an epoll set, and a signal's handler and a pipe end it.
    public let buildsWaitEventSets: Bool

    /// 17: the redo point is a record of its own, CHECKPOINT_REDO; before, a place between two records.
    public let redoPointHasRecord: Bool
    /// From 14 on the checkpointer sleeps between its writes in a way that a request cuts short, and shows it.
    public let checkpointDelayHasLatch: Bool
    /// Up to 10 the WAL of two checkpoints is kept.
    public let keepsWALOfTwoCheckpoints: Bool
    /// The length of a checkpoint's own record.
    public let checkpointRecordLength: Int
    /// 16: walsenders sleep on a condition variable; before, a flush looks at every slot.
    public let walSendersSleepOnConditionVariable: Bool
    /// 17: walsenders read WAL out of WAL buffers as long as it is there.
    public let walSendersReadBuffers: Bool
    /// 16: a walreceiver sleeps until something is due; before, 100 ms at most.
    public let walReceiverComputesWakeups: Bool
    /// 10: the startup process has a reply sent when it runs out of WAL.
    public let startupForcesReply: Bool

    /// The traits of one release.
    public init(_ release: PostgresRelease) {
        resultsAreAtomic = release >= .v17
        insertingAtUnderWaitListLock = release < .v17
        hasLogInsertResult = release >= .v17
        nudgesWalWriterPerPage = release < .v17
        clogIsBanked = release >= .v17
        spinDelayIsReported = release >= .v16
        redoPointHasRecord = release >= .v17
        checkpointDelayHasLatch = release >= .v15
        keepsWALOfTwoCheckpoints = release < .v15
        checkpointRecordLength = RecordSize.total(mainData: release < .v15 ? 80 : 88)
        buildsWaitEventSets = release < .v15
        walSendersSleepOnConditionVariable = release >= .v16
        walSendersReadBuffers = release >= .v17
        walReceiverComputesWakeups = release >= .v16
        startupForcesReply = release > .v96
    }
}
