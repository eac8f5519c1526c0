/// What a heap page holds, as far as free space depends on it (src/include/storage/bufpage.h). A page's content lock
/// protects it.
struct HeapPage: BitwiseCopyable, Equatable {
    /// Line pointers of any kind, and those of them that may be used again (LP_UNUSED).
    var lines: UInt16 = 0
    var unusedLines: UInt16 = 0
    /// Tuples that take room: live ones, and dead ones that are not pruned yet.
    var tuples: UInt16 = 0
    var flags: Flags = []
    /// The first of the page's dead versions in its table's `RowVersions`.
    var versions = RowVersions.none
    /// The oldest transaction whose end may make a version prunable; 0: there is nothing to prune (`pd_prune_xid`).
    var pruneXid: TransactionId = 0

    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt16
        /// The page is not as it was loaded any more, and these fields are kept.
        static let isKnown = Flags(rawValue: 1)
        /// An update found no room here (PD_PAGE_FULL).
        static let isFull = Flags(rawValue: 2)
        /// Old versions came that nobody may have set the hint bits of.
        static let lacksHints = Flags(rawValue: 4)
    }

    /// Bytes that a new tuple may have, one for which there is no line pointer yet included (PageGetHeapFreeSpace).
    func freeSpace(_ layout: HeapLayout) -> Int {
        if lines >= PageLayout.maxHeapLines && unusedLines == 0 { return 0 }
        return max(PageLayout.size - usedSpace(layout) - PageLayout.line, 0)
    }

    /// Bytes of the page without its hole.
    func usedSpace(_ layout: HeapLayout) -> Int {
        PageLayout.header + Int(lines) * PageLayout.line + Int(tuples) * layout.alignedLength
    }

    /// Puts a tuple on the page (PageAddItem).
    mutating func addTuple() {
        if unusedLines > 0 { unusedLines -= 1 } else { lines += 1 }
        tuples += 1
    }

    /// Notes that the end of `xid` may leave something to prune (PageSetPrunable).
    mutating func setPrunable(_ xid: TransactionId) {
        if pruneXid == 0 || xid < pruneXid { pruneXid = xid }
    }
}
