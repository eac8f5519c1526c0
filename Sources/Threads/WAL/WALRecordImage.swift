import Postgres

/// The bytes of a WAL record as little-endian 64-bit words, laid out as access/xlogrecord.h does:
///
/// | word | content |
/// |---|---|
/// | 0 | total length (32 bits), transaction id (32) |
/// | 1 | where the record before begins |
/// | 2 | record type (16), whether it takes the rest of its segment (16), checksum (32) |
/// | 3... | payload, made up from the record's start; the last word is zero beyond the record's end |
struct WALRecordImage {
    let record: XLogRecord

    /// Words of the fixed header.
    static var headerWords: Int { RecordSize.header / 8 }
    var wordCount: Int { Self.wordCount(length: record.length) }

    static func wordCount(length: Int) -> Int { Int(WALFormat.aligned(length)) / 8 }

    /// A word of the record.
    func word(_ index: Int) -> UInt64 {
        switch index {
        case 0: UInt64(UInt32(record.length)) | UInt64(record.xid) << 32
        case 1: record.previous
        case 2: typeAndFlag | UInt64(checksum) << 32
        default: payload(index)
        }
    }

    /// Differs from word to word and from record to record, so that a word out of place is found.
    private func payload(_ index: Int) -> UInt64 {
        let value = (record.start &+ UInt64(index)) &* 0x9e37_79b9_7f4a_7c15
        let bytesBeyond = max((index + 1) * 8 - record.length, 0)
        return value & (.max >> (8 * UInt64(bytesBeyond)))
    }

    private var typeAndFlag: UInt64 { UInt64(record.type) | (record.endsSegment ? Self.endsSegment : 0) }
    /// In word 2.
    static var endsSegment: UInt64 { 1 << 16 }

    private var checksum: UInt32 {
        var sum = WALRecordChecksum(start: record.start)
        sum.add(word(0))
        sum.add(word(1))
        sum.add(typeAndFlag)
        for index in Self.headerWords..<wordCount { sum.add(payload(index)) }
        return sum.value
    }
}

/// The checksum of a record: FNV-1a over 64-bit words, begun with the record's start, so that intact bytes in the wrong
/// place are found too. PostgreSQL's is a CRC-32C.
struct WALRecordChecksum {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    init(start: XLogRecPtr) { add(start) }

    mutating func add(_ word: UInt64) { state = (state ^ word) &* 0x100_0000_01b3 }

    var value: UInt32 { UInt32(truncatingIfNeeded: state ^ state >> 32) }
}
