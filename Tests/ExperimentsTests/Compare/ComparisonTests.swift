@testable import Report
import Testing

@testable import Experiments

/// Compares two texts as if they were files.
func compare(
    _ base: String, _ new: String, metrics: [String] = [], threshold: Double = 0.05
) throws(InputError) -> ComparisonResult {
    try Comparison.compare(
        "base.csv", "new.csv", metrics: metrics, threshold: threshold,
        files: .texts(["base.csv": base, "new.csv": new]))
}

/// The rows of a summary.csv with these values of one metric, from seed `first` on.
func summary(_ metric: String, _ values: [Double], first: Int = 1) -> String {
    let rows = values.enumerated().map { "s,h,\(first + $0),\(metric),1/s,\($1)\n" }
    return "scenario,scenario_hash,seed,metric,unit,value\n" + rows.joined()
}

@Suite("Comparing results")
struct ComparisonTests {
    private func row(_ result: ComparisonResult, _ metric: String) throws -> ComparisonRow {
        try #require(result.rows.first { $0.metric == metric })
    }

    @Test("Repeats of equal seeds are paired: a difference smaller than the noise is found")
    func paired() throws {
        let base = [1000.0, 1200, 900, 1500, 1100]
        let result = try compare(summary("tps", base), summary("tps", base.map { $0 * 0.97 + ($0 == 900 ? 1 : 0) }))
        let row = try row(result, "tps")
        #expect(row.test == .paired && row.isSignificant && row.isBetter == false && !row.isRegression)
        #expect(abs(try #require(row.change) + 0.03) < 1e-3)
        #expect(result.verdict == .different)
        #expect(try compare(summary("tps", base), summary("tps", base), threshold: 0).verdict == .identical)
    }

    @Test("A file in other units is no equal of one with the same numbers")
    func units() {
        let base = summary("latency_p99", [1, 2, 3])
        let new = base.replacing(",1/s,", with: ",ms,")
        let error = #expect(throws: InputError.self) { try compare(base, new) }
        #expect(error?.description.contains("latency_p99 is in another unit than in base.csv") == true)
    }

    @Test("A regression is told by a rate or a time before the counts that follow from it")
    func worstFigure() throws {
        let base = [1000.0, 1010, 990, 1005, 995]
        let rows = { (factor: Double) in
            summary("tps", base.map { $0 * factor })
                + base.enumerated().map { "s,h,\(1 + $0),commits,count,\($1 * factor * factor)\n" }.joined()
        }
        let result = try compare(rows(1), rows(0.5))
        #expect(result.verdictSentence.hasPrefix("Regression: tps -50.0 % and 1 more"), "\(result.verdictSentence)")
    }

    @Test("Other seeds are compared by rank")
    func ranks() throws {
        let base = [1000.0, 1010, 990, 1005, 995, 1001]
        let result = try compare(summary("tps", base), summary("tps", base.map { $0 * 0.9 }, first: 100))
        let row = try row(result, "tps")
        #expect(row.test == .ranks && row.isRegression)
        #expect(abs(try #require(row.change) + 0.1) < 0.01)
        #expect(result.verdict == .regression)
        let mixed = try compare(summary("tps", base), summary("tps", base.reversed(), first: 3))
        #expect(try self.row(mixed, "tps").test == .ranks)
        #expect(mixed.verdict == .same)
    }

    @Test(
        "Each metric has its better direction",
        arguments: [
            ("tps", true), ("latency_p99", false), ("longest_commit_gap", false), ("wal_bytes_per_txn", false),
            ("commits", true),
        ])
    func directions(_ metric: String, _ moreIsBetter: Bool) throws {
        let base = [1000.0, 1010, 990, 1005, 995]
        let more = try compare(summary(metric, base), summary(metric, base.map { $0 + 100 }))
        let less = try compare(summary(metric, base), summary(metric, base.map { $0 - 100 }))
        #expect(more.verdict == (moreIsBetter ? .different : .regression))
        #expect(less.verdict == (moreIsBetter ? .regression : .different))
        #expect(try row(more, metric).isBetter == moreIsBetter)
    }

