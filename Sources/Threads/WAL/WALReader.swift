import Postgres

/// A record as it stands in the segment files.
struct WALReadRecord {
    var start: XLogRecPtr
    /// The first byte behind the record and its padding: what PostgreSQL calls the record's end.
    var end: XLogRecPtr
    var length: Int
    var type: Int
}

/// Walks WAL from its start, record by record, and believes nothing: each page's magic, address and continuation, each
/// record's link to the one before and its checksum (xlogreader.c, XLogReadRecord).
final class WALReader {
    let format: WALPageFormat
    /// The end of the last whole record.
    private(set) var position: XLogRecPtr
    /// Why the walk ended at `position`; empty before it did.
    private(set) var stopReason = ""
    private let source: SegmentReader
    /// Where the last whole record begins.
    private var previous: XLogRecPtr
    private let page: UnsafeMutableRawPointer
    /// The address of what is in `page`.
    private var loaded: XLogRecPtr?
    /// The words of the record that is being read.
    private var words: [UInt64] = []

    /// What ends a walk.
    private enum Stop: Error {
        case reason(String)
        case failure(ThreadRunError)
    }

    /// XLogRecordMaxSize: more cannot be a length.
    static let maximumLength = 1020 << 20

    init(directory: String, format: WALPageFormat) {
        self.format = format
        source = SegmentReader(directory: directory, format: format)
        // A cluster's first record is in segment 1 and links to usable byte 0.
        position = format.geometry.segmentSize
        previous = format.geometry.XLogBytePosToRecPtr(0)
        page = .allocate(byteCount: Int(WALFormat.pageSize), alignment: 8)
    }

    deinit { page.deallocate() }

    /// The next record; nil where there is none that is whole, which `stopReason` explains.
    func next() throws(ThreadRunError) -> WALReadRecord? {
        do throws(Stop) {
            return try read()
        } catch {
            switch error {
            case .failure(let failure): throw failure
            case .reason(let reason): stopReason = reason
            }
            return nil
        }
    }

    /// Walks as far as whole records go, reading every page anew.
    func skipToEnd() throws(ThreadRunError) {
        loaded = nil
        while try next() != nil {}
    }

    private func read() throws(Stop) -> WALReadRecord {
        var cursor = position
        try enterPage(&cursor, remaining: 0)
        let start = cursor
        let length = Int(UInt32(truncatingIfNeeded: word(at: start)))
        guard length != 0 else { throw .reason("no record") }
        guard (RecordSize.header...Self.maximumLength).contains(length) else {
            throw .reason("a record length of \(length) bytes (\(RecordSize.header) to \(Self.maximumLength) can be)")
        }
        words.removeAll(keepingCapacity: true)
        let count = WALRecordImage.wordCount(length: length)
        while words.count < count {
            try enterPage(&cursor, remaining: length - words.count * 8)
            words.append(word(at: cursor))
            cursor += 8
        }
        try checkRecord(start)
        // Nothing but zeros follows a switch of segments.
        let endsSegment = words[2] & WALRecordImage.endsSegment != 0
        if endsSegment { cursor = format.geometry.segmentEnd(atOrAfter: cursor) }
        position = cursor
        previous = start
        return WALReadRecord(start: start, end: cursor, length: length, type: Int(UInt16(truncatingIfNeeded: words[2])))
    }

    private func checkRecord(_ start: XLogRecPtr) throws(Stop) {
        guard words[1] == previous else {
            throw .reason("a link to \(formatLSN(words[1])) where \(formatLSN(previous)) comes before")
        }
        var sum = WALRecordChecksum(start: start)
        for (index, word) in words.enumerated() { sum.add(index == 2 ? word & 0xFFFF_FFFF : word) }
        guard sum.value == UInt32(truncatingIfNeeded: words[2] >> 32) else { throw .reason("a wrong checksum") }
    }

    /// Sees to it that the page of `cursor` is loaded. At a page's start it checks that as much of a record continues
    /// there as should, and moves the cursor behind the header.
    private func enterPage(_ cursor: inout XLogRecPtr, remaining: Int) throws(Stop) {
        let address = WALFormat.pageStart(cursor)
        if loaded != address { try load(address) }
        guard cursor == address else { return }
        let isContinued = header(0) == format.leadingWord(address, isContinued: true)
        guard isContinued == (remaining > 0), header(2) == UInt64(remaining) else {
            throw .reason("page \(formatLSN(address)) continues \(header(2)) bytes of a record, not \(remaining)")
        }
        cursor += format.headerSize(address)
    }

    private func load(_ address: XLogRecPtr) throws(Stop) {
        loaded = nil
        let isFound: Bool
        do {
            isFound = try source.read(address, into: page)
        } catch {
            throw .failure(error)
        }
        guard isFound else { throw .reason("no page \(formatLSN(address))") }
        let isKnown = [false, true].contains { header(0) == format.leadingWord(address, isContinued: $0) }
        guard isKnown, header(1) == address else { throw .reason("no header of page \(formatLSN(address))") }
        if format.headerSize(address) == WALFormat.longHeader, header(4) != format.sizesWord {
            throw .reason("the header of page \(formatLSN(address)) has other sizes")
        }
        loaded = address
    }

    /// A word of the loaded page's header.
    private func header(_ index: Int) -> UInt64 {
        UInt64(littleEndian: page.load(fromByteOffset: index * 8, as: UInt64.self))
    }

    /// The word at a position of the loaded page.
    private func word(at position: XLogRecPtr) -> UInt64 { header(Int(position % WALFormat.pageSize) / 8) }
}
