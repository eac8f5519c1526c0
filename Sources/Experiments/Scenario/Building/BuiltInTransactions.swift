/// Transactions that a scenario may name without spelling them out.
///
/// Record types and lengths are those of PostgreSQL 15 for the table `t(id bigserial primary key, info text, ts
/// timestamptz default now())` as `pg_waldump` shows them; CPU times were calibrated on a 2.0 GHz x86-64 server.
enum BuiltInTransactions {
    /// In alphabetical order.
    static let names = ["insert", "insert-wide", "insert10", "logical-message"]

    /// The transaction as it would stand in a scenario; nil if there is none of that name.
    static func named(_ name: String) -> JSONNode? {
        let text: String
        switch name {
        case "insert": text = "{\"statements\": [\(insert(length: 119))]}"
        case "insert-wide": text = "{\"statements\": [\(insert(length: 1575))]}"
        case "insert10": text = "{\"statements\": [\(insert(length: 119, times: 10))]}"
        case "logical-message": text = "{\"statements\": [\(logicalMessage)]}"
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

    /// `pg_logical_emit_message(true, 'x', ...)` with 8,000 bytes.
    private static let logicalMessage = """
        {"name": "message", "records": [{"type": "LogicalMessage/MESSAGE", "length": 8053}]}
        """
}
