/// A CSV file of results as numbers by row, metric and seed.
struct ComparableTable {
    /// What a number is about.
    struct Key: Hashable {
        /// Values of the columns that tell rows apart, such as a phase or a wait event, in the columns' order.
        var place: [String]
        var metric: String
    }

    /// The file's values of one key.
    struct Series {
        var unit = ""
        var values: [UInt64: Double] = [:]
    }

    /// The columns that tell rows apart.
    let places: [String]
    /// True for the columns' own metrics, such as `avg_sessions`; false where a column names the metric.
    let isWide: Bool
    /// True for values by interval of a run.
    private let isTimeline: Bool
    /// All seeds of the file.
    private(set) var seeds: [UInt64] = []
    /// Keys in order of their first appearance.
    private(set) var keys: [Key] = []
    private(set) var series: [Key: Series] = [:]

    /// Columns that say which run a row comes from, and nothing about what was measured.
    private static let identity: Set<String> = ["scenario", "scenario_hash", "seed", "label", "sweep", "point", "unit"]
    /// Columns that number things: they tell rows apart though they are numbers.
    private static let numbering: Set<String> = ["lower_us", "upper_us", "sessions", "t_us"]
    /// Columns of figures; in files that have none of these, all columns of numbers are.
    private static let figures = additive.union(["mean_us", "p50_us", "p95_us", "p99_us", "max_us"])
    /// Metrics whose absence from a file means zero: an event or record that never occurred.
    private static let additive: Set<String> = [
        "avg_sessions", "waits", "total_us", "count", "record_bytes", "fpi_bytes", "samples",
    ]

    /// Series of a timeline that a repeat has only if what they count occurred in it: the same holds for them.
    private static let occasional = ["active_sessions:", "checkpoint", "wal_segments_"]

    /// Reads the numbers; throws an `InputError` if the table is of no kind that can be compared.
    init(_ table: CSVTable) throws(InputError) {
        try table.checkIsWhole()
        let table = try table.holdsSamples ? table.averageSessions() : table
        let seed = try Self.seedColumn(of: table)
        let columns = try Self.columns(of: table)
        isWide = columns.metric == nil
        // The mean over a timeline's intervals is compared: neighbours are too much alike to be tests of their own.
        isTimeline = table.column("t_us") != nil
        let placeColumns = columns.places.filter { table.header[$0] != "t_us" }
        places = placeColumns.map { table.header[$0] }
        let unit = table.column("unit")
        var counts: [Key: [UInt64: Int]] = [:]
        var known: Set<UInt64> = []
        for (index, row) in table.rows.enumerated() {
            guard let seed = UInt64(row[seed]) else {
                throw table.error(row: index, "seed: not a seed", notes: [seenNote(row[seed])])
            }
            if known.insert(seed).inserted { seeds.append(seed) }
            for column in columns.values {
                let metric = columns.metric.map { row[$0] } ?? table.header[column]
                let key = Key(place: placeColumns.map { row[$0] }, metric: metric)
                if series[key] == nil { keys.append(key) }
                series[key, default: Series()].unit = unit.map { row[$0] } ?? ""
                guard let value = try Self.number(table, index, column) else { continue }
                counts[key, default: [:]][seed, default: 0] += 1
                if !isTimeline, counts[key]?[seed] != 1 {
                    let what = key.place.joined(separator: " ") + " " + metric
                    throw table.error(row: index, "\(what.trimmingBlanks) of seed \(seed) is here twice")
                }
                series[key]?.values[seed, default: 0] += value
            }
        }
        guard !series.isEmpty else { throw table.error("there are no rows to compare") }
        if isTimeline { for (key, counts) in counts { for (seed, count) in counts { average(key, seed, count) } } }
        fillZeros()
    }

    /// The column of seeds, which all results have.
    private static func seedColumn(of table: CSVTable) throws(InputError) -> Int {
        guard let seed = table.column("seed") else {
            throw table.error("not a file of results", notes: ["it has no column \"seed\"", kinds])
        }
        return seed
    }

    private static let kinds =
        "kinds: summary, phases, wait_events, timeline, wal_records, histograms, samples, a sweep's output"

    private mutating func average(_ key: Key, _ seed: UInt64, _ count: Int) {
        series[key]?.values[seed]? /= Double(count)
    }

    /// Whether nothing said of the metric means zero.
    private func isAdditive(_ metric: String) -> Bool {
        if isWide { return Self.additive.contains(metric) }
        return isTimeline && Self.occasional.contains { metric.hasPrefix($0) }
    }

    /// An event that a repeat did not meet took no time in it.
    private mutating func fillZeros() {
        for key in keys where isAdditive(key.metric) {
            for seed in seeds where series[key]?.values[seed] == nil { series[key]?.values[seed] = 0 }
        }
    }

    /// The values of a key, zeros if an additive one is not there; nil if the table has none.
    func values(_ key: Key) -> [UInt64: Double]? {
        if let found = series[key]?.values { return found.isEmpty ? nil : found }
        guard isAdditive(key.metric) else { return nil }
        return Dictionary(uniqueKeysWithValues: seeds.map { ($0, 0) })
    }

    /// Which columns hold the metric's name, the numbers, and what tells rows apart.
    private static func columns(
        of table: CSVTable
    ) throws(InputError) -> (metric: Int?, values: [Int], places: [Int]) {
        let others = table.header.indices.filter { !identity.contains(table.header[$0]) }
        if let metric = table.column("metric") {
            guard let value = table.column("value") else {
                throw table.error("not a file of results", notes: ["it has no column \"value\"", kinds])
            }
            return (metric, [value], others.filter { $0 != metric && $0 != value })
        }
        let known = others.filter { figures.contains(table.header[$0]) }
        let numbers =
            !known.isEmpty
            ? known
            : others.filter { column in
                !numbering.contains(table.header[column])
                    && table.rows.allSatisfy { $0[column].isEmpty || Double($0[column]) != nil }
                    && table.rows.contains { !$0[column].isEmpty }
            }
        guard !numbers.isEmpty else {
            throw table.error("not a file of results", notes: ["no column holds numbers", kinds])
        }
        return (nil, numbers, others.filter { !numbers.contains($0) })
    }

    /// A field's number; nil for an empty one.
    private static func number(_ table: CSVTable, _ row: Int, _ column: Int) throws(InputError) -> Double? {
        let text = table.rows[row][column]
        if text.isEmpty { return nil }
        guard let value = Double(text), value.isFinite else {
            throw table.error(
                row: row, "\(table.header[column]): not a number", notes: [seenNote(text)])
        }
        return value
    }
}