    @Test("The threshold decides what a regression is, and a volume never is one")
    func threshold() throws {
        let base = [1000.0, 1010, 990, 1005, 995]
        let slower = summary("tps", base.map { $0 - 40 })
        #expect(try compare(summary("tps", base), slower).verdict == .different)
        #expect(try compare(summary("tps", base), slower, threshold: 0.02).verdict == .regression)
        #expect(
            try compare(summary("wal_bytes", base), summary("wal_bytes", base.map { $0 * 2 })).verdict == .different)
    }

    @Test("One repeat allows no test, and few repeats of other seeds find nothing; both are said")
    func tooFew() throws {
        let one = try compare(summary("tps", [1000]), summary("tps", [500]))
        #expect(one.verdict == .same && one.warnings.contains { $0.contains("too few repeats") })
        let few = try compare(summary("tps", [1000, 1001, 1002]), summary("tps", [500, 501, 502], first: 50))
        #expect(few.verdict == .same && few.warnings.contains { $0.contains("rank test of 3 and 3 repeats") })
    }

    @Test("Metrics can be chosen; one that is not there is an error with the nearest")
    func metrics() throws {
        let plan = try smallPlan(["clients.count=2"], repeats: 3)
        let text = ResultTable.summary.csv(of: try Experiment.run(plan.points[0].scenario))
        #expect(try compare(text, text, metrics: ["tps", "latency_p99"]).rows.map(\.metric) == ["tps", "latency_p99"])
        let error = try #require(throws: InputError.self) { _ = try compare(text, text, metrics: ["latency_p9"]) }
        #expect(error.kind == .content && error.description.contains("nearest: \"latency_p95\""))
    }
}

@Suite("Comparing every kind of file")
struct ComparisonKindTests {
    /// The files of one run with and without a slower device, in a tree of folders.
    private static let files: [String: String] = {
        var files: [String: String] = [:]
        for (name, sync) in [("base", "500us"), ("same", "500us"), ("slow", "800us")] {
            let scenario = try! loadScenario(
                text: variedScenario, file: "v.json",
                sets: ["host.storage.wal.sync=\(sync)", "duration=60ms", "phases.0.until=30ms"])
            let result = try! Experiment.run(scenario)
            for table in ResultTable.allCases { files["\(name)/\(table.fileName)"] = table.csv(of: result) }
        }
        return files
    }()

    private func compare(_ base: String, _ new: String) throws -> ComparisonResult {
        try Comparison.compare(base, new, files: .texts(Self.files))
    }

    @Test(
        "Every table that a run writes can be compared, and equal runs are identical",
        arguments: ResultTable.allCases.filter { $0 != .walSenders })
    func kinds(_ table: ResultTable) throws {
        let same = try compare("base/\(table.fileName)", "same/\(table.fileName)")
        #expect(same.verdict == .identical && !same.rows.isEmpty)
        let slow = try compare("base/\(table.fileName)", "slow/\(table.fileName)")
        #expect(slow.verdict != .identical)
    }

    @Test("Counts of walsenders are compared standby by standby")
    func walSenders() throws {
        let head = ResultTable.walSenders.header.joined(separator: ",") + "\n"
        let rows = { (released: Int) in
            (1...5).map { "s,h,\($0),all,,b,90,\($0),8,7,6,5,4,\(released)\ns,h,\($0),all,,c,90,\($0),8,7,6,0,0,0\n" }
                .joined()
        }
        let files = ["a.csv": head + rows(90), "b.csv": head + rows(60)]
        #expect(try Comparison.compare("a.csv", "a.csv", files: .texts(files)).verdict == .identical)
        let result = try Comparison.compare("a.csv", "b.csv", files: .texts(files))
        let changed = result.rows.filter { $0.base.median != $0.new.median }
        #expect(changed.map(\.metric) == ["released"])
        #expect(changed.first?.place.contains { $0.value == "b" } == true)
    }

    @Test("Two folders are compared as a whole")
    func folders() throws {
        #expect(try compare("base", "same").verdict == .identical)
        let slow = try compare("base", "slow")
        #expect(slow.verdict == .regression)
        #expect(Set(slow.rows.map(\.table)) == ["summary", "phases", "wait_events", "wal_records"])
    }

    @Test("An event that one side never met counts as zero there")
    func absentEvent() throws {
        let head = "scenario,scenario_hash,seed,backend_type,wait_event_type,wait_event,avg_sessions,mean_us\n"
        let rows = (1...5).map { "s,h,\($0),client backend,LWLock,WALWrite,3.\($0),10\n" }.joined()
        let more = (1...5).map { "s,h,\($0),client backend,IO,WALSync,1.\($0),20\n" }.joined()
        let files = ["a.csv": head + rows, "b.csv": head + rows + more]
        let result = try Comparison.compare("a.csv", "b.csv", files: .texts(files))
        let sync = try #require(result.rows.first { $0.place.contains { $0.value == "WALSync" } })
        #expect(sync.base.median == 0 && sync.new.median == 1.3 && sync.isSignificant && sync.change == nil)
        #expect(sync.isRegression)
    }

