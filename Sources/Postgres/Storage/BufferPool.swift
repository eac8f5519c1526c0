import WaitEvents

/// A page of a relation (buf_internals.h, `BufferTag`).
public struct PageID: Sendable, Hashable {
    /// The relation's number in its server: tables and indexes in the order of the scenario.
    public var relation: Int32
    /// The page's number in the relation, from 0.
    public var block: UInt32

    /// A page by plain numbers.
    @inlinable public init(relation: Int, block: Int) {
        self.relation = Int32(truncatingIfNeeded: relation)
        self.block = UInt32(truncatingIfNeeded: block)
    }
}

/// What shared buffers keep of a relation's pages: of each page its LSN and whether it is dirty, in one word.
struct BufferedRelation<M: Machine> {
    /// The page's LSN with `dirty` in its lowest bit: records end at multiples of 8. 0: as it was when the server
    /// started, older than any redo point. Changed under the page's content lock, held exclusively (`markDirty`, from a
    /// writer that has logged its change) or shared (`markClean`).
    let pages: LazyArray<UInt64>
    /// Content locks; a page has the one of its number modulo their count (`BufferDescriptorGetContentLock`).
    let contentLocks: FixedArray<LWLock<M>>
    /// How many backends have pinned a page that goes with each content lock (`BUF_REFCOUNT_MASK`).
    let pins: FixedArray<M.Word>
    /// How many pages the relation has. Grows under the content lock of the new page (smgr.c, smgrnblocks).
    let blockCount: M.Word
    /// How many of its pages are dirty.
    let dirtyCount: M.Word
    /// How far images of its pages can be compressed.
    let compression: ImageCompression

    static var dirty: UInt64 { 1 }

    func deallocate() {
        pages.deallocate()
        contentLocks.deallocate()
        pins.deallocate()
    }
}

/// Shared buffers (src/backend/storage/buffer/bufmgr.c), as far as WAL is concerned: which pages are dirty, and up to
/// where WAL must be flushed before each may be written. Everything fits: nothing is ever evicted.
///
/// For the checkpointer: `dirtyPages` is what BufferSync begins with, in the order in which it writes. For each of them
/// it takes `contentLock(of:)` shared, asks `isDirty` again, flushes WAL up to `pageLSN(of:)`, writes the page, calls
/// `markClean`, releases the lock. A page that is changed meanwhile gets dirty again by `markDirty`.
struct BufferPool<M: Machine> {
    let relations: FixedArray<BufferedRelation<M>>

    /// - Parameter tables: their relations are numbered in this order, each table's indexes behind it.
    init(_ tables: [TableSpec], factory: inout LWLockFactory<M>, memory: M.Memory) {
        var relations: [BufferedRelation<M>] = []
        for relation in Self.relations(of: tables) {
            let locks = Self.lockCount(blocks: relation.blocks)
            relations.append(
                BufferedRelation(
                    pages: LazyArray(initial: 0, limit: BufferLimits.blocks(atStart: relation.blocks)),
                    contentLocks: FixedArray((0..<locks).map { _ in factory.makeLock(.lwLockBufferContent) }),
                    pins: FixedArray((0..<locks).map { _ in memory.makeWord(0) }),
                    blockCount: memory.makeWord(UInt64(relation.blocks)), dirtyCount: memory.makeWord(0),
                    compression: relation.compression))
        }
        self.relations = FixedArray(relations)
    }

    private static func relations(of tables: [TableSpec]) -> [(blocks: Int, compression: ImageCompression)] {
        tables.flatMap { table in
            [(HeapLayout(table).pages, table.compression)]
                + table.indexes.map { (BtreeLayout($0, rows: table.rows).pages, $0.compression) }
        }
    }

    func deallocate() {
        for relation in relations { relation.deallocate() }
        relations.deallocate()
    }

    /// A big relation's pages share locks, a small one's hardly: there others want the same page at the same time.
    private static func lockCount(blocks: Int) -> Int { blocks > 4096 ? 256 : 64 }

    // MARK: Pages

    @inline(__always)
    func contentLock(of page: PageID) -> LWLock<M> {
        let locks = relations[Int(page.relation)].contentLocks
        return locks[Int(page.block) % locks.count]
    }

    /// How many backends have pinned the page, or one that it shares its lock with.
    @inline(__always)
    func pins(of page: PageID) -> M.Word {
        let pins = relations[Int(page.relation)].pins
        return pins[Int(page.block) % pins.count]
    }

    /// The end of the last record that changed the page; 0 if none has since the server started (bufpage.h,
    /// PageGetLSN).
    @inline(__always)
    func pageLSN(of page: PageID) -> XLogRecPtr {
        relations[Int(page.relation)].pages.load(Int(page.block)) & ~BufferedRelation<M>.dirty
    }

    @inline(__always)
    func isDirty(_ page: PageID) -> Bool {
        relations[Int(page.relation)].pages.load(Int(page.block)) & BufferedRelation<M>.dirty != 0
    }

    /// The page was changed by a record that ends at `end` (bufmgr.c, MarkBufferDirty; bufpage.h, PageSetLSN).
    @inline(__always)
    func markDirty(_ page: PageID, lsn end: XLogRecPtr) {
        let relation = relations[Int(page.relation)]
        let word = relation.pages.pointer(Int(page.block))
        if word.pointee & BufferedRelation<M>.dirty == 0 { _ = relation.dirtyCount.fetchAdd(1) }
        word.pointee = end | BufferedRelation<M>.dirty
    }

    /// The page is on its way to its file as it stands (bufmgr.c, TerminateBufferIO).
    func markClean(_ page: PageID) {
        let relation = relations[Int(page.relation)]
        let word = relation.pages.pointer(Int(page.block))
        guard word.pointee & BufferedRelation<M>.dirty != 0 else { return }
        word.pointee &= ~BufferedRelation<M>.dirty
        _ = relation.dirtyCount.fetchAdd(.max)
    }

    // MARK: All pages

    /// How many pages are dirty.
    var dirtyCount: Int { relations.reduce(0) { $0 + Int($1.dirtyCount.load()) } }

    /// The dirty pages by relation and block (buf_internals.h, the order of ckpt_buforder_comparator).
    var dirtyPages: [PageID] {
        var result: [PageID] = []
        result.reserveCapacity(dirtyCount)
        for (number, relation) in relations.enumerated() where relation.dirtyCount.load() > 0 {
            relation.pages.forEachKept { block, word in
                guard word.pointee & BufferedRelation<M>.dirty != 0 else { return }
                result.append(PageID(relation: number, block: block))
            }
        }
        return result
    }
}
