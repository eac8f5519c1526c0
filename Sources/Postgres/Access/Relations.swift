/// The tables and indexes of a server, and what each session remembers of them.
struct Relations {
    let tables: FixedArray<HeapTable>
    let indexes: FixedArray<BtreeIndex>
    /// What each process remembers of each table: its alone.
    private let sessions: UnsafeMutablePointer<TableSession>

    /// Whether there are any.
    var isEmpty: Bool { tables.isEmpty }

    init(_ specs: [TableSpec], processes: Int) {
        var tables: [HeapTable] = []
        var indexes: [BtreeIndex] = []
        var relation = 0
        for spec in specs {
            let first = indexes.count
            let limit = BufferLimits.blocks(atStart: HeapLayout(spec).pages)
            for (number, index) in spec.indexes.enumerated() {
                indexes.append(BtreeIndex(index, rows: spec.rows, relation: relation + 1 + number))
            }
            tables.append(
                HeapTable(
                    spec, number: tables.count, relation: relation, indexes: first..<indexes.count, blockLimit: limit))
            relation += 1 + spec.indexes.count
        }
        self.tables = FixedArray(tables)
        self.indexes = FixedArray(indexes)
        sessions = .allocate(capacity: max(processes * specs.count, 1))
        sessions.initialize(repeating: TableSession(), count: processes * specs.count)
    }

    func deallocate() {
        for table in tables { table.deallocate() }
        for index in indexes { index.deallocate() }
        tables.deallocate()
        indexes.deallocate()
        sessions.deallocate()
    }

    /// What a process remembers of a table.
    func session(of process: ProcNumber, table: Int) -> UnsafeMutablePointer<TableSession> {
        sessions + (process * tables.count + table)
    }
}

/// What one session remembers of a table.
struct TableSession: BitwiseCopyable {
    /// The page into which it put its last row from elsewhere; -1: none yet (`smgr_targblock`).
    var targetBlock = -1
    /// The row that its last statement on the table touched.
    var row = 0
    /// The transaction in which it updated that row; 0: it has not.
    var updatedBy: TransactionId = 0
}

/// How far relations may grow.
enum BufferLimits {
    /// A count of pages that no relation reaches: 32 GB more than at the start.
    static func blocks(atStart blocks: Int) -> Int { blocks + (4 << 20) }
}
