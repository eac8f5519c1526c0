/// What a statement does with a table.
public struct TableAccessSpec: Sendable, Equatable {
    /// What it does with the row.
    public enum Kind: String, Sendable, CaseIterable { case select, update, insert }
    /// What it does.
    public var kind: Kind
    /// The table's name.
    public var table: String
    /// True: the row that this session's last statement on the table touched, as an account that is read after its
    /// update.
    public var sameRow: Bool

    /// Everything spelled out.
    public init(_ kind: Kind, table: String, sameRow: Bool = false) {
        self.kind = kind
        self.table = table
        self.sameRow = sameRow
    }
}

/// The same with the table's number.
struct TableAccess: BitwiseCopyable {
    let kind: Kind
    let table: Int
    let sameRow: Bool

    enum Kind: BitwiseCopyable { case select, update, insert }

    init(_ spec: TableAccessSpec, table: Int) {
        kind =
            switch spec.kind {
            case .select: .select
            case .update: .update
            case .insert: .insert
            }
        self.table = table
        sameRow = spec.sameRow
    }
}

extension ServerProcess {
    /// Does what a statement does with its table.
    func perform(_ access: TableAccess) {
        let table = server.relations.tables[access.table]
        let session = server.relations.session(of: number, table: access.table)
        if !access.sameRow, access.kind != .insert {
            session.pointee.row = table.row(nextRowNumber())
            session.pointee.updatedBy = 0
        }
        switch access.kind {
        case .select: heap_fetch(table, session.pointee.row)
        case .update:
            if heap_update(table, session.pointee.row) {
                session.pointee.updatedBy = xid
                return
            }
            AbortTransaction()
            isAborted = true
        case .insert: heap_insert(table)
        }
    }

    /// The next of this process's random numbers that choose rows, evenly distributed over 0 ..< 2^64 (SplitMix64:
    /// Steele, Lea, Flood, 2014). They are apart from the machine's, so that a longer wait changes no row.
    func nextRowNumber() -> UInt64 {
        if rowSequence == 0 { rowSequence = UInt64(machine.random() * 0x1p63) | 1 }
        rowSequence &+= 0x9E37_79B9_7F4A_7C15
        var mixed = rowSequence
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// What a row of a table is in locks: the rows of statements that only name a table have other numbers.
    func lockTag(_ row: Int, of table: HeapTable) -> RowID { RowID(table: -1 - table.number, row: row) }
}
