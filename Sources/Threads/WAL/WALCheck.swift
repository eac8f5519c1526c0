import Postgres
import WaitEvents

/// What a walk through a run's segment files found.
public struct WALCheck: Sendable {
    /// Where the WAL begins.
    public var start: XLogRecPtr
    /// The end of the last record that is whole, linked to all before it.
    public var end: XLogRecPtr
    /// Whole records.
    public var records = 0
    /// Their lengths, headers included and padding not, in bytes.
    public var recordBytes: UInt64 = 0
    /// Where the commit records among them end, in ascending order.
    public var commitEnds: [XLogRecPtr] = []
    /// What stands at `end` instead of a record.
    public var stopReason = ""

    /// The number that `Server.recordTypes` gives a commit record's type.
    static let commitRecordType = 0
}

/// Walks the WAL in `directory` from its start to the first place where no whole record stands, and checks every page
/// header, record link and checksum on the way.
///
/// Where the walk ends is for the caller to judge: behind the durable position a file may hold half a record.
/// - Parameters:
///   - release: the release that wrote it, which the page headers tell.
///   - segmentSize: `wal_segment_size`, in bytes.
/// - Throws: `ThreadRunError.file` if a file cannot be read.
public func verifyWAL(directory: String, release: PostgresRelease, segmentSize: UInt64) throws -> WALCheck {
    let format = WALPageFormat(release: release, segmentSize: segmentSize)
    let reader = WALReader(directory: directory, format: format)
    var check = WALCheck(start: reader.position, end: reader.position)
    while let record = try reader.next() {
        check.records += 1
        check.recordBytes += UInt64(record.length)
        if record.type == WALCheck.commitRecordType { check.commitEnds.append(record.end) }
    }
    check.end = reader.position
    check.stopReason = reader.stopReason
    return check
}
