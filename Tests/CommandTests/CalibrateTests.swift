import Foundation
import Testing

/// `walsim calibrate`, `diagnose` and `init` as commands: files, exit statuses, messages.
@Suite("From measurements to a scenario")
struct CalibrateTests {
    private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("ExperimentsTests/Calibrate/Samples").path

    private func sample(_ name: String) -> String { Self.samples + "/" + name }

    @Test("What calibrate writes validates and runs; the report ends with what is not known") func calibrate() throws {
        let scratch = try Scratch()
        let scenario = scratch.place("mine.json")
        let outcome = try Command().run(
            "calibrate", "--fsync", sample("fio.json"), "--conf", sample("postgresql.conf"), "--cores", "2",
            "--server-version", "15", "-o", scenario)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("What these inputs do not tell") && outcome.output.contains("17 quantiles"))
        let validated = try Command().run("validate", scenario)
        #expect(validated.status == 0, "\(validated.errors)")
        let run = try Command().run(["run", scenario, "--format", "csv"] + Command.short)
        #expect(run.status == 0 && run.output.contains("\nmine,"), "\(run.errors)")
    }

    @Test("The JSON report has values, fit and gaps") func json() throws {
        let scratch = try Scratch()
        let outcome = try Command().run(
            "calibrate", "--fsync", sample("pg_test_fsync.txt"), "--format", "json", "-o", scratch.place("a.json"))
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let values = try #require(object?["values"] as? [[String: String]])
        #expect(values.contains { $0["path"] == "host.storage.wal.sync" && $0["value"] == "mean 1.926ms" })
        #expect(object?["not_identified"] is [[String: String]])
    }

    @Test("Malformed, missing and unwritable: 65, 66, 73, and nothing is written") func mistakes() throws {
        let scratch = try Scratch()
        let bad = try scratch.write("        fdatasync   quick\n", to: "bad.txt")
        let malformed = try Command().run("calibrate", "--fsync", bad, "-o", scratch.place("a.json"))
        #expect(malformed.status == 65)
        #expect(malformed.errors.hasPrefix("walsim: \(bad): line 1: "), "\(malformed.errors)")
        let missing = try Command().run("calibrate", "--fsync", scratch.place("none"), "-o", scratch.place("a.json"))
        #expect(missing.status == 66 && missing.errors.contains("cannot read this file"))
        let unwritable = try Command().run("calibrate", "--fsync", sample("fio.json"), "-o", bad + "/a.json")
        #expect(unwritable.status == 73, "\(unwritable.errors)")
        let nothing = try Command().run("calibrate", "-o", scratch.place("a.json"))
        #expect(nothing.status == 64 && nothing.errors.contains("--fsync"))
        let input = try Command().run("calibrate", "--fsync", bad, "-o", bad)
        #expect(input.status == 64 && input.errors.contains("-o names an input"))
        #expect(try scratch.files() == ["bad.txt"])
    }

    @Test("A live server that cannot be reached is 66, and says why") func noServer() throws {
        let scratch = try Scratch()
        let outcome = try Command().run(
            "calibrate", "--from-server", "host=\(scratch.path) port=1", "--for", "1s", "-o", scratch.place("a.json"))
        #expect(outcome.status == 66)
        let isExplained = outcome.errors.contains(scratch.path) || outcome.errors.contains("built without libpq")
        #expect(outcome.errors.hasPrefix("walsim: --from-server: ") && isExplained, "\(outcome.errors)")
        let span = try Command().run("calibrate", "--from-server", "x", "--for", "ever", "-o", scratch.place("a.json"))
        #expect(span.status == 64 && span.errors.contains("--for is ever"))
        #expect(try scratch.files().isEmpty)
    }

    @Test("diagnose ranks scenarios and says what to measure; malformed samples are 65") func diagnose() throws {
        let scratch = try Scratch()
        let scenarios = try [("idle", 2, "3ms"), ("busy", 32, "2ms")].map { name, clients, sync in
            try scratch.write(
                """
                {"name": "\(name)", "duration": "200ms", "warmup": "20ms", "clients": {"count": \(clients)},
                 "host": {"storage": {"wal": {"sync": {"constant": "\(sync)"}}}}}
                """, to: "\(name).json")
        }
        let outcome = try Command().run(
            "diagnose", "--waits", sample("pg_stat_activity.csv"), "--scenario", scenarios[0], "--scenario",
            scenarios[1], "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let candidates = try #require(object?["candidates"] as? [[String: Any]])
        #expect(candidates.map { $0["scenario"] as? String } == ["busy", "idle"])
        #expect((object?["test"] as? [String: Any])?["measure"] is String)
        let bad = try scratch.write("pid,ts,event_type,event\n1,soon,IO,WALSync\n", to: "bad.csv")
        let malformed = try Command().run("diagnose", "--waits", bad)
        #expect(malformed.status == 65 && malformed.errors.contains("bad.csv: line 2: not a time (seen \"soon\""))
    }

    @Test("init writes a scenario that validates, with its values, and leaves an existing file alone")
    func firstScenario() throws {
        let scratch = try Scratch()
        let file = scratch.place("mine.json")
        let made = try Command().run(
            "init", "--clients", "12", "--cores", "4", "--sync", #"{"lognormal": {"mean": "2ms", "sigma": 0.4}}"#,
            "--server-version", "17", "--transaction", "insert10", "--commit-delay", "500", "-o", file)
        #expect(made.status == 0, "\(made.errors)")
        #expect(try Command().run("validate", file).status == 0)
        let text = try scratch.text("mine.json")
        for part in ["\"count\": 12", "\"cores\": 4", "lognormal", "\"17\"", "insert10", "\"commit_delay\": 500"] {
            #expect(text.contains(part))
        }
        let again = try Command().run("init", "-o", file)
        #expect(again.status == 73 && again.errors.contains("exists already"))
        #expect(try scratch.text("mine.json") == text)
        #expect(try Command().run("init", "--force", "-o", file).status == 0)
        #expect(try scratch.text("mine.json") != text)
    }

    @Test("init refuses a value that a scenario may not have, and writes nothing") func badValue() throws {
        let scratch = try Scratch()
        let outcome = try Command().run("init", "--sync", "fast", "-o", scratch.place("a.json"))
        #expect(outcome.status == 65)
        // No line is named: it would be one of a file that nobody has seen.
        let expected = "walsim: init: host.storage.wal.sync.constant: not a duration (seen \"fast\"; allowed: durations"
        #expect(outcome.errors.hasPrefix(expected), "\(outcome.errors)")
        #expect(try scratch.files().isEmpty)
    }
}
