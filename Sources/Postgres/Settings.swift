/// `wal_sync_method`: how WAL reaches the device (xlog.c, issue_xlog_fsync).
public enum WALSyncMethod: String, Sendable, CaseIterable {
    case fdatasync
    case fsync
    case fsyncWritethrough = "fsync_writethrough"
    case openDatasync = "open_datasync"
    case openSync = "open_sync"

    /// True if the write call itself makes the data durable and no sync call follows.
    @inlinable public var syncsOnWrite: Bool { self == .openDatasync || self == .openSync }
}

/// `synchronous_commit`: what a commit waits for. Ordered: a later level waits for more.
public enum SynchronousCommit: String, Sendable, CaseIterable, Comparable {
    /// For nothing.
    case off
    /// Until its WAL is durable here.
    case local
    /// Besides, until synchronous standbys have written it.
    case remoteWrite = "remote_write"
    /// Besides, until they have it durably.
    case on
    /// Besides, until they have replayed it.
    case remoteApply = "remote_apply"

    /// Whether `a` waits for less.
    public static func < (a: SynchronousCommit, b: SynchronousCommit) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
}

/// `wal_compression`: how full-page images are compressed (lz4 and zstd from release 15 on).
public enum WALCompression: String, Sendable, CaseIterable {
    case off
    case pglz
    case lz4
    case zstd
}

/// `wal_level`: for whom WAL is written besides the server itself. Ordered: a later level says more.
public enum WALLevel: String, Sendable, CaseIterable, Comparable {
    case minimal
    case replica
    case logical

    /// Whether `a` says less.
    public static func < (a: WALLevel, b: WALLevel) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
}

/// The settings (GUCs) that the simulated server obeys, in PostgreSQL's own units, with PostgreSQL's defaults.
public struct Settings: Sendable, Equatable {
    /// `shared_buffers`, in 8 kB pages. Decides the automatic `wal_buffers`, the CLOG's banks (17 on) and how
    /// long a checkpoint scans.
    public var sharedBuffers = 16_384
    /// `wal_buffers`, in 8 kB pages; -1: automatic.
    public var walBuffers = -1
    /// `wal_segment_size`, in bytes.
    public var walSegmentSize: UInt64 = 16 << 20
    /// `fsync`: whether WAL is made durable at all.
    public var fsync = true
    /// `wal_sync_method`.
    public var walSyncMethod = WALSyncMethod.fdatasync
    /// `synchronous_commit`.
    public var synchronousCommit = SynchronousCommit.on
    /// `commit_delay`, in microseconds.
    public var commitDelay = 0
    /// `commit_siblings`: how many other transactions must be active for `commit_delay` to be slept.
    public var commitSiblings = 5
    /// `wal_writer_delay`, in milliseconds.
    public var walWriterDelay = 200
    /// `wal_writer_flush_after`, in 8 kB pages.
    public var walWriterFlushAfter = 128

    // What is logged.
    /// `wal_level`: running transactions are logged, for standbys, above `minimal`; with `logical` changes of rows can
    /// be read from WAL alone.
    public var walLevel = WALLevel.replica
    /// `full_page_writes`: whether the first change of a page after a checkpoint logs the whole page.
    public var fullPageWrites = true
    /// `wal_compression`: how images of pages are compressed.
    public var walCompression = WALCompression.off
    /// `wal_log_hints`: whether the first hint bit set on a page after a checkpoint logs the whole page.
    public var walLogHints = false

    /// `data_checksums`: hint bits are logged as with `wal_log_hints`, as a torn page would not match its checksum.
    public var dataChecksums = false

    // Checkpoints and segments.
    /// `checkpoint_timeout`, in seconds.
    public var checkpointTimeout = 300
    /// `checkpoint_completion_target`: the share of the time between checkpoints that writing is spread over.
    public var checkpointCompletionTarget = 0.9
    /// `checkpoint_flush_after`, in 8 kB pages; 0: never.
    public var checkpointFlushAfter = 32
    /// `checkpoint_warning`, in seconds; 0: never.
    public var checkpointWarning = 30
    /// `max_wal_size`, in MB.
    public var maxWALSize = 1024
    /// `min_wal_size`, in MB.
    public var minWALSize = 80
    /// `wal_keep_size`, in MB.
    public var walKeepSize = 0
    /// `wal_recycle`: whether segments that are no longer needed are renamed for use to come.
    public var walRecycle = true
    /// `archive_timeout`, in seconds: after how long a segment is ended that is not full; 0: never.
    public var archiveTimeout = 0
    /// `wal_init_zero`: whether a new segment is filled with zeros.
    public var walInitZero = true

    // Replication.
    /// `synchronous_standby_names`, as written.
    public var synchronousStandbyNames = ""
    /// `max_wal_senders`.
    public var maxWALSenders = 10
    /// `wal_sender_timeout`, in milliseconds; 0: never.
    public var walSenderTimeout = 60_000
    /// `wal_receiver_status_interval`, in seconds; 0: no replies but those that are asked for.
    public var walReceiverStatusInterval = 10
    /// `wal_receiver_timeout`, in milliseconds; 0: never.
    public var walReceiverTimeout = 60_000
    /// `recovery_min_apply_delay`, in milliseconds.
    public var recoveryMinApplyDelay = 0

    // Rows and statistics.
    /// `vacuum_defer_cleanup_age`, in transactions: by how much old versions of rows outlive their use (up to 15).
    public var vacuumDeferCleanupAge = 0
    /// `autovacuum`: whether tables are vacuumed. Not PostgreSQL's default: a model of some seconds has no use for it.
    public var autovacuum = false
    /// `autovacuum_naptime`, in seconds: how often it is looked which tables need it.
    public var autovacuumNaptime = 60
    /// `autovacuum_vacuum_threshold`: how many old versions a table may have at any rate.
    public var autovacuumVacuumThreshold = 50
    /// `autovacuum_vacuum_scale_factor`: how many more for each row.
    public var autovacuumVacuumScaleFactor = 0.2
    /// `autovacuum_vacuum_cost_delay`, in milliseconds; 0: no pauses.
    public var autovacuumVacuumCostDelay = 2.0
    /// `deadlock_timeout`, in milliseconds.
    public var deadlockTimeout = 1000

    /// Whether a page's first hint bit after a checkpoint logs it (xlog.h, XLogHintBitIsNeeded).
    var logsHintBits: Bool { walLogHints || dataChecksums }

    /// Whether WAL has to say all that logical decoding needs (xlog.h, XLogLogicalInfoActive).
    var logsForDecoding: Bool { walLevel == .logical }

    /// PostgreSQL's defaults.
    public init() {}

    /// `wal_buffers` as the server uses it: automatic is 1/32 of shared_buffers, at least 8 pages and at most one
    /// segment; an explicit value is at least 4 pages (xlog.c, XLOGChooseNumBuffers and check_wal_buffers).
    public var effectiveWALBuffers: Int {
        let segmentPages = Int(walSegmentSize / WALFormat.pageSize)
        return walBuffers == -1 ? min(max(sharedBuffers / 32, 8), segmentPages) : max(walBuffers, 4)
    }
}
