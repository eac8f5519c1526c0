/// The schema of `tables`.
enum TableSchema {
    /// The name of the entry that stands for pgbench's four tables.
    static let pgbench = "pgbench"
    /// A hundred billion rows, in pages and as pgbench's scale.
    private static let rowLimit: Int64 = 4_000_000_000
    private static let fillfactors: ClosedRange<Int64> = 10...100
    /// A tuple has a header and fits a page.
    private static let tupleSizes: ClosedRange<Int64> = 24...8160
    private static let entrySizes: ClosedRange<Int64> = 16...2704

    static let table = ObjectSchema(
        keys: [
            .optional(
                "scale", .integer(1...40_000),
                "Of `pgbench` alone, which stands for pgbench's four tables: 100,000 accounts each."),
            .optional("rows", .integer(1...rowLimit), "Rows that were loaded."),
            .optional("pages", .integer(1...100_000_000), "Pages that were loaded: as many rows as fit them."),
            .optional(
                "tuple_size", .integer(tupleSizes), note: "121, an account's",
                "Bytes of a row, header included, not aligned."),
            .optional(
                "fillfactor", .integer(fillfactors), default: .integer(100),
                "How far loading, and rows from other pages, fill a page, in per cent."),
            .optional("access", access, default: "uniform", "Which rows statements touch."),
            .optional(
                "indexes", .map(.object(index)), default: .object([:]),
                "Indexes by name, none on a column that updates change; pgbench's have theirs."),
            .optional(
                "compression", .object(compression), note: "as measured on pgbench_accounts",
                "Compressed over uncompressed size of its pages' images, by method."),
        ], groups: [.init(names: ["scale", "rows", "pages"], isRequired: true)])

    private static let access = SchemaType.oneOf([
        .choice(["uniform", "append"]),
        .object(
            .oneKey([
                .optional("hot", .object(hot), "A few rows get most of the accesses; they lie together."),
                .optional(
                    "zipf", .object(ObjectSchema(keys: [.required("exponent", .real(0.01...5), "The exponent.")])),
                    "Row n is touched in proportion to n to the power of minus the exponent."),
            ])),
    ])

    private static let hot = ObjectSchema(keys: [
        .required("rows", .integer(1...rowLimit), "How many rows are hot: the first ones."),
        .required("share", .real(0...1), "Their share of all accesses."),
    ])

    private static let index = ObjectSchema(keys: [
        .optional("entry_size", .integer(entrySizes), default: .integer(16), "Bytes of an entry, header included."),
        .optional(
            "fillfactor", .integer(fillfactors), default: .integer(90),
            "How far building it filled its leaves, in per cent."),
        .optional(
            "compression", .object(compression), note: "as measured on pgbench_accounts_pkey",
            "Compressed over uncompressed size of its pages' images, by method."),
    ])

    private static let compression = ObjectSchema(keys: [
        .required("pglz", .real(0.001...1), "With `wal_compression = pglz`."),
        .required("lz4", .real(0.001...1), "With `wal_compression = lz4`."),
        .required("zstd", .real(0.001...1), "With `wal_compression = zstd`."),
    ])
}
