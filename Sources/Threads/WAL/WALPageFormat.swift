import Postgres
import WaitEvents

/// How WAL pages begin (access/xlog_internal.h, `XLogPageHeaderData` and `XLogLongPageHeaderData`), seen as
/// little-endian 64-bit words:
///
/// | word | content |
/// |---|---|
/// | 0 | magic (16 bits), flags (16), timeline (32) |
/// | 1 | the page's own position |
/// | 2 | bytes still to come of a record that began on an earlier page |
/// | 3, 4 | first page of a segment only: system identifier; segment size (32), page size (32) |
struct WALPageFormat: Sendable {
    let geometry: WALGeometry
    private let magic: UInt64

    /// Words of 8 bytes in a page.
    static var wordsPerPage: Int { Int(WALFormat.pageSize) / 8 }
    static var timeline: UInt64 { 1 }
    /// XLP_FIRST_IS_CONTRECORD and XLP_LONG_HEADER.
    private static var continuationFlag: UInt64 { 1 }
    private static var longHeaderFlag: UInt64 { 2 }

    init(release: PostgresRelease, segmentSize: UInt64) {
        geometry = WALGeometry(segmentSize: segmentSize)
        magic = Self.magic(release)
    }

    /// XLOG_PAGE_MAGIC.
    private static func magic(_ release: PostgresRelease) -> UInt64 {
        switch release {
        case .v96: 0xD093
        case .v15: 0xD110
        case .v16: 0xD113
        case .v17: 0xD116
        case .v18: 0xD118
        }
    }

    func headerSize(_ pageAddress: XLogRecPtr) -> UInt64 {
        pageAddress % geometry.segmentSize == 0 ? WALFormat.longHeader : WALFormat.shortHeader
    }

    /// Word 0 of a page's header. `isContinued`: the page begins in the middle of a record.
    func leadingWord(_ pageAddress: XLogRecPtr, isContinued: Bool) -> UInt64 {
        let long = headerSize(pageAddress) == WALFormat.longHeader ? Self.longHeaderFlag : 0
        return magic | (long | (isContinued ? Self.continuationFlag : 0)) << 16 | Self.timeline << 32
    }

    /// The last word of a segment's first header.
    var sizesWord: UInt64 { geometry.segmentSize & 0xFFFF_FFFF | WALFormat.pageSize << 32 }

    /// A segment's file name (XLogFileName): timeline, and the segment's number in two parts.
    func fileName(_ segment: UInt64) -> String {
        let segmentsPerID = (1 << 32) / geometry.segmentSize
        return [Self.timeline, segment / segmentsPerID, segment % segmentsPerID].map { part in
            let digits = String(part, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(8 - digits.count, 0)) + digits
        }.joined()
    }
}
