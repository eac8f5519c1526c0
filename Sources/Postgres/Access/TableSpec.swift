/// A table as it is when the server starts: freshly loaded and vacuumed, every page clean.
public struct TableSpec: Sendable, Equatable {
    /// The name by which statements refer to it.
    public var name: String
    /// How many rows were loaded.
    public var rows: Int
    /// Bytes of a row's tuple, header included, not aligned (`t_len`).
    public var tupleLength: Int
    /// `fillfactor`, in per cent: how far loading and rows from elsewhere fill a page.
    public var fillfactor: Int
    /// Which rows statements touch.
    public var access: RowAccess
    /// Its indexes, none of them on a column that updates change.
    public var indexes: [IndexSpec]
    /// How far images of its pages can be compressed.
    public var compression: ImageCompression

    /// Everything spelled out.
    public init(
        name: String, rows: Int, tupleLength: Int, fillfactor: Int = 100, access: RowAccess = .uniform(rows: 1),
        indexes: [IndexSpec] = [], compression: ImageCompression = .heap
    ) {
        self.name = name
        self.rows = rows
        self.tupleLength = tupleLength
        self.fillfactor = fillfactor
        self.access = access
        self.indexes = indexes
        self.compression = compression
    }

    /// How many rows a number of pages holds as loaded.
    public func rows(onPages pages: Int) -> Int { HeapLayout(self).rowsPerPage * pages }
}

/// A btree index as it is when the server starts: freshly built.
public struct IndexSpec: Sendable, Equatable {
    /// The index's name.
    public var name: String
    /// Bytes of an entry, header included: 16 for one integer.
    public var tupleLength: Int
    /// `fillfactor`, in per cent: how far building the index filled its leaves.
    public var fillfactor: Int
    /// How far images of its pages can be compressed.
    public var compression: ImageCompression

    /// Everything spelled out.
    public init(name: String, tupleLength: Int = 16, fillfactor: Int = 90, compression: ImageCompression = .index) {
        self.name = name
        self.tupleLength = tupleLength
        self.fillfactor = fillfactor
        self.compression = compression
    }
}

/// Which rows of a table statements touch, by their number in the order of loading.
public struct RowAccess: Sendable, Equatable {
    /// Consecutive rows that are equally likely.
    public struct Range: Sendable, Equatable {
        /// The number behind the last row.
        public var end: Int
        /// The probability of this range and all before it.
        public var cumulative: Double

        /// A range that begins where the one before ends.
        public init(end: Int, cumulative: Double) {
            self.end = end
            self.cumulative = cumulative
        }
    }

    /// Ranges in order; the last one's cumulative probability is 1. Empty: one row after the other.
    public var ranges: [Range]

    /// A distribution by ranges.
    public init(ranges: [Range]) { self.ranges = ranges }

    /// Every row is as likely.
    public static func uniform(rows: Int) -> RowAccess { RowAccess(ranges: [Range(end: rows, cumulative: 1)]) }
    /// One row after the other; new rows go behind the last in the order of every index.
    public static let append = RowAccess(ranges: [])
}
