/// The table of `pg_waldump --stats=record` (or `--stats`, by resource manager only).
///
/// A row is a type, `N (%)`, `Record size (%)`, `FPI size (%)` and `Combined size (%)`. Source:
/// src/bin/pg_waldump/pg_waldump.c (XLogDumpStatsRow).
struct WaldumpStatistics: Sendable, Equatable {
    struct Row: Sendable, Equatable {
        /// `Heap/INSERT`; without a slash under `--stats`.
        var type: String
        var count: Double
        /// Bytes without full-page images.
        var recordBytes: Double
        var imageBytes: Double
    }

    /// Types that occurred, in the file's order.
    var rows: [Row] = []

    private static let expected = "a type, then count, record size, FPI size and combined size, each with a percentage"

    init(_ file: InputFile) throws(InputProblem) {
        var hasHeader = false
        for line in file.lines where line.isFilled {
            let words = line.text.split { " \t()[]%".contains($0) }
            if line.text.hasPrefix("Type "), words.contains("FPI") {
                hasHeader = true
                continue
            }
            // Where WAL ends pg_waldump complains, after the table or between its rows if both go to one file.
            guard hasHeader, !line.text.hasPrefix("--"), !line.text.hasPrefix("pg_waldump: ") else { continue }
            // The sum, and the rule above it.
            if words.first == "Total" || words.allSatisfy({ $0.allSatisfy { $0 == "-" } }) { continue }
            rows.append(try Self.row(words, line, file))
        }
        rows.removeAll { $0.count == 0 }
        guard !rows.isEmpty else {
            throw file.incomplete(
                "no record in this pg_waldump table",
                expected: hasHeader ? Self.expected : "a header \"Type  N  (%)  Record size  (%) ...\"")
        }
    }

    private static func row(_ words: [Substring], _ line: InputLine, _ file: InputFile) throws(InputProblem) -> Row {
        // A percentage of nothing is printed as nan, so only sizes are looked at, from the right.
        guard words.count >= 9 else {
            throw file.problem(line.number, "not a row of this table", seen: line.text, expected: expected)
        }
        let figures = words.suffix(8).map { number($0, in: Plausible.count) }
        guard let count = figures[0], let records = figures[2], let images = figures[4] else {
            throw file.problem(line.number, "not a row of this table", seen: line.text, expected: expected)
        }
        return Row(
            type: words.dropLast(8).joined(separator: " "), count: count, recordBytes: records, imageBytes: images)
    }

    /// Commits; 0 if types are not told apart.
    var commits: Double {
        rows.filter { $0.type.hasPrefix("Transaction/COMMIT") }.reduce(0) { $0 + $1.count }
    }
}
