import WaitEvents

/// Where the algorithms differ between releases: the one place that says so. Names of wait events differ too;
/// those are in `WaitEvent.name(in:)`.
public struct ReleaseTraits: Sendable {
    /// 17: the write, flush and insert results are atomics. Before: under info_lck.
    let resultsAreAtomic: Bool
    /// Before 17 `insertingAt` is read and written under the insertion lock's wait-list lock; then it is an atomic.
    let insertingAtUnderWaitListLock: Bool
    /// 17: WaitXLogInsertionsToFinish returns at once if `logInsertResult` already covers the request.
    let hasLogInsertResult: Bool
    /// Before 17 an asynchronous commit wakes the walwriter once a whole page waits for the flush;
    /// from 17 on once `wal_writer_flush_after` pages do.
    let nudgesWalWriterPerPage: Bool
    /// 17: the CLOG buffers and their locks come in banks of 16 pages.
    let clogIsBanked: Bool
    /// 16: a backend asleep in a contended spinlock shows Timeout:SpinDelay.
    let spinDelayIsReported: Bool
    /// 11: who finds the commit log's lock taken joins a group. Before, everybody takes the lock.
    let hasCLogGroupUpdate: Bool
    /// Before 10: System V semaphores, whose calls take about twice as long as those on a futex.
    let usesSystemVSemaphores: Bool
    /// 14: pg_stat_wal exists.
    public let hasPgStatWAL: Bool
    /// 18: writes and syncs of WAL, and their times, are counted in pg_stat_io and no longer in pg_stat_wal.
    public let countsWALInPgStatIO: Bool
    /// Up to 13 every wait for a latch builds and frees an epoll set, and a signal's handler and a pipe end it.
    let buildsWaitEventSets: Bool

    /// 17: the redo point is a record of its own, CHECKPOINT_REDO; before, a place between two records.
    let redoPointHasRecord: Bool
    /// 10: records of no note are told apart (XLOG_MARK_UNIMPORTANT), so that they alone are no reason for
    /// `archive_timeout` to end a segment, nor for the background writer to log the running transactions.
    let marksUnimportantWAL: Bool
    /// From 14 on the checkpointer sleeps between its writes in a way that a request cuts short, and shows it.
    let checkpointDelayHasLatch: Bool
    /// Up to 10 the WAL of two checkpoints is kept.
    let keepsWALOfTwoCheckpoints: Bool
    /// The length of a checkpoint's own record.
    let checkpointRecordLength: Int
    /// 16: walsenders sleep on a condition variable; before, a flush looks at every slot.
    let walSendersSleepOnConditionVariable: Bool
    /// 17: walsenders read WAL out of WAL buffers as long as it is there.
    let walSendersReadBuffers: Bool
    /// 16: a walreceiver sleeps until something is due; before, 100 ms at most.
    let walReceiverComputesWakeups: Bool
    /// 16: a walreceiver says where it stands as soon as it streams.
    let walReceiverRepliesAtOnce: Bool
    /// 10: the startup process has a reply sent when it runs out of WAL.
    let startupForcesReply: Bool
    /// 12: entries of one key are ordered by their rows' places, so that a new one goes behind the others.
    let indexOrdersByPlace: Bool
    /// Main data of a btree SPLIT record: 13 notes which entry was a posting list.
    let btreeSplitMainData: Int
    /// Up to 11 a leaf is split at the first place that is near its middle.
    let btreeSplitsAtFirstFit: Bool
    /// From 11 on a leaf's split logs the left page's high key; before, it was the right page's first entry.
    let btreeSplitLogsHighKey: Bool
    /// Main data of a btree DELETE record: 16 notes whether the index is a catalog's.
    let btreeDeleteMainData: Int
    /// The length of a CLOG ZEROPAGE record: from 17 on the page's number has eight bytes.
    let clogZeroPageLength: Int
    private let release: PostgresRelease

    /// The traits of one release.
    public init(_ release: PostgresRelease) {
        resultsAreAtomic = release >= .v17
        insertingAtUnderWaitListLock = release < .v17
        hasLogInsertResult = release >= .v17
        nudgesWalWriterPerPage = release < .v17
        clogIsBanked = release >= .v17
        spinDelayIsReported = release >= .v16
        redoPointHasRecord = release >= .v17
        marksUnimportantWAL = release > .v96
        checkpointDelayHasLatch = release >= .v15
        keepsWALOfTwoCheckpoints = release < .v15
        checkpointRecordLength = RecordSize.total(mainData: release < .v15 ? 80 : 88)
        indexOrdersByPlace = release >= .v15
        btreeSplitsAtFirstFit = release < .v15
        btreeSplitLogsHighKey = release >= .v15
        btreeSplitMainData = release >= .v15 ? 10 : 8
        btreeDeleteMainData = release >= .v16 ? 9 : 8
        clogZeroPageLength = RecordSize.total(mainData: release >= .v17 ? 8 : 4)
        hasCLogGroupUpdate = release > .v96
        usesSystemVSemaphores = release == .v96
        hasPgStatWAL = release > .v96
        countsWALInPgStatIO = release >= .v18
        buildsWaitEventSets = release < .v15
        walSendersSleepOnConditionVariable = release >= .v16
        walSendersReadBuffers = release >= .v17
        walReceiverComputesWakeups = release >= .v16
        walReceiverRepliesAtOnce = release >= .v16
        startupForcesReply = release > .v96
        self.release = release
    }

    /// Main and block data of a heap PRUNE record: four bytes for each redirected line pointer, two for others. 16
    /// notes whether the table is a catalog; 17 gives each kind a count of its own and leaves out those that do not
    /// occur.
    func pruneRecord(_ result: PruneResult) -> (mainData: Int, data: Int) {
        let items = 4 * result.redirected + 2 * result.dead + 2 * result.unused
        guard release >= .v17 else { return (release >= .v16 ? 9 : 8, items) }
        let kinds = [result.redirected, result.dead, result.unused].count { $0 > 0 }
        return (6, items + 2 * kinds)
    }
}
