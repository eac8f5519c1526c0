import SimTime

/// Rows of the view pg_stat_wal (releases 14 to 17), as CSV: one row counts since the last reset, of several the last
/// less the first.
struct PgStatWALFile: Sendable, Equatable {
    var records: Double?
    var fullPageImages: Double?
    var bytes: Double?
    var buffersFull: Double?
    var writes: Double?
    var syncs: Double?
    /// Nanoseconds of all syncs; nil or 0 unless `track_wal_io_timing` was on.
    var syncTime: Double?
    /// Seconds between the first and the last row; nil for one row, or without a column that tells the time.
    var seconds: Double?

    private static let names = [
        "wal_records", "wal_fpi", "wal_bytes", "wal_buffers_full", "wal_write", "wal_sync", "wal_sync_time",
    ]
    private static let timeNames = ["sample_time", "ts", "now", "clock_timestamp", "time"]
    private static let expected = "a header with columns of pg_stat_wal: " + names.joined(separator: ", ")

    /// What a live server counted.
    init(syncs: Double, syncTime: Double) {
        self.syncs = syncs
        self.syncTime = syncTime
    }

    init(_ file: InputFile) throws(InputProblem) {
        var reader = try CSVReader(file, expected: Self.expected)
        let columns = Self.names.map { reader.column([$0]) }
        guard columns[2] != nil || columns[5] != nil else {
            throw file.problem(
                1, "this is not pg_stat_wal", seen: reader.header.joined(separator: ","), expected: Self.expected)
        }
        let timeColumn = reader.column(Self.timeNames)
        try Self.checkSpelling(reader)
        var first: [Double?]?
        var moved = [Double?](repeating: nil, count: columns.count)
        var times: [Int64] = []
        var previous: [Double?] = []
        while let row = try reader.next() {
            let values = try Self.values(row, columns, file)
            for (index, pair) in zip(previous, values).enumerated() {
                guard let before = pair.0, let after = pair.1, after < before else { continue }
                throw file.problem(
                    row.line, "\(Self.names[index]) went backwards: the counters were reset between rows",
                    seen: plainText(after), expected: "at least \(plainText(before))")
            }
            previous = values
            if let timeColumn { times.append(try TimestampText.instant(row, timeColumn, after: times.last, in: file)) }
            if let first {
                moved = zip(values, first).map { last, first in last.flatMap { last in first.map { last - $0 } } }
            } else {
                first = values
                moved = values
            }
        }
        guard first != nil else { throw file.incomplete("no row under the header", expected: Self.expected) }
        (records, fullPageImages, bytes, buffersFull) = (moved[0], moved[1], moved[2], moved[3])
        (writes, syncs) = (moved[4], moved[5])
        syncTime = moved[6].map { $0 * 1e6 }
        if times.count > 1, let first = times.first, let last = times.last, last > first {
            seconds = Double(last - first) / 1e6
        }
    }

    /// A column that is nearly one of those that are read: as an unknown one it would count for nothing.
    private static func checkSpelling(_ reader: CSVReader) throws(InputProblem) {
        let known = names + ["sample_time", "clock_timestamp", "stats_reset", "wal_write_time", "wal_fpi_bytes"]
        for column in reader.header where !known.contains(column) && !timeNames.contains(column) {
            guard let nearest = nearestName(to: column, among: known) else { continue }
            throw reader.file.problem(1, "unknown column", seen: column, expected: nearest)
        }
    }

    private static func values(
        _ row: CSVReader.Row, _ columns: [Int?], _ file: InputFile
    ) throws(InputProblem) -> [Double?] {
        var values: [Double?] = []
        for (index, column) in columns.enumerated() {
            guard let column, !row.fields[column].isEmpty else {
                values.append(nil)
                continue
            }
            guard let value = number(row.fields[column], in: 0...1e18) else {
                throw file.problem(
                    row.line, "\(names[index]) is no counter", seen: row.fields[column], expected: "a number from 0")
            }
            values.append(value)
        }
        return values
    }

    /// Why nothing tells what a sync takes; nil if something does.
    var silence: String? {
        if meanSync != nil { return nil }
        guard let syncs, let syncTime else {
            return "it has no wal_sync and wal_sync_time, which release 18 counts in pg_stat_io"
        }
        if syncs == 0 { return "nothing was synced meanwhile" }
        return syncTime == 0 ? "track_wal_io_timing was off" : "its times are no times of syncs"
    }

    /// What a sync took on average, in nanoseconds; nil if it was not timed.
    var meanSync: Double? {
        guard let syncTime, let syncs, syncs > 0, syncTime > 0, syncTime / syncs <= Plausible.latency.upperBound
        else { return nil }
        return syncTime / syncs
    }
}
