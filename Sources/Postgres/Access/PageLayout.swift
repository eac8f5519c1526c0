/// Sizes that decide how much goes on a page (src/include/storage/bufpage.h, access/htup_details.h, access/nbtree.h).
enum PageLayout {
    /// BLCKSZ.
    static let size = 8192
    /// SizeOfPageHeaderData.
    static let header = 24
    /// A line pointer (`ItemIdData`).
    static let line = 4
    /// What btree pages have at their end (`BTPageOpaqueData`).
    static let btreeSpecial = 16
    /// What of a heap tuple's header a record leaves out (SizeofHeapTupleHeader).
    static let tupleHeader = 23
    /// What a record has of it instead (SizeOfHeapHeader).
    static let loggedTupleHeader = 5
    /// MaxHeapTuplesPerPage.
    static let maxHeapLines = 291

    /// MAXALIGN.
    static func aligned(_ length: Int) -> Int { (length + 7) & ~7 }
}

/// How a table's rows lie on its pages.
struct HeapLayout: Equatable {
    /// Bytes of a tuple, and what it takes on a page.
    let tupleLength: Int
    let alignedLength: Int
    /// Bytes that loading, and rows that come from another page, leave free (RelationGetTargetPageFreeSpace).
    let reserve: Int
    let rows: Int
    /// Rows on a page as it was loaded.
    let rowsPerPage: Int

    init(_ spec: TableSpec) {
        tupleLength = spec.tupleLength
        alignedLength = PageLayout.aligned(spec.tupleLength)
        reserve = PageLayout.size * (100 - spec.fillfactor) / 100
        rows = spec.rows
        let room = PageLayout.size - PageLayout.header - reserve
        rowsPerPage = min(max(room / (alignedLength + PageLayout.line), 1), PageLayout.maxHeapLines)
    }

    /// Pages as loaded.
    var pages: Int { (rows + rowsPerPage - 1) / rowsPerPage }

    /// How many rows a page had as it was loaded.
    func loadedRows(block: Int) -> Int { min(max(rows - block * rowsPerPage, 0), rowsPerPage) }
}

/// How an index's entries lie on its leaves.
struct BtreeLayout: Equatable {
    let tupleLength: Int
    /// Entries of a leaf as it was built, and the most that fit; a high key besides.
    let builtEntries: Int
    let maxEntries: Int
    /// Leaves as built.
    let leaves: Int
    let rows: Int
    /// Leaves below one parent, as built (BTREE_NONLEAF_FILLFACTOR is 70).
    let childrenPerParent: Int

    init(_ spec: IndexSpec, rows: Int) {
        tupleLength = PageLayout.aligned(spec.tupleLength)
        let entry = tupleLength + PageLayout.line
        let room = PageLayout.size - PageLayout.header - PageLayout.btreeSpecial
        builtEntries = max((room - PageLayout.size * (100 - spec.fillfactor) / 100) / entry, 1)
        maxEntries = room / entry - 1
        self.rows = rows
        leaves = max((rows + builtEntries - 1) / builtEntries, 1)
        childrenPerParent = max(room * 7 / 10 / entry, 2)
    }

    /// Leaves, their parents, the root and the meta page.
    var pages: Int { leaves + parents + 2 }
    /// Pages of the level above the leaves.
    var parents: Int { (leaves + childrenPerParent - 1) / childrenPerParent }

    /// Entries that a leaf had as it was built.
    func builtEntries(leaf: Int) -> Int { min(max(rows - leaf * builtEntries, 0), builtEntries) }

    /// By how many entries the halves of a split may differ for releases up to 11 to look no further.
    var splitTolerance: Int {
        let room = PageLayout.size - PageLayout.header - PageLayout.btreeSpecial
        return room / 16 / (tupleLength + PageLayout.line)
    }

    /// Bytes of a leaf without its hole.
    func imageLength(entries: Int) -> Int {
        PageLayout.header + PageLayout.btreeSpecial + (entries + 1) * (tupleLength + PageLayout.line)
    }
}
