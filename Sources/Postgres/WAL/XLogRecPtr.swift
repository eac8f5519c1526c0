/// A position in the WAL: an unsigned byte offset (xlogdefs.h).
public typealias XLogRecPtr = UInt64
/// No position (xlogdefs.h, InvalidXLogRecPtr).
let invalidXLogRecPtr: XLogRecPtr = 0
/// A transaction id (c.h). The simulator never wraps it around.
public typealias TransactionId = UInt32

/// The position as PostgreSQL prints it: `1/2C4C84C8` (LSN_FORMAT_ARGS).
public func formatLSN(_ position: XLogRecPtr) -> String {
    [position >> 32, position & 0xFFFF_FFFF].map { String($0, radix: 16, uppercase: true) }.joined(separator: "/")
}

/// Sizes that PostgreSQL is built with, and the page headers' (xlog_internal.h, pg_config.h).
public enum WALFormat {
    /// XLOG_BLCKSZ.
    public static let pageSize: UInt64 = 8192
    /// SizeOfXLogShortPHD: the header of every other page.
    public static let shortHeader: UInt64 = 24
    /// SizeOfXLogLongPHD: the header of a segment's first page.
    public static let longHeader: UInt64 = 40
    /// Records start at multiples of this (MAXIMUM_ALIGNOF).
    public static let alignment: UInt64 = 8

    /// MAXALIGN.
    @inlinable public static func aligned(_ length: Int) -> UInt64 { (UInt64(length) + 7) & ~7 }
    /// The start of the page that holds `position`.
    @inlinable public static func pageStart(_ position: XLogRecPtr) -> XLogRecPtr { position & ~(pageSize - 1) }
    /// The number of the page that holds `position`, counted from 0/0.
    @inlinable public static func pageNumber(_ position: XLogRecPtr) -> UInt64 { position / pageSize }
}

/// Converts between positions in the WAL and counts of usable bytes, which leave the page headers out: on those
/// a reservation is a plain addition (xlog.c, XLogBytePosToRecPtr, XLogBytePosToEndRecPtr, XLogRecPtrToBytePos).
public struct WALGeometry: Sendable {
    /// `wal_segment_size`, in bytes.
    public let segmentSize: UInt64
    /// Usable bytes of a segment (UsableBytesInSegment).
    public let usableBytesInSegment: UInt64

    static let usableInPage = WALFormat.pageSize - WALFormat.shortHeader
    static let usableInFirstPage = WALFormat.pageSize - WALFormat.longHeader
    /// By how much the header of a segment's first page is longer than the others'.
    private static let longerHeader = WALFormat.longHeader - WALFormat.shortHeader

    /// The geometry of a cluster with segments of that many bytes, a power of two.
    public init(segmentSize: UInt64) {
        self.segmentSize = segmentSize
        usableBytesInSegment =
            segmentSize / WALFormat.pageSize * Self.usableInPage - (WALFormat.longHeader - WALFormat.shortHeader)
    }

    /// Where a record that starts at usable byte `bytePos` begins: never inside a page header.
    public func XLogBytePosToRecPtr(_ bytePos: UInt64) -> XLogRecPtr {
        position(bytePos, pageStartIsPosition: false)
    }

    /// Where a record that ends at usable byte `bytePos` ends: a page's start if it filled the page before.
    public func XLogBytePosToEndRecPtr(_ bytePos: UInt64) -> XLogRecPtr {
        position(bytePos, pageStartIsPosition: true)
    }

    private func position(_ bytePos: UInt64, pageStartIsPosition: Bool) -> XLogRecPtr {
        let (segment, rest) = bytePos.quotientAndRemainder(dividingBy: usableBytesInSegment)
        // As if the first page's header were a short one, and what it is longer by had been used.
        let (page, inPage) = (rest &+ Self.longerHeader).quotientAndRemainder(dividingBy: Self.usableInPage)
        let pageStart = segment &* segmentSize &+ page &* WALFormat.pageSize
        if pageStartIsPosition && inPage == (page == 0 ? Self.longerHeader : 0) { return pageStart }
        return pageStart &+ WALFormat.shortHeader &+ inPage
    }

    /// The usable byte at `position`, which must not lie inside a page header.
    public func XLogRecPtrToBytePos(_ position: XLogRecPtr) -> UInt64 {
        let segment = position / segmentSize
        let page = position % segmentSize / WALFormat.pageSize
        let inPage = position % WALFormat.pageSize
        let header = page == 0 ? WALFormat.longHeader : WALFormat.shortHeader
        precondition(inPage == 0 || inPage >= header, "\(formatLSN(position)) lies inside a page header")
        let before = page == 0 ? 0 : Self.usableInFirstPage + (page - 1) * Self.usableInPage
        return segment * usableBytesInSegment + before + (inPage == 0 ? 0 : inPage - header)
    }

    /// The header's size on the page that starts at `pageStart`.
    @inlinable func headerSize(_ pageStart: XLogRecPtr) -> UInt64 {
        pageStart % segmentSize == 0 ? WALFormat.longHeader : WALFormat.shortHeader
    }

    /// The first end of a segment that is not before `position`.
    public func segmentEnd(atOrAfter position: XLogRecPtr) -> XLogRecPtr {
        (position + segmentSize - 1) / segmentSize * segmentSize
    }

    /// The segment that holds the byte before `end` (XLByteToPrevSeg).
    @inlinable func segmentEnding(at end: XLogRecPtr) -> UInt64 { (end - 1) / segmentSize }
}
