/// Transactions that a scenario may name without spelling them out.
///
/// Record types and lengths are those of PostgreSQL 15 for the table `t(id bigserial primary key, info text, ts
/// timestamptz default now())` as `pg_waldump` shows them; CPU times were calibrated on a 2.0 GHz x86-64 server.
enum BuiltInTransactions {
    /// In alphabetical order.
    static let names = [
        "insert", "insert-wide", "insert10", "logical-message", "select-only", "simple-update", "tpcb", "tpcb-like",
    ]

    /// The transaction as it would stand in a scenario; nil if there is none of that name.
    static func named(_ name: String) -> JSONNode? {
        let text: String
        switch name {
        case "insert": text = "{\"statements\": [\(insert(length: 119))]}"
        case "insert-wide": text = "{\"statements\": [\(insert(length: 1575))]}"
        case "insert10": text = "{\"statements\": [\(insert(length: 119, times: 10))]}"
        case "logical-message": text = "{\"statements\": [\(logicalMessage)]}"
        case "tpcb", "tpcb-like": text = tpcb
        case "simple-update": text = simpleUpdate
        case "select-only": text = "{\"statements\": [\(selectAccount(row: "new"))]}"
        default: return nil
        }
        return (try? JSONParser.parse(text))?.placed(.builtIn)
    }

    /// One single-row insert. The sequence's page is locked at each execution but logged at each 32nd, and a leaf of
    /// the primary key takes 366 entries before it splits.
    private static func insert(length: Int, times: Int = 1) -> String {
        """
        {
          "name": "insert", "times": \(times),
          "records": [
            {"type": "Sequence/LOG", "length": 99, "every": 32, "cpu": "460ns", "page": "t_id_seq"},
            {"type": "Heap/INSERT", "length": \(length), "cpu": "1300ns"},
            {"type": "Btree/INSERT_LEAF", "length": 64, "cpu": "900ns", "page": "t_pkey leaf"},
            {"type": "Btree/SPLIT_R", "length": 728, "every": 366, "page": "t_pkey leaf"}
          ]
        }
        """
    }

    /// pgbench's TPC-B-like script (pgbench.c, `tpcb-like`) with prepared statements, on the tables that
    /// `"tables": {"pgbench": {"scale": ...}}` makes.
    private static let tpcb = """
        {"statements": [
          {"name": "update accounts", "cpu": "24us", "update": "pgbench_accounts"},
          \(selectAccount(row: "same")),
          {"name": "update tellers", "cpu": "20us", "update": "pgbench_tellers"},
          {"name": "update branches", "cpu": "20us", "update": "pgbench_branches"},
          {"name": "insert history", "cpu": "8us", "insert": "pgbench_history"}
        ]}
        """

    /// pgbench's `simple-update`: without the tables whose few rows everybody wants.
    private static let simpleUpdate = """
        {"statements": [
          {"name": "update accounts", "cpu": "24us", "update": "pgbench_accounts"},
          \(selectAccount(row: "same")),
          {"name": "insert history", "cpu": "8us", "insert": "pgbench_history"}
        ]}
        """

    private static func selectAccount(row: String) -> String {
        "{\"name\": \"select\", \"cpu\": \"14us\", \"select\": \"pgbench_accounts\", \"row\": \"\(row)\"}"
    }

    /// `pg_logical_emit_message(true, 'x', ...)` with 8,000 bytes.
    private static let logicalMessage = """
        {"name": "message", "records": [{"type": "LogicalMessage/MESSAGE", "length": 8053}]}
        """
}
