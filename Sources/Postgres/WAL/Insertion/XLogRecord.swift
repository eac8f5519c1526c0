/// A WAL record on its way into the WAL: what the machine needs to copy it.
public struct XLogRecord: Sendable {
    /// Total length in bytes, header included, not padded (`xl_tot_len`).
    public var length: Int
    /// The transaction that writes it; 0 for none.
    public var xid: TransactionId
    /// Index into the server's record types.
    public var type: Int
    /// How many full-page images are in it.
    public var images = 0
    /// Their bytes, compressed if they are, without their headers.
    public var imageBytes = 0
    /// Whether everything from its end to that of its segment goes with it (XLOG_SWITCH).
    public var endsSegment = false
    /// Where the record starts.
    public var start: XLogRecPtr = 0
    /// Where the record before it starts (`xl_prev`).
    public var previous: XLogRecPtr = 0

    /// A record of `length` bytes.
    public init(type: Int, length: Int, xid: TransactionId) {
        self.type = type
        self.length = length
        self.xid = xid
    }
}

/// Lengths of records by their parts (xlogrecord.h, xloginsert.c XLogRecordAssemble; xact.c XactLogCommitRecord).
public enum RecordSize {
    /// The fixed header (SizeOfXLogRecord).
    public static let header = 24
    /// A block reference that names its relation.
    public static let blockReference = 20
    /// A reference to the relation of the reference before.
    public static let sameRelationReference = 8
    /// The header of main data up to 255 bytes.
    public static let shortMainData = 2
    /// The header of longer main data.
    public static let longMainData = 5
    /// An image's own header.
    public static let imageHeader = 5
    /// What a compressed image with a hole adds.
    public static let compressedHole = 2
    /// An ABORT: header and the time stamp.
    public static let abort = total(mainData: 8)

    /// A COMMIT: the time stamp, and a word of flags (`xl_xact_xinfo`) if there is one to set.
    /// - Parameters:
    ///   - asksForReply: a flag for standbys (`synchronous_commit = remote_apply`).
    ///   - namesDatabase: a flag, and the database and its tablespace (`xl_xact_dbinfo`; `wal_level = logical`).
    public static func commit(asksForReply: Bool = false, namesDatabase: Bool = false) -> Int {
        total(mainData: 8 + (asksForReply || namesDatabase ? 4 : 0) + (namesDatabase ? 8 : 0))
    }

    /// The length of a record with `blocks` block references to distinct relations.
    public static func total(mainData: Int, blocks: Int = 0, sameRelationBlocks: Int = 0, blockData: Int = 0) -> Int {
        let main = mainData == 0 ? 0 : mainData + (mainData <= 255 ? shortMainData : longMainData)
        return header + blocks * blockReference + sameRelationBlocks * sameRelationReference + blockData + main
    }

    /// xlog SWITCH: a header alone.
    static let xlogSwitch = header

    /// heap LOCK: no block data.
    public static let heapLock = total(mainData: heapLockMainData, blocks: 1)

    /// Main data of heap INSERT, LOCK, and UPDATE and HOT_UPDATE (SizeOfHeapInsert, SizeOfHeapLock, SizeOfHeapUpdate).
    static let heapInsertMainData = 3
    static let heapLockMainData = 8
    static let heapUpdateMainData = 14
    /// Main data of btree INSERT_LEAF and INSERT_UPPER (SizeOfBtreeInsert).
    static let btreeInsertMainData = 2
    /// Block data of a HOT_UPDATE that changes a few bytes of a row: what the versions have in common at their start
    /// and end is left out. Measured: 71 to 74 bytes in all, 72.05 on average.
    static let hotUpdateData = 12
    /// A new tuple in a record: a digest of its header, and what follows the header.
    static func loggedTuple(_ tupleLength: Int) -> Int {
        PageLayout.loggedTupleHeader + tupleLength - PageLayout.tupleHeader
    }

    /// standby RUNNING_XACTS with `count` transaction ids (MinSizeOfXactRunningXacts).
    public static func runningTransactions(_ count: Int) -> Int { total(mainData: 24 + 4 * count) }
}
