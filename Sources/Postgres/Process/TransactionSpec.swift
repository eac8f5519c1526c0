import SimTime

/// A transaction: statements in order. More than one statement is framed by BEGIN and COMMIT of their own.
public struct TransactionSpec: Sendable {
    /// The name by which scenarios refer to it.
    public var name: String
    /// Its statements in order.
    public var statements: [StatementSpec]

    /// Everything spelled out.
    public init(
        name: String, statements: [StatementSpec]
    ) {
        self.name = name
        self.statements = statements
    }
}

/// One statement, one round trip: CPU, then its WAL records.
public struct StatementSpec: Sendable {
    /// The name by which scenarios refer to it.
    public var name: String
    /// How often the statement runs in a row (each with a round trip of its own).
    public var times: Int
    /// Execution CPU besides the records'; nil: the host's cost of `execute`.
    public var cpu: Nanoseconds?
    /// The rows that it updates, one of each entry, and holds until its transaction ends.
    public var rows: [RowChoiceSpec]
    /// The WAL records that it writes, in order.
    public var records: [RecordSpec]
    /// What it does with a table, whose records follow from the state of its pages; nil: nothing.
    public var access: TableAccessSpec?

    /// Everything spelled out.
    public init(
        name: String, times: Int, cpu: Nanoseconds?, rows: [RowChoiceSpec] = [], records: [RecordSpec],
        access: TableAccessSpec? = nil
    ) {
        self.access = access
        self.name = name
        self.times = times
        self.cpu = cpu
        self.rows = rows
        self.records = records
    }
}

/// One row of a table, chosen at random at each execution.
public struct RowChoiceSpec: Sendable {
    /// The table, shared by all statements that name it.
    public var table: String
    /// How many rows it has; each is as likely as any other.
    public var count: Int

    /// Everything spelled out.
    public init(table: String, count: Int) {
        self.table = table
        self.count = count
    }
}

/// WAL records of one type that a statement writes.
public struct RecordSpec: Sendable {
    /// Such as `Heap/INSERT`.
    public var type: String
    /// Total record length in bytes, header included.
    public var length: Int
    /// The record is written at every `every`-th execution over the whole server (a sequence logs 32 values ahead).
    public var every: Int
    /// CPU spent on the page besides the insertion of the record, under the page's content lock.
    public var cpu: Nanoseconds
    /// The page whose content lock is held: none, or the name of a page that all backends share.
    public var page: String?

    /// Everything spelled out.
    public init(
        type: String, length: Int, every: Int, cpu: Nanoseconds, page: String?
    ) {
        self.type = type
        self.length = length
        self.every = every
        self.cpu = cpu
        self.page = page
    }
}
