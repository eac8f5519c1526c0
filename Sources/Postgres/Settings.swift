import SimTime

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
public enum SynchronousCommit: String, Sendable, CaseIterable {
    case off
    case local
    case remoteWrite = "remote_write"
    case on
    case remoteApply = "remote_apply"
}

/// The settings (GUCs) that the simulated server obeys, in PostgreSQL's own units, with PostgreSQL's defaults.
public struct Settings: Sendable, Equatable {
    /// `shared_buffers`, in 8 kB pages. Only decides the automatic `wal_buffers`.
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

    /// PostgreSQL's defaults.
    public init() {}

    /// `wal_buffers` as the server uses it: automatic is 1/32 of shared_buffers, at least 8 pages and at most one
    /// segment; an explicit value is at least 4 pages (xlog.c, XLOGChooseNumBuffers and check_wal_buffers).
    public var effectiveWALBuffers: Int {
        let segmentPages = Int(walSegmentSize) / 8192
        return walBuffers == -1 ? min(max(sharedBuffers / 32, 8), segmentPages) : max(walBuffers, 4)
    }
}
