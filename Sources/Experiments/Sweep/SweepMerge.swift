/// Joins the CSV files of a sweep's shards.
public enum SweepMerge {
    /// The columns behind the varied paths that tell which sweep, and which of its points, a row belongs to.
    public static let sweepColumns = ["label", "sweep", "point"]

    /// The rows of all shards, in the order in which one sweep without shards writes them. The file of a shard without
    /// points, of which there are some if the shards are more than the points, is a header alone.
    ///
    /// Throws an `InputError` of kind `content` if a file is no shard of a sweep, the files belong to different
    /// sweeps, a point is there twice or is missing, or has not the repeats of the others.
    public static func merge(_ shards: [CSVTable]) throws(InputError) -> CSVTable {
        var pieces: [SweepPiece] = []
        for shard in shards where !shard.rows.isEmpty { pieces.append(try SweepPiece(shard)) }
        guard let first = pieces.first else { throw nothing(in: shards) }
        for shard in shards where shard.rows.isEmpty { try first.checkHeader(of: shard) }
        var rows: [Int: (file: String, rows: [[String]])] = [:]
        for piece in pieces {
            try piece.check(against: first)
            for (point, lines) in piece.points.sorted(by: { $0.key < $1.key }) {
                if let other = rows[point] {
                    throw piece.table.error("point \(point) is also in \(other.file)")
                }
                rows[point] = (piece.table.file, lines)
            }
        }
        try checkComplete(Set(rows.keys), of: first)
        let sorted = (1...first.count).flatMap { rows[$0]?.rows ?? [] }
        return CSVTable(file: "merged", header: first.table.header, rows: sorted)
    }

    private static func nothing(in shards: [CSVTable]) -> InputError {
        guard let shard = shards.first else {
            return InputError(.usage, file: "merge", "no file to merge")
        }
        let what = shards.count == 1 ? "no points in this file" : "no points in any of the \(shards.count) files"
        return shard.error(what, notes: ["shards beyond a sweep's points are empty", "the others are to be given too"])
    }

    private static func checkComplete(_ points: Set<Int>, of first: SweepPiece) throws(InputError) {
        let missing = (1...first.count).filter { !points.contains($0) }
        guard let one = missing.first else { return }
        let list = missing.prefix(10).map(String.init).joined(separator: ", ") + (missing.count > 10 ? ", ..." : "")
        let what = missing.count == 1 ? "point \(one) is missing" : "\(missing.count) points are missing"
        throw InputError(.content, file: "merge", what, notes: ["the sweep has \(first.count)", "missing: \(list)"])
    }
}

/// One shard, its rows by point.
private struct SweepPiece {
    let table: CSVTable
    /// The sweep's hash.
    let sweep: String
    /// How many points the whole sweep has.
    let count: Int
    /// Rows by the point's number, which counts from 1.
    private(set) var points: [Int: [[String]]] = [:]
    /// The seeds and metrics of the first point, in order: every point must have the same.
    private let shape: [String]

    /// - Parameter table: with at least one row.
    init(_ table: CSVTable) throws(InputError) {
        self.table = table
        let columns = ["sweep", "point", "seed", "metric"].map { table.column($0) }
        guard let sweep = columns[0], let point = columns[1], let seed = columns[2], let metric = columns[3] else {
            throw table.error("not the output of a sweep", notes: ["it needs the columns sweep, point, seed, metric"])
        }
        let first = table.rows[0]
        let whole = Self.position(first[point])?.count
        var shapes: [Int: [String]] = [:]
        var order: [Int] = []
        for (index, row) in table.rows.enumerated() {
            guard let position = Self.position(row[point]), position.count == whole else {
                throw table.error(
                    row: index, "not a point's number",
                    notes: [seenNote(row[point]), "such as 3/12"])
            }
            guard row[sweep] == first[sweep] else {
                throw table.error(row: index, "this row belongs to another sweep", notes: ["seen \(row[sweep])"])
            }
            if shapes[position.point] == nil { order.append(position.point) }
            points[position.point, default: []].append(row)
            shapes[position.point, default: []].append(row[seed] + " " + row[metric])
        }
        shape = shapes[order[0]] ?? []
        self.sweep = first[sweep]
        count = whole ?? 0
        for point in order where shapes[point] != shape {
            throw table.error("point \(point) has not the repeats and metrics of point \(order[0])")
        }
    }

    /// The parts of `3/12`.
    private static func position(_ text: String) -> (point: Int, count: Int)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let point = parts[0], let count = parts[1],
            (1...SweepPlan.pointLimit).contains(count), (1...count).contains(point)
        else { return nil }
        return (point, count)
    }

    /// Throws if the two are not shards of one sweep.
    func check(against first: SweepPiece) throws(InputError) {
        guard sweep == first.sweep, count == first.count else {
            throw table.error(
                "belongs to another sweep than \(first.table.file)",
                notes: ["sweep \(sweep) of \(count) points", "that is sweep \(first.sweep) of \(first.count)"])
        }
        try first.checkHeader(of: table)
        guard shape == first.shape else {
            throw table.error("has other repeats or metrics than \(first.table.file)")
        }
    }
    /// Throws if a table has other columns than this shard.
    fileprivate func checkHeader(of table: CSVTable) throws(InputError) {
        guard table.header == self.table.header else {
            throw table.error("has other columns than \(self.table.file)")
        }
    }
}
