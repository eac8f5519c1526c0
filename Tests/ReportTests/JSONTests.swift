import Experiments
import Foundation
import Testing

@testable import Report

@Suite("The JSON result")
struct JSONTests {
    private let result = Fixture.result([
        Fixture.run(seed: 7, Fixture.span(), phases: [Fixture.span(named: "burst", transactions: 40)]),
        Fixture.run(seed: 8, Fixture.span(transactions: 120_000), phases: [Fixture.span(named: "burst")]),
    ])

    private func parsed(_ result: ExperimentResult) throws -> [String: Any] {
        let data = Data(ResultJSON.text(of: result).utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func keys(_ value: OrderedJSON) -> [String] {
        if case .object(let members) = value { members.map(\.key) } else { [] }
    }

    private func member(_ value: OrderedJSON, _ key: String) -> OrderedJSON {
        guard case .object(let members) = value else { return .null }
        return members.first { $0.key == key }?.value ?? .null
    }

    private func first(_ value: OrderedJSON) -> OrderedJSON {
        if case .array(let items) = value { items.first ?? .null } else { .null }
    }

    @Test("Its keys are those that the interface promises, in that order")
    func keyOrder() {
        let object = ResultJSON.object(result)
        #expect(
            keys(object) == [
                "walsim", "scenario", "scenario_hash", "seed", "repeats", "digest", "simulated_seconds",
                "wall_seconds", "wakeups", "tps", "transactions", "latency_us", "longest_commit_gap_us",
                "txns_per_flush", "flushes", "wal_bytes_per_txn", "wal_record_bytes_per_txn", "cpu_utilization",
                "wait_events", "wait_attribution", "wal_records", "activity", "phases", "counters", "per_repeat",
            ])
        #expect(keys(member(object, "latency_us")) == ["mean", "p50", "p95", "p99", "max"])
        #expect(
            keys(first(member(object, "wait_events"))) == [
                "backend_type", "wait_event_type", "wait_event", "avg_sessions", "waits", "total_us", "mean_us",
                "p50_us", "p95_us", "p99_us", "max_us",
            ])
        #expect(
            keys(first(member(object, "wait_attribution"))) == [
                "wait_event_type", "wait_event", "holder_activity", "total_us", "share",
            ])
        #expect(
            keys(first(member(object, "phases"))) == [
                "name", "tps", "latency_us", "txns_per_flush", "wal_bytes_per_txn", "wait_events", "wal_records",
            ])
        #expect(
            keys(member(object, "counters")) == [
                "pg_stat_wal", "pg_stat_checkpointer", "pg_stat_bgwriter", "segments", "pg_stat_replication",
                "walsenders",
            ])
    }

    @Test("Each walsender has its counts and ratios, null where there is nothing to divide by")
    func walSenders() throws {
        let object = try parsed(Fixture.result([Fixture.run(seed: 1, Fixture.withWalSenders(Fixture.span()))]))
        let counters = try #require(object["counters"] as? [String: Any])
        let all = try #require(counters["walsenders"] as? [String: Any])
        #expect(all["sends"] as? Int == 900 && all["queues_woken"] as? Int == 1_200)
        let rows = try #require(all["by_standby"] as? [[String: Any]])
        #expect(rows.map { $0["application_name"] as? String } == ["b", "c"])
        #expect(rows[0]["server"] is NSNull && rows[1]["server"] as? String == "one")
        #expect(rows[0]["commits_per_send"] as? Double == 10 && rows[1]["commits_per_send"] as? Double == 8)
        #expect(rows[0]["latch_waits_per_send"] as? Double == 1.5 && rows[0]["latch_waits"] as? Int == 600)
        #expect(rows[0]["released_per_reply"] as? Double == 5 && rows[1]["released_per_reply"] is NSNull)
    }

    @Test("Counts are sums over repeats, rates and times are means")
    func overRepeats() throws {
        let object = try parsed(result)
        #expect(object["transactions"] as? Int == 220_000)
        #expect(object["flushes"] as? Int == 11_000)
        #expect(object["txns_per_flush"] as? Double == 20)
        #expect(object["simulated_seconds"] as? Double == 10)
        let tps = try #require(object["tps"] as? [String: Any])
        #expect(tps["mean"] as? Double == 11_000)
        let interval = try #require(tps["ci95"] as? [Double])
        // t(0.975, 1) = 12.706, standard error 1,000: half the width.
        #expect(abs(interval[0] - (11_000 - 12_706)) < 1 && abs(interval[1] - (11_000 + 12_706)) < 1)
    }

    @Test("A wait event's figures are per repeat and agree with each other")
    func waitEvents() throws {
        let rows = try #require(try parsed(result)["wait_events"] as? [[String: Any]])
        #expect(rows[0]["wait_event_type"] is NSNull && rows[0]["wait_event"] is NSNull)
        #expect(rows[0]["p99_us"] is NSNull)
        #expect(rows[1]["avg_sessions"] as? Double == 38)
        #expect(rows[1]["total_us"] as? Double == 380e6)
        #expect(rows[1]["waits"] as? Int == 190)
    }

    @Test("Attribution shares sum to one for each event")
    func attribution() throws {
        let rows = try #require(try parsed(result)["wait_attribution"] as? [[String: Any]])
        let shares = rows.compactMap { $0["share"] as? Double }
        #expect(shares.count == 2 && abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(abs(shares[0] - 350.0 / 380) < 1e-12)
    }

    @Test("One repeat has no interval, no flush has no ratio, and no transaction has no latency: all null")
    func nulls() throws {
        var span = Fixture.span(transactions: 0)
        span.latency = Fixture.histogram([])
        let object = try parsed(Fixture.result([Fixture.run(seed: 1, span)]))
        #expect((object["tps"] as? [String: Any])?["ci95"] is NSNull)
        #expect(object["txns_per_flush"] is NSNull)
        #expect((object["latency_us"] as? [String: Any])?["p99"] is NSNull)
        #expect(object["longest_commit_gap_us"] as? Double == 3_000)
    }

    @Test("Two runs of one seed differ in nothing but wall_seconds")
    func wallTime() {
        var slower = result
        slower.wallSeconds = 9
        let lines = { (text: String) in text.split(separator: "\n").filter { !$0.contains("\"wall_seconds\"") } }
        #expect(lines(ResultJSON.text(of: slower)) == lines(ResultJSON.text(of: result)))
        for table in ResultTable.allCases { #expect(table.csv(of: slower) == table.csv(of: result)) }
    }

    @Test("One repeat's digest is the result's, and that of several depends on each")
    func digest() {
        let alone = Fixture.result([result.repeats[0]])
        #expect(alone.digest == result.repeats[0].digest)
        var other = result
        other.repeats[1].digest += 1
        #expect(other.digest != result.digest)
    }

    @Test("An interrupted result says so, a complete one has no such key")
    func interrupted() throws {
        var cut = result
        cut.repeats[1].interrupted = true
        #expect(try parsed(cut)["interrupted"] as? Bool == true)
        #expect(try parsed(result)["interrupted"] == nil)
    }

    @Test("Strings are escaped so that they read back the same")
    func strings() throws {
        let text = "a \"b\" \\ \n\t\u{1} é €"
        let data = Data(OrderedJSON.array([.string(text)]).text().utf8)
        #expect(try JSONSerialization.jsonObject(with: data) as? [String] == [text])
    }

    @Test("Numbers that JSON cannot hold are null")
    func notANumber() {
        #expect(OrderedJSON.array([.number(.nan), .number(1.5)]).text() == "[null, 1.5]")
    }
}
