import HostModel
import SimTime

/// The schema of `clients` and `transactions`.
enum WorkloadSchema {
    /// PostgreSQL's largest number of backends (MAX_BACKENDS) less one.
    static let clientLimit: Int64 = 262_142
    /// Longer than any record of the modelled workloads; PostgreSQL's own limit is 1020 MB (XLogRecordMaxSize).
    private static let recordLengths: ClosedRange<Int64> = 24...1_048_576

    static let clients = SchemaType.oneOf([
        .definition(.clientGroup), .list(.definition(.clientGroup), count: 1...1000),
    ])

    static let clientGroup = ObjectSchema(keys: [
        .optional(
            "name", .name, note: "`clients`, in a list `clients 1`, `clients 2`, ...", "Name of the group, for reports."
        ),
        .required(
            "count", .integer(1...clientLimit), "Connections of the group; at most \(clientLimit) over all groups."),
        .optional("load", load, default: "closed", "What makes a connection start a transaction."),
        .optional(
            "think", .distribution, default: .object(["constant": "0s"]),
            "Pause between a reply and the next transaction, with a closed load."),
        .optional(
            "transaction", .name, default: "insert",
            "The transaction that the group runs: a key of `transactions`, or a built-in one."),
        .optional(
            "on", .choice(ClientGroupSpec.Place.allCases.map(\.rawValue)), default: "elsewhere",
            "`server`: pgbench's threads on the server's cores; `elsewhere`: a round trip away."),
        .optional(
            "threads", .integer(1...1024), default: .integer(1),
            "pgbench's `-j`, for clients on the server; at most one thread a connection."),
        .optional(
            "cpuset", .name, note: "every core",
            "The cores of pgbench's threads, for clients on the server: a key of `host.cpusets`."),
    ])

    private static let load = SchemaType.oneOf([
        .choice(["closed"]),
        .object(
            .oneKey([
                .optional(
                    "open",
                    .object(ObjectSchema(keys: [.required("rate", rate, "Transactions a second over the group.")])),
                    "Poisson arrivals; latency counts from the scheduled start."),
                .optional(
                    "profile", .list(.tuple([.anyDuration, .real(0...1e9)]), count: 1...100_000),
                    "Poisson arrivals with a piecewise constant rate: pairs of instant and transactions a second; "
                        + "the first rate holds before its instant too."),
                .optional(
                    "replay", .text(.file), "Scheduled starts from a pgbench log (`pgbench --log`), first one at 0."),
            ])),
    ])

    private static let rate = SchemaType.real(1e-6...1e9)

    static let transaction = ObjectSchema(keys: [
        .required(
            "statements", .list(.object(statement), count: 1...10_000),
            "Statements in order; more than one execution is framed by BEGIN and COMMIT.")
    ])

    private static let statement = ObjectSchema(
        keys: [
            .optional("update", .name, "The table of which it updates a row."),
            .optional("select", .name, "The table of which it reads a row."),
            .optional("insert", .name, "The table into which it inserts a row."),
            .optional(
                "row", .choice(["new", "same"]), note: "`new`",
                "`same`: the row that the session's last statement on the table touched."),
            .optional("name", .name, note: "its number", "Name of the statement, for reports."),
            .optional(
                "times", .integer(1...100_000), default: .integer(1),
                "Executions in a row, each with a round trip of its own."),
            .optional(
                "cpu", .anyDuration, note: "`host.costs.execute`", "Execution CPU besides the records'."),
            .optional(
                "rows", .list(.object(rowChoice), count: 0...1000), default: .array([]),
                "Rows that it updates: no other transaction can update them until this one ends."),
            .optional(
                "records", .list(.object(record), count: 0...1000), default: .array([]), "WAL records that it writes."),
        ], groups: [.init(names: ["update", "select", "insert"], isRequired: false)])

    private static let rowChoice = ObjectSchema(keys: [
        .required("table", .name, "Name of the table, shared by all statements that name it."),
        .required(
            "count", .integer(1...1_000_000_000_000),
            "Rows in it; each execution updates one, any as likely as another."),
    ])

    private static let record = ObjectSchema(keys: [
        .required("type", .text(.recordType), "Resource manager and record as pg_waldump names them: `Heap/INSERT`."),
        .required("length", .integer(recordLengths), "Total length of the record in bytes, header included."),
        .optional(
            "every", .integer(1...1_000_000_000), default: .integer(1),
            "Written at every n-th execution over the whole server, as a sequence logs 32 values ahead."),
        .optional(
            "cpu", .anyDuration, default: "0s",
            "CPU on the page besides the insertion of the record, at every execution, under the page's content lock."),
        .optional(
            "page", .name, note: "a page of its own",
            "Name of the page, shared by all backends, whose content lock is held."),
    ])
}
