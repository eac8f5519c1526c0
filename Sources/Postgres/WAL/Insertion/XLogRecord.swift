/// A WAL record on its way into the WAL: what the machine needs to copy it.
public struct XLogRecord: Sendable {
    /// Total length in bytes, header included, not padded (`xl_tot_len`).
    public var length: Int
    /// The transaction that writes it; 0 for none.
    public var xid: TransactionId
    /// Index into the server's record types.
    public var type: Int
    /// Full-page images in it, and their bytes, compressed if they are and without their headers.
    public var images = 0
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
    /// A plain COMMIT or ABORT: header and the time stamp.
    public static let commit = total(mainData: 8)
    /// `synchronous_commit = remote_apply` adds a word of flags.
    public static let remoteApplyFlag = 4

    /// The length of a record with `blocks` block references to distinct relations.
    public static func total(mainData: Int, blocks: Int = 0, sameRelationBlocks: Int = 0, blockData: Int = 0) -> Int {
        let main = mainData == 0 ? 0 : mainData + (mainData <= 255 ? shortMainData : longMainData)
        return header + blocks * blockReference + sameRelationBlocks * sameRelationReference + blockData + main
    }

    /// heap INSERT of a tuple of `tupleLength` bytes (main data: SizeOfHeapInsert).
    public static func heapInsert(tupleLength: Int) -> Int {
        total(mainData: 3, blocks: 1, blockData: loggedTuple(tupleLength))
    }

    /// btree INSERT_LEAF of an index tuple (main data: SizeOfBtreeInsert).
    public static func btreeInsertLeaf(tupleLength: Int) -> Int {
        total(mainData: 2, blocks: 1, blockData: tupleLength)
    }

    /// COMMIT with its optional parts, any of which brings the word of flags (xl_xact_subxacts: a count and the ids).
    public static func commit(subtransactions: Int = 0, isRemoteApply: Bool = false) -> Int {
        guard subtransactions > 0 || isRemoteApply else { return commit }
        return total(mainData: 8 + remoteApplyFlag + (subtransactions > 0 ? 4 + 4 * subtransactions : 0))
    }

    /// xlog SWITCH: a header alone.
    static let xlogSwitch = header

    /// heap LOCK: no block data (main data: SizeOfHeapLock).
    public static let heapLock = total(mainData: 8, blocks: 1)

    /// heap UPDATE or HOT_UPDATE: `tupleData` is the digest and what is left of the new tuple after common parts with
    /// the old one are cut off; an update to another page refers to the old one too.
    public static func heapUpdate(tupleData: Int, toOtherPage: Bool) -> Int {
        total(
            mainData: heapUpdateMainData, blocks: 1, sameRelationBlocks: toOtherPage ? 1 : 0, blockData: tupleData)
    }

    /// btree INSERT_UPPER of an index tuple: it refers to the child page too.
    public static func btreeInsertUpper(tupleLength: Int) -> Int {
        total(mainData: 2, blocks: 1, sameRelationBlocks: 1, blockData: tupleLength)
    }

    /// Main data of heap UPDATE and HOT_UPDATE (SizeOfHeapUpdate).
    static let heapUpdateMainData = 14
    /// Block data of a HOT_UPDATE that changes a few bytes of a row: what the versions have in common at their start
    /// and end is left out. Measured: 71 to 74 bytes in all, 72.05 on average.
    static let hotUpdateData = 12
    /// A new tuple in a record: a digest of its header, and what follows the header.
    static func loggedTuple(_ tupleLength: Int) -> Int {
        PageLayout.loggedTupleHeader + tupleLength - PageLayout.tupleHeader
    }
    /// CLOG ZEROPAGE: the page's number in four bytes.
    static let clogZeroPage = total(mainData: 4)

    /// standby RUNNING_XACTS with `count` transaction ids (MinSizeOfXactRunningXacts).
    public static func runningTransactions(_ count: Int) -> Int { total(mainData: 24 + 4 * count) }
}
