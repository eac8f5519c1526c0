import Foundation
import SwiftCSV
import Testing

/// What the command prints and writes.
@Suite("Output")
struct OutputTests {
    private func json(_ more: String...) throws -> [String: Any] {
        let outcome = try Command().run(["run", "steady-commit", "--format", "json"] + Command.short + more)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require(object as? [String: Any])
    }

    @Test("JSON has every key")
    func keys() throws {
        let result = try json("--set", #"phases=[{"name":"a","until":"30ms"},{"name":"b"}]"#)
        let keys = [
            "walsim", "scenario", "scenario_hash", "seed", "repeats", "digest", "simulated_seconds", "wall_seconds",
            "wakeups", "tps", "transactions", "latency_us", "longest_commit_gap_us", "txns_per_flush", "flushes",
            "wal_bytes_per_txn", "wal_record_bytes_per_txn", "cpu_utilization", "wait_events", "wait_attribution",
            "wal_records", "activity", "phases", "counters", "per_repeat",
        ]
        for key in keys { #expect(result[key] != nil, "\(key)") }
        let latency = try #require(result["latency_us"] as? [String: Any])
        #expect(Set(latency.keys).isSuperset(of: ["mean", "p50", "p95", "p99", "max"]))
        let tps = try #require(result["tps"] as? [String: Any])
        #expect(tps["ci95"] is NSNull)
        let phases = try #require(result["phases"] as? [[String: Any]])
        #expect(phases.compactMap { $0["name"] as? String } == ["a", "b"])
        let counters = try #require(result["counters"] as? [String: Any])
        #expect(counters["pg_stat_wal"] is [String: Any])
    }

    @Test("Rows of JSON have every key, and sessions without an event have null")
    func rows() throws {
        let result = try json()
        let events = try #require(result["wait_events"] as? [[String: Any]])
        let columns: Set = [
            "backend_type", "wait_event_type", "wait_event", "avg_sessions", "waits", "total_us", "mean_us", "p50_us",
            "p95_us", "p99_us", "max_us",
        ]
        #expect(events.allSatisfy { Set($0.keys).isSuperset(of: columns) })
        #expect(events.contains { $0["wait_event"] is NSNull && $0["wait_event_type"] is NSNull })
        #expect(
            events.contains {
                $0["wait_event"] as? String == "WALWrite" && $0["wait_event_type"] as? String == "LWLock"
            })
        let activity = try #require(result["activity"] as? [[String: Any]])
        let states = Set(activity.compactMap { $0["state"] as? String })
        #expect(states == ["running", "ready", "spinning", "asleep without event", "waiting"])
        let attribution = try #require(result["wait_attribution"] as? [[String: Any]])
        #expect(attribution.contains { $0["holder_activity"] as? String == "IO:WALSync" })
    }

    @Test("A run whose standby is lost for good ends with what ran, the reason and a status that says so")
    func standstill() throws {
        let outcome = try Command().run(
            "run", "standby-stall", "--repeats", "1", "--set", "clients.count=2", "--set", #"clients.load="closed""#,
            "--set", #"phases=[{"name":"all of it","transactions":1000}]"#, "--set", "warmup=0s",
            "--set", #"events=[{"at":"20ms","do":"stop standby","name":"b"}]"#, "--set", "duration=null")
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains("2 backends wait for standbys (0 connected), so that \"all of it\""))
        #expect(outcome.output.contains("IPC:SyncRep"))
    }

    @Test("Several repeats have an interval, and a seed each")
    func repeats() throws {
        let outcome = try Command().run(
            "run", "steady-commit", "--set", "duration=40ms", "--set", "warmup=0s", "--repeats", "3", "--seed", "7",
            "--format", "json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        let result = try #require(object as? [String: Any])
        let tps = try #require(result["tps"] as? [String: Any])
        let interval = try #require(tps["ci95"] as? [Double])
        #expect(interval.count == 2 && interval[0] <= interval[1])
        let each = try #require(result["per_repeat"] as? [[String: Any]])
        #expect(each.compactMap { $0["seed"] as? Int } == [7, 8, 9])
    }

    @Test("The folder holds every table, whole, and nothing else")
    func folder() throws {
        let scratch = try Scratch()
        let outcome = try Command().run(
            ["run", "steady-commit", "--out", scratch.place("a/b"), "--samples", "--quiet"] + Command.short)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        let names = [
            "phases", "samples", "sessions_histogram", "summary", "timeline", "wait_events", "wait_histogram",
            "wal_records",
        ]
        #expect(try scratch.files(in: "a/b") == names.map { $0 + ".csv" })
        for name in names {
            let text = try scratch.text("a/b/\(name).csv")
            #expect(text.hasSuffix("\n"))
            let table = try CSV<Enumerated>(string: text)
            #expect(table.header.prefix(3) == ["scenario", "scenario_hash", "seed"])
            #expect(!table.rows.isEmpty)
            #expect(table.rows.allSatisfy { $0.count == table.header.count }, "\(name)")
            #expect(table.rows.allSatisfy { $0[0] == "steady-commit" && $0[2] == "1" })
        }
    }

    @Test("Samples of an earlier run do not stay beside files of another one")
    func staleSamples() throws {
        let scratch = try Scratch()
        let arguments = ["run", "steady-commit", "--out", scratch.path, "--quiet"] + Command.short
        #expect(try Command().run(arguments + ["--samples"]).status == 0)
        #expect(try scratch.files().contains("samples.csv"))
        #expect(try Command().run(arguments + ["--set", "clients.count=5"]).status == 0)
        #expect(!(try scratch.files().contains("samples.csv")))
        #expect(try scratch.files().allSatisfy { !$0.hasPrefix(".") })
    }

    @Test("CSV on standard output is summary.csv")
    func csv() throws {
        let scratch = try Scratch()
        let outcome = try Command().run(
            ["run", "steady-commit", "--format", "csv", "--out", scratch.path] + Command.short)
        #expect(outcome.output == (try scratch.text("summary.csv")))
        #expect(outcome.output.contains(",tps,"))
    }

    @Test("The report for people names the scenario and its events, without colour and progress in a file")
    func report() throws {
        let outcome = try Command().run(["run", "steady-commit"] + Command.short)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("steady-commit"))
        #expect(outcome.output.contains("WALWrite"))
        #expect(!outcome.output.contains("\u{1B}"))
    }

    @Test("A missed threshold ends with 1 and says which, a met one with 0")
    func thresholds() throws {
        func run(_ condition: String) throws -> Command.Outcome {
            try Command().run(
                ["run", "steady-commit", "--quiet", "--set", #"thresholds={"latency_p99":"\#(condition)"}"#]
                    + Command.short)
        }
        let missed = try run("<= 1us")
        #expect(missed.status == 1)
        #expect(missed.errors.contains("threshold missed: latency_p99 <= 1us (mean "))
        #expect(missed.errors.hasSuffix(" ms)\n"))
        let met = try run("<= 1h")
        #expect(met.status == 0)
        #expect(met.errors.isEmpty)
    }
}
