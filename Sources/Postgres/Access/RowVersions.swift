/// A version of a row that an update has made old, and that still takes room on its page.
struct RowVersion: BitwiseCopyable {
    /// The transaction that made the newer one (`t_xmax`).
    var xid: TransactionId
    /// The next version on the same page, and what becomes of this one's line pointer.
    private var link: UInt32

    private static var flagBits: UInt32 { 2 }

    init(xid: TransactionId, isHeapOnly: Bool, leavesPage: Bool) {
        self.xid = xid
        link = (isHeapOnly ? 1 : 0) | (leavesPage ? 2 : 0)
    }

    /// No index entry points to it (HEAP_ONLY_TUPLE).
    var isHeapOnly: Bool { link & 1 != 0 }
    /// The newer version is on another page.
    var leavesPage: Bool { link & 2 != 0 }
    var next: UInt32 {
        get { link >> Self.flagBits }
        set { link = newValue << Self.flagBits | link & 3 }
    }
}

/// The old versions of a table's rows that are not pruned yet: a list for each page, 8 bytes a version.
struct RowVersions {
    /// The end of a list.
    static let none: UInt32 = 0
    /// More would not fit a link.
    static let limit = 1 << 28

    private let versions = LazyArray(
        initial: RowVersion(xid: 0, isHeapOnly: false, leavesPage: false), limit: RowVersions.limit)
    /// The list of places to use again, and the first that was never used.
    private var free = RowVersions.none
    private var used: UInt32 = 1
    /// How many there are in all.
    private(set) var count = 0

    func deallocate() { versions.deallocate() }

    subscript(place: UInt32) -> RowVersion { versions.load(Int(place)) }

    /// Puts a version in front of a list; returns the list's new head.
    mutating func push(_ version: RowVersion, before head: UInt32) -> UInt32 {
        var place = free
        if place == Self.none {
            precondition(used < Self.limit, "more than \(Self.limit) dead row versions that nobody prunes")
            place = used
            used += 1
        } else {
            free = versions.load(Int(place)).next
        }
        count += 1
        let kept = versions.pointer(Int(place))
        kept.pointee = version
        kept.pointee.next = head
        return place
    }

    /// Takes those versions off a list that `isRemovable`; returns the list's new head.
    mutating func remove(from head: UInt32, where isRemovable: (RowVersion) -> Bool) -> UInt32 {
        var newHead = head
        var previous = Self.none
        var place = head
        while place != Self.none {
            let version = versions.load(Int(place))
            let next = version.next
            if isRemovable(version) {
                if previous == Self.none { newHead = next } else { versions.pointer(Int(previous)).pointee.next = next }
                versions.pointer(Int(place)).pointee.next = free
                free = place
                count -= 1
            } else {
                previous = place
            }
            place = next
        }
        return newHead
    }
}
