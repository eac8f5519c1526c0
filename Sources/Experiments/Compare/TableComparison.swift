import Instrumentation
import Statistics

/// The comparison of one pair of tables.
struct TableComparison {
    private(set) var rows: [ComparisonRow] = []
    private(set) var warnings: [String] = []
    /// The table's name in a folder; empty for single files.
    private let table: String
    /// The columns that tell a row from others.
    private let columns: [String]
    private let rules: FigureRules
    private let threshold: Double

    init(_ pair: ComparisonInputs.Pair, metrics: Set<String>, threshold: Double) throws(InputError) {
        let base = try ComparableTable(pair.base)
        let new = try ComparableTable(pair.new)
        guard base.places == new.places, base.isWide == new.isWide else {
            throw pair.new.error(
                "cannot be compared with \(pair.base.file): they are of different kinds",
                notes: ["columns there: \(pair.base.header.joined(separator: ","))"])
        }
        let keys = base.keys + new.keys.filter { base.series[$0] == nil }
        let wanted = keys.filter { metrics.isEmpty || metrics.contains($0.metric) }
        table = pair.name
        columns = base.places
        rules = FigureRules(base, new, isPartOfFolder: !pair.name.isEmpty)
        self.threshold = threshold
        var lonely = (base: 0, new: 0)
        for key in wanted {
            switch (base.values(key), new.values(key)) {
            case (let a?, let b?):
                let unit = (base.series[key] ?? new.series[key])?.unit ?? ""
                try Self.checkUnit(key, unit, new.series[key]?.unit ?? unit, pair)
                rows.append(row(key, unit, a, b))
            // A figure that has a value in neither is no difference.
            case (nil, nil): break
            case (_, nil): lonely.base += 1
            case (nil, _): lonely.new += 1
            }
        }
        if lonely.base > 0 { warnings.append("\(pair.base.file): \(lonely.base) figures have no value in the other") }
        if lonely.new > 0 { warnings.append("\(pair.new.file): \(lonely.new) figures have no value in the other") }
    }

    /// A file in other units would compare as equal or a thousand times worse.
    private static func checkUnit(
        _ key: ComparableTable.Key, _ base: String, _ new: String, _ pair: ComparisonInputs.Pair
    ) throws(InputError) {
        guard base != new else { return }
        throw pair.new.error(
            "\(key.metric) is in another unit than in \(pair.base.file)",
            notes: ["seen \"\(new)\"", "there: \"\(base)\""])
    }

    /// In a folder the whole window of phases.csv is already in summary.csv.
    mutating func leaveOutWholeWindow(_ name: String) {
        guard name == "phases" else { return }
        rows.removeAll { $0.place.contains { $0.column == "phase" && $0.value == SpanResult.wholeName } }
    }

    /// One figure of both sides; values are by seed.
    private func row(
        _ key: ComparableTable.Key, _ unit: String, _ base: [UInt64: Double], _ new: [UInt64: Double]
    ) -> ComparisonRow {
        let seeds = base.keys.filter { new[$0] != nil }.sorted()
        // One pair of many repeats tells less than all of them without a partner.
        let isPaired = [base.count, new.count].contains(seeds.count) && (seeds.count > 1 || base.count == new.count)
        let a = isPaired ? seeds.map { base[$0]! } : base.sorted { $0.key < $1.key }.map(\.value)
        let b = isPaired ? seeds.map { new[$0]! } : new.sorted { $0.key < $1.key }.map(\.value)
        var row = ComparisonRow(
            table: table, place: zip(columns, key.place).map { ($0, $1) }, metric: key.metric, unit: unit,
            direction: rules.direction(key), isHeadline: rules.isHeadline(key), base: MedianInterval(of: a)!,
            new: MedianInterval(of: b)!, counts: (a.count, b.count), isIdentical: isPaired && a == b,
            threshold: threshold)
        if isPaired { row.testPairs(a, b) } else { row.testRanks(a, b) }
        return row
    }
}

extension ComparisonRow {
    fileprivate mutating func testPairs(_ a: [Double], _ b: [Double]) {
        let center = Summary(of: a)!.mean
        let relative = PairedTest.relativeChange(from: a, to: b)
        change = a == b ? 0 : relative?.mean
        changeInterval = relative?.interval
        guard let result = PairedTest(from: a, to: b) else { return }
        test = .paired
        pValue = result.pValue
        // What is allowed goes with each pair's own base: the base's mean is an estimate too.
        let factor = center == 0 ? 1 : 1 + allowed(center) / center
        if let excess = PairedTest(zip(a, b).map { $1 - factor * $0 }, of: a + b), isWorse(excess.mean) {
            excessPValue = excess.pValue
        }
    }

    fileprivate mutating func testRanks(_ a: [Double], _ b: [Double]) {
        let center = base.median
        guard let result = MannWhitney(a, b) else { return }
        change = center == 0 ? (result.shift == 0 ? 0 : nil) : result.shift / abs(center)
        if let interval = result.shiftInterval, center != 0 {
            changeInterval = ConfidenceInterval(low: interval.low / abs(center), high: interval.high / abs(center))
        }
        guard a.count > 1, b.count > 1 else { return }
        test = .ranks
        pValue = result.pValue
        let allowed = allowed(center)
        if let excess = MannWhitney(a.map { $0 + allowed }, b), isWorse(excess.shift) { excessPValue = excess.pValue }
    }

    /// The greatest change for the worse that is no regression.
    private func allowed(_ center: Double) -> Double { threshold * abs(center) * (direction == .higher ? -1 : 1) }

    private func isWorse(_ difference: Double) -> Bool {
        switch direction {
        case .higher: difference < 0
        case .lower: difference > 0
        case .none: false
        }
    }
}
