import Postgres

/// A transaction made of the WAL records that pg_waldump counted: what one commit wrote on average.
struct MeasuredTransaction {
    /// As it stands under `transactions` in a scenario.
    var node: JSONNode
    /// Records a commit.
    var records: Double
    /// Record bytes a commit, images apart.
    var bytes: Double

    /// Rarer records say nothing about a transaction.
    private static let rarest = 1e-3
    /// Records of one type that a transaction may have at most.
    private static let most = 200.0
    /// What no transaction writes itself: commits are added by the server, the rest is of background processes.
    private static let ignored = [
        "Transaction/", "XLOG/", "Standby/", "CLOG/", "MultiXact/", "Storage/", "Heap2/PRUNE",
    ]

    /// Nil if the table has no commits or no other records.
    init?(_ table: WaldumpStatistics) {
        let commits = table.commits
        guard commits > 0 else { return nil }
        var lines: [JSONNode] = []
        (records, bytes) = (0, 0)
        let keepsSequence = table.rows.contains { $0.type == "Sequence/LOG" }
        for row in Self.merged(table.rows) where !Self.ignored.contains(where: { row.type.hasPrefix($0) }) {
            let perCommit = row.count / commits
            guard perCommit >= Self.rarest, perCommit <= Self.most, row.type.contains("/") else { continue }
            records += perCommit
            bytes += row.recordBytes / commits
            let line = Self.record(row, every: max(1, (1 / perCommit).rounded()), ascending: keepsSequence)
            lines += Array(repeating: line, count: max(1, Int(perCommit.rounded())))
        }
        guard !lines.isEmpty else { return nil }
        node = .object(["statements": .array([.object(["name": "statement", "records": .array(lines)])])])
    }

    /// Equal records of the mean length that a live server's counters give; nil if it does not count WAL.
    init?(_ server: ServerObservation) {
        guard server.commits > 0, let allRecords = server.walRecords, let allBytes = server.walBytes else { return nil }
        // Without the commit's own record, and what images add.
        let images = (server.walImages ?? 0) * Double(DataFile.blockSize)
        records = max(1, (allRecords / server.commits - 1).rounded())
        guard records <= Self.most else { return nil }
        bytes = max(records * 24, (allBytes - images) / server.commits - 34)
        let line = JSONNode.object([
            "type": "Heap/INSERT", "length": .integer(Int64(min(bytes / records, 1_048_576).rounded())),
            "cpu": "1300ns",
        ])
        node = .object([
            "statements": .array([
                .object(["name": "statement", "records": .array(Array(repeating: line, count: Int(records)))])
            ])
        ])
    }

    /// A page's first insert is the same work as the others.
    private static func merged(_ rows: [WaldumpStatistics.Row]) -> [WaldumpStatistics.Row] {
        var merged: [WaldumpStatistics.Row] = []
        for var row in rows {
            if row.type.hasSuffix("+INIT") { row.type.removeLast(5) }
            if let index = merged.firstIndex(where: { $0.type == row.type }) {
                merged[index].count += row.count
                merged[index].recordBytes += row.recordBytes
            } else {
                merged.append(row)
            }
        }
        return merged
    }

    /// CPU times are those of the built-in transactions; the leaf that a sequence's next value goes to is everybody's.
    private static func record(_ row: WaldumpStatistics.Row, every: Double, ascending: Bool) -> JSONNode {
        let length = min(max(row.recordBytes / row.count, 24), 1_048_576)
        var node = JSONNode.object(["type": .string(row.type), "length": .integer(Int64(length.rounded()))])
        if every > 1 { node["every"] = .integer(Int64(every)) }
        switch row.type {
        case "Sequence/LOG": (node["cpu"], node["page"]) = ("460ns", "sequence")
        case let type where type.hasPrefix("Heap/"): node["cpu"] = "1300ns"
        case "Btree/INSERT_LEAF":
            node["cpu"] = "900ns"
            if ascending { node["page"] = "last leaf" }
        case let type where type.hasPrefix("Btree/"): if ascending { node["page"] = "last leaf" }
        default: break
        }
        return node
    }
}
