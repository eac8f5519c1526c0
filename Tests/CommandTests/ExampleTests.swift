import Foundation
import Testing

/// The examples that every command's help ends with, pasted into a shell.
///
/// They run where the files lie that they name, and where files with the names of bundled scenarios hide those: what an
/// example shows holds for a run of some milliseconds too.
@Suite("Examples in the help")
struct ExampleTests {
    /// A command, and how many examples its help has.
    private static let commands = [
        ("calibrate", 3), ("check", 3), ("compare", 4), ("diagnose", 3), ("init", 3), ("merge", 1), ("run", 5),
        ("scenarios", 2), ("sweep", 4), ("tune", 3), ("validate", 2),
    ]

    @Test("Each ends with status 0, and leaves the files that it names", arguments: commands)
    func examples(_ command: String, _ count: Int) throws {
        let examples = try HelpTests.examples(of: command)
        #expect(examples.count == count)
        for example in examples {
            let folder = try ExampleFolder()
            let outcome = try folder.run(example)
            // No server listens there: the status says that, as the help does.
            #expect(outcome.status == (example.contains("--from-server") ? 66 : 0), "\(example)\n\(outcome.errors)")
            #expect(!outcome.errors.contains("warning"), "\(example)\n\(outcome.errors)")
            for file in Self.written(by: example) where outcome.status == 0 {
                #expect(try !folder.scratch.text(file).isEmpty, "\(example) left no \(file)")
            }
        }
    }

    @Test("No command is left out") func complete() throws {
        #expect(try Set(HelpTests.commands().map(\.commandName)) == Set(Self.commands.map(\.0)))
    }

    private static func written(by example: String) -> [String] {
        example.matches(of: /(?: -o| --out| --report| --trace| >) (\S+)/).map { String($0.output.1) }
    }
}

/// A folder with what the examples name, and a `walsim` that makes the longest of them short.
private struct ExampleFolder {
    let scratch: Scratch

    private static let samples = [
        "pg_test_fsync.txt": "pg_test_fsync.txt", "postgresql.conf": "postgresql.conf", "wal.conf": "wal.conf",
        "fio.json": "fio.json", "one.txt": "pgbench-1.txt", "many.txt": "pgbench-32.txt",
        "ash.csv": "pg_stat_activity.csv", "pg_wait_sampling_history.csv": "pg_wait_sampling_history.csv",
    ]

    /// A scenario of some milliseconds, with the load of the bundled bursts where a trace's window lies.
    private static func scenario(_ name: String) -> String {
        let load =
            name.hasPrefix("burst")
            ? #""duration": "10.52s", "clients": {"count": 20, "load": {"profile": [["0s", 20], ["10.4s", 5000]]}}"#
            : #""duration": "5ms", "clients": {"count": 8}, "observe": {"sample_interval": "200us"}"#
        return """
            {"name": "\(name)", "description": "Short.", "warmup": "1ms", "repeats": 2, \(load),
             "host": {"cores": 4, "storage": {"wal": {"sync": {"constant": "500us"}}}}}
            """
    }

    init() throws {
        scratch = try Scratch()
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("ExperimentsTests/Calibrate/Samples")
        for (name, sample) in Self.samples {
            try FileManager.default.copyItem(
                atPath: folder.appendingPathComponent(sample).path, toPath: scratch.place(name))
        }
        for folder in ["bin", "scenarios", "before", "after"] {
            try FileManager.default.createDirectory(
                atPath: scratch.place(folder), withIntermediateDirectories: false)
        }
        for name in ["burst-insert", "steady-commit", "commit-delay", "pgbench-insert"] {
            try scratch.write(Self.scenario(name), to: name)
        }
        for name in ["my-scenario.json", "my-incident.json", "scenarios/a.json"] {
            try scratch.write(Self.scenario("mine"), to: name)
        }
        try scratch.write(Self.wrapper, to: "bin/walsim")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.place("bin/walsim"))
        try writeTables()
    }

    /// What `run` and `sweep` would have left: two results that differ, and a sweep's two shards.
    private func writeTables() throws {
        let header = "scenario,scenario_hash,seed,metric,unit,value\n"
        for (folder, table, value) in [("before", "base", 100.0), ("after", "new", 100.5)] {
            let rows = (1...5).flatMap { seed in
                ["tps,per second", "latency_p99,us"].map {
                    "a,0123456789abcdef,\(seed),\($0),\(value + Double(seed % 3))\n"
                }
            }
            try scratch.write(header + rows.joined(), to: "\(folder)/summary.csv")
            try scratch.write(header + rows.joined(), to: "\(table).csv")
        }
        for shard in 1...2 {
            let header = "clients.count,label,sweep,point,scenario,scenario_hash,seed,metric,unit,value\n"
            let row = "\(shard),n,0123456789abcdef,\(shard)/2,a,0123456789abcdef,1,tps,per second,100\n"
            try scratch.write(header + row, to: "shard-\(shard).csv")
        }
    }

    /// The last one of an option given twice counts: fewer schedules, one incident, few repeats, and no server at all.
    private static let wrapper = """
        #!/bin/sh
        case "$*" in
          "check --replay"*) ;;
          check*) set -- "$@" --schedules 3 ;;
          "diagnose"*--scenario*) ;;
          diagnose*) set -- "$@" --scenario steady-commit ;;
          tune*) set -- "$@" --repeats 10 --skip-clients ;;
          calibrate*--from-server*) set -- "$@" --from-server "host=$PWD port=1" --for 1s ;;
        esac
        exec "\(Command.binary)" "$@"
        """

    /// Runs what somebody has pasted, and that stops at the first mistake also within a pipe.
    func run(_ example: String) throws -> Command.Outcome {
        let script = "PATH=\"\(scratch.place("bin")):$PATH\"; export PATH\nset -e\n\(example)\n"
        return try Command(binary: "/bin/sh", folder: scratch.path).run("-c", script)
    }
}
