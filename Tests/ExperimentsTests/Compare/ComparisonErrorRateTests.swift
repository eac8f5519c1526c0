import Report
import Statistics
import Testing

@testable import Experiments

/// How often comparisons of real runs are wrong, over many pairs with fixed seeds.
@Suite("How often comparisons are wrong")
struct ComparisonErrorRateTests {
    /// A noisy scenario; each simulation of it takes some milliseconds.
    private static func rows(sync: String) throws -> [[String]] {
        let scenario = try loadScenario(
            text: """
                {"duration": "80ms", "warmup": "5ms", "repeats": 150,
                 "host": {"cores": 4, "storage": {"wal": {"sync": {"lognormal": {"mean": "\(sync)", "sigma": 0.3}}}}},
                 "clients": {"count": 5, "on": "server"}}
                """, file: "noisy.json")
        let table = try CSVTable(file: "s", text: ResultTable.summary.csv(of: try Experiment.run(scenario)))
        let seed = try #require(table.header.firstIndex(of: "seed"))
        let runs = Dictionary(grouping: table.rows) { $0[seed] }.sorted { Int($0.key)! < Int($1.key)! }
        return runs.map { $0.value.map { $0.joined(separator: ",") } }
    }

    /// Runs from which the pairs are drawn: simulating each pair on its own would take minutes.
    private static let base = Result { try rows(sync: "1ms") }
    private static let slower = Result { try rows(sync: "1050us") }

    /// A file of the runs of these numbers.
    private static func file(_ runs: [[String]], _ numbers: ArraySlice<Int>) -> String {
        "scenario,scenario_hash,seed,metric,unit,value\n"
            + numbers.flatMap { runs[$0] }.map { $0 + "\n" }.joined()
    }

    /// `count` different numbers of runs, drawn at random.
    private static func draw(_ count: Int, from stream: inout RandomStream) -> ArraySlice<Int> {
        var numbers = Array(0..<150)
        for place in 0..<count { numbers.swapAt(place, place + stream.index(below: 150 - place)) }
        return numbers[..<count]
    }

    @Test("Of 200 pairs of equal configurations at most 17 are called different, none beyond the threshold")
    func falseAlarms() throws {
        let runs = try Self.base.get()
        var stream = RandomStream(seed: 1, name: "equal pairs")
        var verdicts: [ComparisonResult.Verdict] = []
        for _ in 0..<200 {
            let numbers = Self.draw(12, from: &stream)
            verdicts.append(try compare(Self.file(runs, numbers[..<6]), Self.file(runs, numbers[6...])).verdict)
        }
        #expect(verdicts.count { $0 != .same } <= 17)
        #expect(verdicts.count { $0 == .regression } == 0)
    }

    @Test(
        "Figures of few values, as counts and percentiles have them, cause few false alarms too",
        arguments: [2, 3, 5, 8])
    func discreteFalseAlarms(_ repeats: Int) throws {
        var stream = RandomStream(seed: 3, name: "discrete \(repeats)")
        // A rate in whole numbers, a bound of one of two cells, and counts that have one of few values.
        let figures: [(name: String, values: [Double])] = [
            ("tps", [8500, 8501, 8502]), ("latency_p99", [4153.343, 4186.111]),
            ("txns_per_flush", [2, 2.25, 2.5, 2.75]), ("wal_bytes_per_txn", [8192]), ("checkpoints_done", [0, 1]),
            ("flushes", [300, 301, 302]),
            ("wal_sync", [300, 301, 302]),
        ]
        func side() -> String {
            var text = "scenario,scenario_hash,seed,metric,unit,value\n"
            for seed in 1...repeats {
                for (name, values) in figures {
                    text += "s,h,\(seed),\(name),x,\(values[stream.index(below: values.count)])\n"
                }
            }
            return text
        }
        let verdicts = try (0..<400).map { _ in try compare(side(), side()).verdict }
        #expect(verdicts.count { $0 != .same && $0 != .identical } <= 20)
    }

    @Test("What is exactly as much worse as is allowed is seldom called a regression", arguments: [0.05, 0.5, 1])
    func threshold(_ threshold: Double) throws {
        var stream = RandomStream(seed: 4, name: "threshold \(threshold)")
        func side(_ factor: Double) -> String {
            let values = (0..<10).map { _ in factor * (100 + 35 * (stream.uniform() - 0.5)) }
            return summary("latency_mean", values)
        }
        let verdicts = try (0..<1_000).map { _ in
            try compare(side(1), side(1 + threshold), threshold: threshold).verdict
        }
        // One side of a test at 5 %.
        #expect((10...40).contains(verdicts.count { $0 == .regression }))
    }

    @Test("A difference that is the same in all five repeats is found, in two it is not")
    func certainDifference() throws {
        let figures = { (factor: Double, repeats: Int) in
            "scenario,scenario_hash,seed,metric,unit,value\n"
                + ["latency_mean", "latency_p99", "txns_per_flush", "wal_bytes_per_txn", "flushes"].flatMap { metric in
                    (1...repeats).map { "s,h,\($0),\(metric),x,\(1000 * factor)\n" }
                }.joined()
        }
        #expect(try compare(figures(1, 5), figures(1.1, 5)).verdict == .regression)
        #expect(try compare(figures(1, 2), figures(1.1, 2)).verdict == .same)
    }

    @Test("A device slower by 5 % is found in at least 95 of 100 pairs with common seeds, and not in its like")
    func power() throws {
        let (runs, slower) = (try Self.base.get(), try Self.slower.get())
        var stream = RandomStream(seed: 2, name: "different pairs")
        var found = 0
        for _ in 0..<100 {
            let numbers = Self.draw(5, from: &stream)
            let result = try compare(Self.file(runs, numbers), Self.file(slower, numbers))
            found += result.rows.contains { $0.metric == "tps" && $0.isBetter == false } ? 1 : 0
        }
        #expect(found >= 95, "\(found)")
    }
}
