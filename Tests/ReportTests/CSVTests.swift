import Experiments
import SimTime
import SwiftCSV
import Testing

@testable import Report

@Suite("CSV files")
struct CSVTests {
    /// Metrics of replication are left out where there is none.
    private let metricCount = Metric.all.filter { !$0.needsStandbys }.count
    private let result = Fixture.result([
        Fixture.run(seed: 7, Fixture.span(), phases: [Fixture.span(named: "burst", transactions: 40)]),
        Fixture.run(seed: 8, Fixture.span(transactions: 0)),
    ])

    private func rows(_ table: ResultTable) throws -> [[String: String]] {
        try CSV<Named>(string: table.csv(of: result)).rows
    }

    @Test("Each file's columns are those that the interface promises, in that order")
    func columns() {
        let identity = "scenario,scenario_hash,seed,"
        let event = identity + "backend_type,wait_event_type,wait_event,"
        let expected: [ResultTable: String] = [
            .summary: identity + "metric,unit,value",
            .waitEvents: event + "avg_sessions,waits,total_us,mean_us,p50_us,p95_us,p99_us,max_us",
            .waitHistogram: event + "lower_us,upper_us,waits",
            .sessionsHistogram: event + "sessions,samples",
            .timeline: identity + "t_us,metric,value",
            .walRecords: identity + "phase,type,count,record_bytes,fpi_bytes",
            .phases: identity + "phase,metric,unit,value",
            .walSenders: identity + "phase,server,application_name,commits,sends,sent_bytes,latch_waits,replies,"
                + "release_calls,queues_woken,released",
        ]
        for table in ResultTable.allCases {
            #expect(table.csv(of: result).prefix { $0 != "\n" } == expected[table]!)
        }
    }

    @Test("The summary holds one row a metric and repeat, and a metric without a value is an empty field")
    func summary() throws {
        let rows = try rows(.summary)
        #expect(rows.count == 2 * metricCount)
        let value = { (seed: String, metric: String) in
            rows.first { $0["seed"] == seed && $0["metric"] == metric }?["value"]
        }
        #expect(value("7", "tps") == "10000")
        #expect(value("7", "txns_per_flush") == "20")
        #expect(value("7", "wal_bytes_per_txn") == "230")
        #expect(value("7", "wal_record_bytes_per_txn") == "134.008")
        #expect(value("8", "tps") == "0")
        #expect(value("8", "txns_per_flush") == "")
        #expect(rows.allSatisfy { $0["scenario"] == "burst, \"quoted\"" })
    }

    @Test("A repeat's rows are the same whether it ran alone or among others")
    func repeatAlone() {
        for table in ResultTable.allCases {
            let alone = table.csv(of: Fixture.result([result.repeats[1]]))
            let rows = alone.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            #expect(table.csv(of: result).hasSuffix(rows.joined(separator: "\n")))
        }
    }

    @Test("A session without a wait event has two empty fields")
    func nullEvent() throws {
        let row = try #require(try rows(.waitEvents).first)
        #expect(row["wait_event_type"] == "" && row["wait_event"] == "")
        #expect(row["avg_sessions"] == "0.9")
        #expect(row["waits"] == "0" && row["mean_us"] == "")
    }

    @Test("The wait histogram's buckets hold every wait once")
    func histogram() throws {
        let rows = try rows(.waitHistogram).filter {
            $0["seed"] == "7" && $0["wait_event_type"] == "LWLock" && $0["wait_event"] == "WALWrite"
        }
        #expect(rows.reduce(0) { $0 + Int($1["waits"]!)! } == 190)
        for row in rows { #expect(Double(row["lower_us"]!)! <= 1_900 && 1_900 <= Double(row["upper_us"]!)!) }
    }

    @Test("The timeline gives each interval's start, and an empty field where it has no value")
    func timeline() throws {
        let rows = try rows(.timeline).filter { $0["seed"] == "7" }
        #expect(rows.map { $0["t_us"] } == ["0", "0", "5000000", "5000000"])
        #expect(rows.map { $0["value"] } == ["10000", "4080", "9999.5", ""])
    }

    @Test("Files with a phase column call the whole run all")
    func phaseColumn() throws {
        let phases = try rows(.phases)
        #expect(phases.filter { $0["seed"] == "7" && $0["phase"] == "burst" }.count == metricCount)
        #expect(phases.filter { $0["phase"] == "all" }.count == 2 * metricCount)
        let records = try rows(.walRecords).filter { $0["type"] == "Heap/INSERT" }
        #expect(records.map { $0["phase"] } == ["all", "burst", "all"])
        #expect(records.map { $0["count"] } == ["100000", "40", "0"])
    }

    @Test("Walsenders have a file of their own, one row a standby, which a run without standbys has not")
    func walSenders() throws {
        #expect(!ResultTable.of(result).contains(.walSenders))
        let replicated = Fixture.result([Fixture.run(seed: 7, Fixture.withWalSenders(Fixture.span()))])
        #expect(ResultTable.of(replicated) == ResultTable.allCases)
        let rows = try CSV<Named>(string: ResultTable.walSenders.csv(of: replicated)).rows
        #expect(rows.map { $0["application_name"] } == ["b", "c"])
        #expect(rows.map { $0["phase"] } == ["all", "all"] && rows.map { $0["server"] } == ["", "one"])
        #expect(rows.map { $0["sends"] } == ["400", "500"] && rows.map { $0["commits"] } == ["4000", "4000"])
        #expect(rows.map { $0["latch_waits"] } == ["600", "0"] && rows.map { $0["released"] } == ["4000", "0"])
        #expect(rows.map { $0["release_calls"] } == ["800", "0"] && rows.map { $0["queues_woken"] } == ["1200", "0"])
    }

    @Test(
        "Numbers have the shortest digits that read back the same",
        arguments: [
            (0.1, "0.1"), (2, "2"), (-0.0, "0"), (1_234_567.25, "1234567.25"), (1.0 / 3, "0.3333333333333333"),
        ])
    func numbers(value: Double, text: String) {
        #expect(NumberText.exact(value) == text)
    }

    @Test("A number that no file can hold is NULL")
    func noNumber() {
        #expect(CSVText.format(.number(.nan)).isEmpty)
        #expect(CSVText.format(.number(.infinity)).isEmpty)
    }

    @Test("Fields with a comma, a quote or a line end are quoted")
    func quoting() {
        #expect(CSVText.format(.text("a,b")) == "\"a,b\"")
        #expect(CSVText.format(.text("say \"x\"")) == "\"say \"\"x\"\"\"")
        #expect(CSVText.format(.text("a\r\nb")) == "\"a\r\nb\"")
        #expect(CSVText.format(.text("plain text")) == "plain text")
    }

    @Test("Samples have the columns of pg_wait_sampling_history after those that name the run")
    func samples() throws {
        let rows = [
            SampleRow(pid: 101, at: .milliseconds(10), event: Fixture.walWrite, queryID: 5),
            SampleRow(pid: 102, at: .seconds(86_400 * 60 + 3_661), event: nil, queryID: 0),
        ]
        let text = SampleRow.headerLine + rows.map { $0.line(scenario: "s", hash: "h", seed: 1) }.joined()
        let expected = """
            scenario,scenario_hash,seed,pid,ts,event_type,event,queryid
            s,h,1,101,2000-01-01 00:00:00.010000+00,LWLock,WALWrite,5
            s,h,1,102,2000-03-01 01:01:01.000000+00,,,0

            """
        #expect(text == expected)
    }
}
