/// A leaf of an index. Its content lock protects it.
struct BtreeLeaf: BitwiseCopyable {
    /// Entries, the high key apart, and those of them that belong to old versions of rows.
    var entries: UInt16 = 0
    /// The older of these, and the newest transaction that made one of them old; then the newest few.
    var deadOld: UInt16 = 0
    var deadNew: UInt16 = 0
    var flags: UInt16 = 0
    var deadOldXid: TransactionId = 0
    var deadNewXid: TransactionId = 0

    static var isKnown: UInt16 { 1 }
    static var isSplit: UInt16 { 2 }

    /// An update put a newer version's entry here: the one before belongs to an old version from now on.
    mutating func noteDead(_ xid: TransactionId) {
        deadNew += 1
        deadNewXid = max(deadNewXid, xid)
        if deadNew >= 8 { age() }
    }

    /// The newest dead entries become some of the older ones.
    private mutating func age() {
        deadOld += deadNew
        deadOldXid = max(deadOldXid, deadNewXid)
        deadNew = 0
        deadNewXid = 0
    }

    /// Gives `rightCount` of `total` entries, the new one among them, to a leaf of their own, which is returned. Dead
    /// ones go by halves; rows that are appended leave them all behind, unless there are more than stay.
    mutating func split(rightCount: Int, of total: Int, isAppend: Bool) -> BtreeLeaf {
        age()
        entries = UInt16(total - rightCount)
        let excess = Int(deadOld) - Int(entries)
        let moved = min(max(isAppend ? 0 : Int(deadOld) / 2, excess), rightCount)
        deadOld -= UInt16(moved)
        return BtreeLeaf(
            entries: UInt16(rightCount), deadOld: UInt16(moved), flags: Self.isKnown, deadOldXid: deadOldXid)
    }
}

/// A btree index over a table's rows in the order of loading: handles. A leaf as built holds consecutive rows; one that
/// was split is a list of leaves.
struct BtreeIndex {
    /// The relation's number in its server.
    let relation: Int
    let layout: BtreeLayout
    private let leaves: LazyArray<BtreeLeaf>
    private let splits: UnsafeMutablePointer<[Int: [Piece]]>

    /// A leaf that was built, or split off one, with the first key in it.
    private struct Piece {
        var firstKey: Int
        var block: Int
    }

    init(_ spec: IndexSpec, rows: Int, relation: Int) {
        self.relation = relation
        layout = BtreeLayout(spec, rows: rows)
        leaves = LazyArray(initial: BtreeLeaf(), limit: BufferLimits.blocks(atStart: layout.pages))
        splits = .allocate(capacity: 1)
        splits.initialize(to: [:])
    }

    func deallocate() {
        leaves.deallocate()
        splits.deinitialize(count: 1)
        splits.deallocate()
    }

    func id(_ block: Int) -> PageID { PageID(relation: relation, block: block) }

    /// A leaf, which is as it was built if nobody has looked at it before.
    func leaf(_ block: Int) -> UnsafeMutablePointer<BtreeLeaf> {
        let leaf = leaves.pointer(block)
        if leaf.pointee.flags & BtreeLeaf.isKnown == 0 {
            leaf.pointee = BtreeLeaf(
                entries: UInt16(layout.builtEntries(leaf: block)), flags: BtreeLeaf.isKnown)
        }
        return leaf
    }

    private func builtLeaf(_ key: Int) -> Int { min(key / layout.builtEntries, layout.leaves - 1) }

    /// The leaf that a new entry of a key goes to. Of several leaves full of one key's entries releases up to 11 begin
    /// with the first, later ones go by the row's place to what is nearly always the last.
    func leafBlock(_ key: Int, newestLast: Bool) -> Int {
        let built = builtLeaf(key)
        guard leaf(built).pointee.flags & BtreeLeaf.isSplit != 0 else { return built }
        let pieces = splits.pointee[built]!
        var index = lastPiece(pieces, upTo: key)
        guard !newestLast else { return pieces[index].block }
        while index > 0, pieces[index].firstKey == key { index -= 1 }
        while index + 1 < pieces.count, pieces[index + 1].firstKey == key,
            Int(leaf(pieces[index].block).pointee.entries) >= layout.maxEntries
        {
            index += 1
        }
        return pieces[index].block
    }

    private func lastPiece(_ pieces: [Piece], upTo key: Int) -> Int {
        var low = 0
        var high = pieces.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if pieces[middle].firstKey <= key { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Splits a full leaf for an entry of `key`, which is put in; `newBlock` becomes the right one of the two
    /// (nbtinsert.c, _bt_split): at the middle, or, if new keys come in order, where building would have ended it.
    /// - Parameter takesFirstFit: the first place counts as the middle at which the halves' free spaces differ by no
    ///   more than a sixteenth of a page (nbtinsert.c of releases up to 11, _bt_findsplitloc).
    func split(_ block: Int, for key: Int, newBlock: Int, takesFirstFit: Bool) -> BtreeSplit {
        let built = builtLeaf(key)
        var pieces = splits.pointee[built] ?? [Piece(firstKey: built * layout.builtEntries, block: built)]
        let index = pieces.firstIndex { $0.block == block }!
        let isRightmost = built == layout.leaves - 1 && index + 1 == pieces.count
        let first = pieces[index].firstKey
        let end =
            index + 1 < pieces.count
            ? pieces[index + 1].firstKey : isRightmost ? key + 1 : (built + 1) * layout.builtEntries
        let isAppend = isRightmost && key >= layout.rows
        let left = leaf(block)
        let total = Int(left.pointee.entries) + 1
        let extra = takesFirstFit ? layout.splitTolerance : 0
        let rightCount = isAppend ? max(total - layout.builtEntries, 1) : min((total + extra) / 2, total - 1)
        let firstRight =
            isAppend
            ? max(key - rightCount + 1, first)
            : takesFirstFit ? first + (end - first) * (total - rightCount) / total : first + (end - first + 1) / 2
        leaf(newBlock).pointee = left.pointee.split(rightCount: rightCount, of: total, isAppend: isAppend)
        leaf(built).pointee.flags |= BtreeLeaf.isSplit
        pieces.insert(Piece(firstKey: min(firstRight, end), block: newBlock), at: index + 1)
        splits.pointee[built] = pieces
        // Up to 11 the new entry goes before all others of its key, which the split parts.
        let newIsLeft = key < firstRight || takesFirstFit && !isAppend && key == firstRight
        return BtreeSplit(
            newBlock: newBlock, rightEntries: rightCount, newIsLeft: newIsLeft,
            sibling: sibling(behind: pieces, index + 1, built), parent: layout.leaves + built / layout.childrenPerParent
        )
    }

    /// The leaf to the right of a piece; nil if there is none.
    private func sibling(behind pieces: [Piece], _ index: Int, _ built: Int) -> Int? {
        if index + 1 < pieces.count { return pieces[index + 1].block }
        return built + 1 < layout.leaves ? built + 1 : nil
    }
}

/// What a split did.
struct BtreeSplit {
    let newBlock: Int
    let rightEntries: Int
    let newIsLeft: Bool
    /// The leaf that was the right neighbour before.
    let sibling: Int?
    let parent: Int
}
