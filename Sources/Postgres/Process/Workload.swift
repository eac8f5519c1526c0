import SimTime
import WaitEvents

/// A transaction as backends execute it.
public struct Transaction: Sendable {
    /// The name by which scenarios refer to it.
    public let name: String
    /// Its statements in order.
    public let statements: [Statement]
    /// How many round trips its statements take, BEGIN and COMMIT not counted.
    public var executions: Int { statements.reduce(0) { $0 + $1.times } }
}

/// A statement as backends execute it.
public struct Statement: Sendable {
    /// How often it is executed in a row.
    public let times: Int
    /// CPU besides that of records; nil: the machine's cost of executing a statement.
    let cpu: Nanoseconds?
    /// The rows that it updates, in the workload's list of all.
    let rows: Range<Int>
    /// Its records, in the workload's list of all.
    let records: Range<Int>
    /// What it does with a table; nil: nothing.
    let access: TableAccess?
}

/// A table of whose rows a statement updates one, any with the same probability.
struct RowChoice: Sendable {
    let table: Int
    let count: Int
}

/// One WAL record of a statement.
struct RecordWrite: Sendable {
    let type: Int
    let length: Int
    let cpu: Nanoseconds
    /// Index of the shared page that the record changes; nil for a page of the backend's own.
    let page: Int?
    /// Written at every `every`-th execution on the server, counted by counter `counter`.
    let every: UInt64
    let counter: Int
}

/// The transactions of a scenario with names turned into numbers.
struct Workload: Sendable {
    /// The number of the commit record's type.
    static let commitRecordType = 0

    private(set) var transactions: [Transaction] = []
    /// The records of all statements, those of one statement side by side.
    private(set) var records: [RecordWrite] = []
    private(set) var recordTypes: [String]
    /// Where among these the types are that PostgreSQL's own code writes.
    private(set) var typeNumbers: [Int] = []
    private(set) var pageNames: [String] = []
    /// The rows of all statements, those of one statement side by side.
    private(set) var rowChoices: [RowChoice] = []
    private(set) var tableNames: [String] = []
    private(set) var counters = 0

    init(_ specs: [TransactionSpec], _ tables: [TableSpec], _ release: PostgresRelease) {
        recordTypes = [RecordType.commit.name(in: release)]
        for spec in specs {
            var statements: [Statement] = []
            for statement in spec.statements {
                let first = records.count
                for record in statement.records { records.append(convert(record)) }
                let firstRow = rowChoices.count
                for choice in statement.rows { rowChoices.append(convert(choice)) }
                let access = statement.access.map { access in
                    TableAccess(access, table: tables.firstIndex { $0.name == access.table }!)
                }
                statements.append(
                    Statement(
                        times: statement.times, cpu: statement.cpu, rows: firstRow..<rowChoices.count,
                        records: first..<records.count, access: access))
            }
            transactions.append(Transaction(name: spec.name, statements: statements))
        }
        for type in RecordType.allCases {
            typeNumbers.append(Self.index(of: type.name(in: release), in: &recordTypes))
        }
    }

    private mutating func convert(_ spec: RowChoiceSpec) -> RowChoice {
        RowChoice(table: Self.index(of: spec.table, in: &tableNames), count: spec.count)
    }

    private mutating func convert(_ spec: RecordSpec) -> RecordWrite {
        counters += 1
        return RecordWrite(
            type: Self.index(of: spec.type, in: &recordTypes), length: spec.length, cpu: spec.cpu,
            page: spec.page.map { Self.index(of: $0, in: &pageNames) }, every: UInt64(spec.every),
            counter: counters - 1)
    }

    private static func index(of name: String, in names: inout [String]) -> Int {
        if let index = names.firstIndex(of: name) { return index }
        names.append(name)
        return names.count - 1
    }
}

/// The statements of a workload in the form that backends read at each execution.
struct Program {
    /// Where each transaction's statements begin.
    let firstStatements: FixedArray<Int>
    let statements: FixedArray<Statement>
    let records: FixedArray<RecordWrite>
    let rowChoices: FixedArray<RowChoice>

    init(_ workload: Workload) {
        var first: [Int] = []
        var count = 0
        for transaction in workload.transactions {
            first.append(count)
            count += transaction.statements.count
        }
        firstStatements = FixedArray(first)
        statements = FixedArray(workload.transactions.flatMap(\.statements))
        records = FixedArray(workload.records)
        rowChoices = FixedArray(workload.rowChoices)
    }

    func deallocate() {
        firstStatements.deallocate()
        statements.deallocate()
        records.deallocate()
        rowChoices.deallocate()
    }

    @inline(__always)
    func statement(_ index: Int, of transaction: Int) -> Statement { statements[firstStatements[transaction] + index] }
}

/// Pages that all backends change, and counters that decide which execution writes a record.
struct SharedPages<M: Machine> {
    /// Each page's content lock (buf_internals.h, BufferDescriptorGetContentLock).
    let contentLocks: FixedArray<LWLock<M>>
    let counters: FixedArray<M.Word>

    init(_ workload: Workload, factory: inout LWLockFactory<M>, memory: M.Memory) {
        contentLocks = FixedArray(workload.pageNames.map { _ in factory.makeLock(.lwLockBufferContent) })
        counters = FixedArray((0..<workload.counters).map { _ in memory.makeWord(0) })
    }
}
