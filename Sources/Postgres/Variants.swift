/// What hackers of PostgreSQL have tried, or may want to try, in place of what releases do.
public struct Variants: Sendable, Equatable {
    /// How many WAL insertion locks there are (xlog.c, NUM_XLOGINSERT_LOCKS; 8 in every release).
    public var insertionLocks = 8
    /// Whether WAL pages are initialised under WALBufMappingLock, as in every release. Without it each inserter
    /// reserves the page that it initialises by itself, as in the betas of release 18 (taken back before its
    /// candidates).
    public var hasWALBufMappingLock = true

    /// What releases do.
    public init() {}

    /// How many insertion locks a server may have: a process that takes them all must have room to note it.
    public static let insertionLockCounts = 1...128
}
