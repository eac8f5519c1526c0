import Atomics
import Postgres

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The WAL buffers: a ring of pages in memory.
///
/// A page may be on its way to the file while later records are still being copied into it; PostgreSQL relies on the
/// bytes up to the requested position being right whatever happens behind them. Words are therefore atomics, and what
/// goes to the file is a copy. Records are aligned to words, so that no word belongs to two of them.
final class WALBuffers: @unchecked Sendable {
    private typealias Cell = UnsafeAtomic<UInt64>.Storage

    private let format: WALPageFormat
    private let systemIdentifier: UInt64
    private let cells: UnsafeMutablePointer<Cell>
    private let bytes: UnsafeMutableRawPointer

    init(pages: Int, format: WALPageFormat, systemIdentifier: UInt64) {
        self.format = format
        self.systemIdentifier = systemIdentifier
        let size = pages * Int(WALFormat.pageSize)
        bytes = .allocate(byteCount: size, alignment: Int(WALFormat.pageSize))
        memset(bytes, 0, size)
        cells = bytes.bindMemory(to: Cell.self, capacity: size / 8)
    }

    deinit { bytes.deallocate() }

    /// Zeroes a buffer and gives it the header of the page at `address`. Nobody else uses the buffer meanwhile: its old
    /// page is written and its new one not published.
    func initializePage(slot: Int, address: XLogRecPtr) {
        memset(bytes + slot * Int(WALFormat.pageSize), 0, Int(WALFormat.pageSize))
        let first = slot * WALPageFormat.wordsPerPage
        store(format.leadingWord(address, isContinued: false), first)
        store(address, first + 1)
        if format.headerSize(address) == WALFormat.longHeader {
            store(systemIdentifier, first + 3)
            store(format.sizesWord, first + 4)
        }
    }

    /// Copies bytes `offset ..< offset + count` of a record to `position` in the page that `slot` holds. The part of a
    /// record that continues on a new page says so in that page's header (xlog.c, CopyXLogRecordToWAL).
    func copy(_ record: XLogRecord, offset: Int, count: Int, slot: Int, position: XLogRecPtr) {
        let page = WALFormat.pageStart(position)
        let first = slot * WALPageFormat.wordsPerPage
        if offset > 0 {
            store(UInt64(record.length - offset), first + 2)
            store(format.leadingWord(page, isContinued: true), first)
        }
        let image = WALRecordImage(record: record)
        let target = first + Int(position - page) / 8
        let source = offset / 8
        for index in 0..<WALRecordImage.wordCount(length: count) { store(image.word(source + index), target + index) }
    }

    /// Copies whole pages, as they are at this moment, to plain memory.
    func snapshot(firstSlot: Int, pages: Int, into target: UnsafeMutableRawPointer) {
        let first = firstSlot * WALPageFormat.wordsPerPage
        for index in 0..<pages * WALPageFormat.wordsPerPage {
            let word = UnsafeAtomic<UInt64>(at: cells + first + index).load(ordering: .relaxed)
            target.storeBytes(of: word, toByteOffset: index * 8, as: UInt64.self)
        }
    }

    private func store(_ word: UInt64, _ index: Int) {
        UnsafeAtomic<UInt64>(at: cells + index).store(word.littleEndian, ordering: .relaxed)
    }
}
