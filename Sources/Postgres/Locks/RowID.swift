/// One row, whatever page its versions are on: what stands in PostgreSQL's lock tags as relation and tuple identifier.
public struct RowID: Sendable, Hashable {
    /// The table's number in its server.
    public let table: Int32
    /// The row's number in its table.
    public let row: Int64

    /// Everything spelled out.
    public init(table: Int, row: Int) {
        self.table = Int32(truncatingIfNeeded: table)
        self.row = Int64(row)
    }

    /// A number that spreads neighbouring rows (Fibonacci hashing).
    @inline(__always)
    var spread: UInt64 {
        (UInt64(bitPattern: row) ^ UInt64(UInt32(bitPattern: table)) << 40) &* 0x9E37_79B9_7F4A_7C15
    }
}