    @Test("A timeline's event that some repeats never met counts as zero in these")
    func absentInTimeline() throws {
        // In the base two of six repeats met the event, in the other all six, each for half as long.
        func timeline(_ sessions: Double, _ met: ClosedRange<Int>) -> String {
            var text = "scenario,scenario_hash,seed,t_us,metric,value\n"
            for seed in 1...6 {
                for time in [0, 1_000_000] {
                    text += "s,h,\(seed),\(time),tps,\(1000 + seed)\n"
                    for name in ["active_sessions:LWLock:WALBufMapping", "wal_segments_created"]
                    where met.contains(seed) {
                        text += "s,h,\(seed),\(time),\(name),\(sessions)\n"
                    }
                }
            }
            return text
        }
        let files = ["a": timeline(0.5, 1...2), "b": timeline(0.25, 1...6), "c": timeline(0, 7...7)]
        let rows = try Comparison.compare("a", "b", files: .texts(files)).rows.filter { $0.metric != "tps" }
        #expect(rows.count == 2)
        for row in rows {
            #expect(row.counts.base == 6 && row.counts.new == 6)
            #expect(abs(try #require(row.change) - 0.5) < 1e-9)
        }
        let never = try Comparison.compare("a", "c", files: .texts(files))
        let created = never.rows.first { $0.metric == "wal_segments_created" }
        #expect(never.warnings.isEmpty && created?.change == -1)
    }

    @Test("Sweeps are compared point by point; points of one only are said")
    func sweeps() throws {
        func csv(_ varied: String) throws -> String {
            let plan = try smallPlan([varied])
            return SweepTable.csv(of: try Sweep.run(plan, points: plan.points))
        }
        let files = ["a": try csv("clients.count=2,4"), "b": try csv("clients.count=2,4,6")]
        let result = try Comparison.compare("a", "b", files: .texts(files))
        #expect(Set(result.rows.map { $0.place[0].value }) == ["2", "4"])
        #expect(result.rows.allSatisfy { $0.isIdentical })
        #expect(result.warnings.contains { $0.contains("b: ") && $0.contains("no value in the other") })
        let apart = ["a": try csv("clients.count=2"), "b": try csv("clients.count=3")]
        let error = try #require(throws: InputError.self) { try Comparison.compare("a", "b", files: .texts(apart)) }
        #expect(error.description.contains("nothing in common"))
    }

    private static let head = "scenario,scenario_hash,seed,metric,unit,value\n"
    private static let mistakes: [(String, String)] = [
        ("a,b\n1,2\n", "no column \"seed\""),
        ("scenario,seed,metric\ns,1,tps\n", "no column \"value\""),
        (head, "there are no rows"),
        (head + "s,h,1,tps,1/s,fast\n", "line 2: value: not a number (seen \"fast\")"),
        (head + "s,h,x,tps,1/s,3\n", "line 2: seed: not a seed"),
        (head + "s,h,1,tps,1/s,3\ns,h,1,tps,1/s,4\n", "line 3: tps of seed 1 is here twice"),
        (head + "s,h,1,tps,1/s\n", "line 2: this row has 5 fields"),
        ("scenario,scenario_hash,seed,pid,ts,event_type,event,queryid\ns,h,1,1,now,IO,WALSync,1\n", "different kinds"),
        ("scenario,scenario_hash,seed,phase,type,count,record_bytes,fpi_bytes\ns,h,1,all,x,1,2,3\n", "different kinds"),
    ]

    @Test("What cannot be compared is refused with the reason", arguments: mistakes)
    func refusals(_ text: String, _ message: String) throws {
        let good = Self.head + "s,h,1,tps,1/s,3\n"
        let files = FileAccess.texts(["good": good, "bad": text])
        for (base, new) in [("good", "bad"), ("bad", "good")] {
            let error = try #require(throws: InputError.self) {
                try Comparison.compare(base, new, files: files)
            }
            #expect(error.kind == .content)
            #expect(error.description.contains(message), "\(error)")
        }
    }
}
