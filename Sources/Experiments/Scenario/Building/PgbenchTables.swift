import Postgres
import WaitEvents

/// pgbench's tables as `pgbench -i` leaves them (pgbench.c, initCreateTables and initGenerateData).
enum PgbenchTables {
    /// Header, three integers and a filler of 84 blanks.
    static let accountLength = 121
    /// What `bid`, `tid` and the rest of the header take; the fillers of these tables are NULL, which a bitmap says.
    private static let tellerLength = 36
    private static let branchLength = 32
    /// Four integers and a time stamp.
    private static let historyLength = 48

    /// Images of tables without fillers: measured on half-full pages of pgbench_history by PostgreSQL 15.18.
    private static let unlike = ImageCompression(pglz: .init(0.3), lz4: .init(0.3), zstd: .init(0.15))

    /// The tables, in the order in which a checkpoint writes their files: loading truncates tables, which gives them
    /// new ones, all of them with the accounts in front, or in 9.6 the accounts alone, whose file is the last then.
    static func specs(scale: Int, fillfactor: Int, _ release: PostgresRelease) -> [TableSpec] {
        let accounts = keyed("accounts", rows: 100_000 * scale, tupleLength: accountLength, fillfactor, .heap)
        let tellers = keyed("tellers", rows: 10 * scale, tupleLength: tellerLength, fillfactor, unlike)
        let branches = keyed("branches", rows: scale, tupleLength: branchLength, fillfactor, unlike)
        let history = TableSpec(
            name: "pgbench_history", rows: 0, tupleLength: historyLength, access: .append, compression: unlike)
        return release == .v96 ? [history, tellers, branches, accounts] : [accounts, tellers, branches, history]
    }

    private static func keyed(
        _ name: String, rows: Int, tupleLength: Int, _ fillfactor: Int, _ compression: ImageCompression
    ) -> TableSpec {
        TableSpec(
            name: "pgbench_\(name)", rows: rows, tupleLength: tupleLength, fillfactor: fillfactor,
            access: .uniform(rows: rows), indexes: [IndexSpec(name: "pgbench_\(name)_pkey")], compression: compression)
    }
}
