import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite("Reading WAL back")
struct WALReaderTests {
    private let directory: TemporaryDirectory
    private let format = WALPageFormat(release: .v16, segmentSize: 1 << 20)

    init() throws { directory = try TemporaryDirectory() }

    /// Writes records one after the other through WAL buffers of `pages` pages, as one backend alone would.
    private func write(lengths: [Int], pages: Int) throws -> [XLogRecPtr] {
        let geometry = format.geometry
        let buffers = WALBuffers(pages: pages, format: format, systemIdentifier: 7)
        var bytePos = geometry.XLogRecPtrToBytePos(geometry.segmentSize)
        var previous = geometry.XLogBytePosToRecPtr(0)
        for page in 0..<pages {
            buffers.initializePage(slot: page, address: geometry.segmentSize + UInt64(page) * WALFormat.pageSize)
        }
        var starts: [XLogRecPtr] = []
        for length in lengths {
            var record = XLogRecord(type: 1, length: length, xid: 3)
            record.start = geometry.XLogBytePosToRecPtr(bytePos)
            record.previous = previous
            copy(record, to: buffers)
            starts.append(record.start)
            previous = record.start
            bytePos += WALFormat.aligned(length)
        }
        try save(buffers, pages: pages)
        return starts
    }

    private func copy(_ record: XLogRecord, to buffers: WALBuffers) {
        var position = record.start
        var copied = 0
        while copied < record.length {
            let slot = Int((position - format.geometry.segmentSize) / WALFormat.pageSize)
            let count = min(Int(WALFormat.pageSize - position % WALFormat.pageSize), record.length - copied)
            buffers.copy(record, offset: copied, count: count, slot: slot, position: position)
            copied += count
            position += UInt64(count)
            if copied < record.length { position += format.headerSize(position) }
        }
    }

    private func save(_ buffers: WALBuffers, pages: Int) throws {
        let count = pages * Int(WALFormat.pageSize)
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 8)
        defer { bytes.deallocate() }
        buffers.snapshot(firstSlot: 0, pages: pages, into: bytes.baseAddress!)
        let file = open(path, O_CREAT | O_RDWR, 0o600)
        defer { close(file) }
        #expect(pwrite(file, bytes.baseAddress, count, 0) == count)
    }

    private var path: String { "\(directory.path)/\(format.fileName(1))" }

    private func check() throws -> WALCheck {
        try verifyWAL(directory: directory.path, release: .v16, segmentSize: 1 << 20)
    }

    /// Changes one byte of the file.
    private func flip(at offset: UInt64) throws {
        let file = open(path, O_RDWR)
        defer { close(file) }
        var byte: UInt8 = 0
        #expect(pread(file, &byte, 1, off_t(offset)) == 1)
        byte ^= 1
        #expect(pwrite(file, &byte, 1, off_t(offset)) == 1)
    }

    @Test("Records of every length modulo eight and over page ends are read back")
    func roundTrip() throws {
        let lengths = [24, 25, 31, 32, 144, 34, 7_000, 20_000, 24, 8_168, 33]
        let starts = try write(lengths: lengths, pages: 6)
        let check = try check()
        #expect(check.start == format.geometry.segmentSize)
        #expect(starts.first == check.start + WALFormat.longHeader)
        #expect(check.records == lengths.count)
        #expect(check.recordBytes == UInt64(lengths.reduce(0, +)))
        #expect(check.end == starts.last! + 40)
        #expect(check.stopReason == "no record")
    }

    @Test(
        "A changed byte ends the walk at its record",
        arguments: [
            // Each field of the second record's header, its payload, and the tail of a record on another page.
            0, 4, 8, 16, 20, 24, 143, 10_000,
        ])
    func changedRecord(offset: UInt64) throws {
        let starts = try write(lengths: [100, 12_000, 50], pages: 3)
        #expect(try check().records == 3)
        try flip(at: starts[1] - format.geometry.segmentSize + offset)
        let check = try check()
        #expect(check.records == 1)
        #expect(check.end == starts[1])
        #expect(check.stopReason != "no record" && check.stopReason != "")
    }

    @Test("A changed page header ends the walk", arguments: [0, 2, 8, 16])
    func changedHeader(offset: UInt64) throws {
        let starts = try write(lengths: [100, 12_000, 50], pages: 3)
        try flip(at: WALFormat.pageSize + offset)
        let check = try check()
        #expect(check.records == 1)
        #expect(check.end == starts[1])
    }

    @Test("A record in another's place is not believed although its bytes are intact")
    func misplacedRecord() throws {
        let starts = try write(lengths: [64, 64, 64], pages: 1)
        let file = open(path, O_RDWR)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        #expect(pread(file, &bytes, 64, off_t(starts[1] % format.geometry.segmentSize)) == 64)
        #expect(pwrite(file, bytes, 64, off_t(starts[0] % format.geometry.segmentSize)) == 64)
        #expect(try check().records == 0)
    }

    @Test("The WAL of another release is not read")
    func otherRelease() throws {
        _ = try write(lengths: [64], pages: 1)
        let check = try verifyWAL(directory: directory.path, release: .v17, segmentSize: 1 << 20)
        #expect(check.records == 0)
        #expect(check.stopReason == "no header of page 0/100000")
    }

    @Test("Segment files have PostgreSQL's names")
    func names() {
        #expect(format.fileName(1) == "000000010000000000000001")
        #expect(format.fileName(4_096) == "000000010000000100000000")
        let large = WALPageFormat(release: .v16, segmentSize: 16 << 20)
        #expect(large.fileName(0x2C4) == "0000000100000002000000C4")
    }
}
