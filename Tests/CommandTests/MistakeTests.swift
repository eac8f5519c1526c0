import Foundation
import Testing

/// Every mistake gets its message and its exit status; none crashes and none runs.
@Suite("Mistakes")
struct MistakeTests {
    /// Arguments behind `run`, and what must come of them.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var status: Int32
        /// Pieces of the message, in order.
        var message: [String]

        init(_ arguments: [String], _ status: Int32, _ message: String...) {
            self.arguments = arguments
            self.status = status
            self.message = message
        }

        /// `steady-commit` with one `--set`.
        init(set: String, _ message: String...) {
            arguments = ["steady-commit", "--set", set]
            status = 65
            self.message = ["walsim: steady-commit: "] + message
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let files = [
        Mistake(["missing.json"], 66, "walsim: missing.json: cannot read"),
        Mistake(["burst-insret"], 66, "nearest: \"burst-insert\""),
        Mistake(["senarios/burst-insert.json"], 66, "cannot read", "nearest: \"burst-insert\""),
        Mistake(["."], 66, "walsim: .: this is a folder"),
        Mistake([""], 64, "the scenario is empty"),
        Mistake(["unknown-key.json", "--report", "./unknown-key.json"], 64, "--report names an input"),
        Mistake(["not.json"], 65, "walsim: not.json: line 2:", "expected"),
        Mistake(["empty.json"], 65, "walsim: empty.json: line 1:"),
        Mistake(["binary.json"], 65, "walsim: binary.json: "),
        Mistake(
            ["list.json", "--set", "clients.count=8"], 65, "walsim: list.json: a list does not fit here", "line 1"),
        Mistake(
            ["steady-commit", "--set", "server.settings_file=nope.conf"], 66,
            "server.settings_file: cannot read this file (seen \"nope.conf\""),
        Mistake(
            ["steady-commit", "--set", "server.settings_file=including.conf"], 66,
            "including.conf: line 1: could not open configuration file \"nope.conf\""),
        Mistake(
            ["steady-commit", "--set", #"clients.load={"replay":"nofile"}"#], 66,
            "clients.load.replay: cannot read this file (seen \"nofile\""),
        Mistake(
            ["unknown-key.json"], 65, "walsim: unknown-key.json: clients.tink: unknown key", "line 2",
            "nearest: \"think\""),
    ]

    private static let values = [
        Mistake(set: "duration=10", "duration: a duration needs a unit", "seen 10", "units ns, us, ms, s, min, h"),
        Mistake(set: "duration=10 parsecs", "duration: ", "10 parsecs"),
        Mistake(set: "duration=-5s", "duration: must not be negative", "\"-5s\""),
        Mistake(set: "duration=0s", "duration: "),
        Mistake(set: "warmup=-1ms", "warmup: must not be negative"),
        Mistake(set: "duration=1e30h", "duration: "),
        Mistake(
            set: "server.settings.commit_delay=100001",
            "100001 is outside the valid range for parameter \"commit_delay\" (0 .. 100000)"
        ),
        Mistake(
            set: "server.settings.comit_delay=1", "unrecognized configuration parameter", "nearest: \"commit_delay\""),
        Mistake(set: "server.settings.wal_sync_method=fastsync", "server.settings.wal_sync_method: ", "fdatasync"),
        Mistake(set: "server.settings.wal_buffers=lots", "server.settings.wal_buffers: "),
        Mistake(
            set: "server.settings.wal_sync_method=fdatsync", "Available values: ", "seen \"fdatsync\"",
            "nearest: \"fdatasync\""),
        Mistake(set: "server.version=14", "server.version: ", "15, 16, 17", "nearest: \"15\""),
        Mistake(
            set: #"host.storage.wal.sync={"constant":"3ms""#, "host.storage.wal.sync: not a duration",
            "in --set, which is not JSON: expected ',' or '}'"),
        Mistake(set: "clients.count=1000000000", "clients.count: out of range", "262142"),
        Mistake(set: "clients.count=99999999999999999999999", "clients.count: "),
        Mistake(set: "clients.count=-1", "clients.count: must not be negative", "seen -1"),
        Mistake(set: "clients.count=eight", "clients.count: "),
        Mistake(set: "clients.count=null", "clients: key \"count\" is missing"),
        Mistake(
            set: #"transactions={"insert":{"statements":[]}}"#, "transactions.insert.statements: must not be empty"),
        Mistake(set: "clients.transaction=insret", "clients.transaction: unknown transaction", "allowed: insert"),
        Mistake(set: #"host.storage.wal.sync={"constant":"-1ms"}"#, "host.storage.wal.sync.constant: "),
        Mistake(set: #"host.storage.wal.sync={"normal":{"mean":"1ms"}}"#, "host.storage.wal.sync", "constant"),
        Mistake(
            set: #"host.storage.wal.sync={"lognormal":{"mean":"1ms","sigma":-1}}"#,
            "host.storage.wal.sync.lognormal.sigma: "),
        Mistake(set: "repeats=0", "repeats: "),
        Mistake(set: #"phases=[{"name":"a","until":"9s"},{"name":"b","until":"3s"}]"#, "phases.1"),
        Mistake(set: #"thresholds={"latency_p98":"<= 1ms"}"#, "thresholds.latency_p98: ", "latency_p9"),
        Mistake(set: #"thresholds={"latency_p99":"about 1ms"}"#, "thresholds.latency_p99: "),
        Mistake(set: "clients.load=poisson", "clients.load: unknown value", "\"closed\"", "open, profile, replay"),
        Mistake(set: "host.storage.wal.sync=2\u{B5}s", "unknown unit", "nearest: \"us\""),
        Mistake(
            set: String(repeating: "k", count: 2_000) + "=1", String(repeating: "k", count: 57) + "...: unknown key"),
        // Paths that do not exist.
        Mistake(set: "clients.cuont=3", "clients.cuont: unknown key", "nearest: \"count\""),
        Mistake(set: "clients.count.more=3", "clients.count"),
        Mistake(set: "phases.7.name=x", "phases.7"),
        Mistake(set: "host.storage.wall.sync=1", "host.storage.wall: ", "nearest: \"wal\""),
        Mistake(set: "nothing=1", "nothing: unknown key"),
        Mistake(
            set: #"host.storage.wal.stalls=[{"every":{"constant":"0s"},"for":"1ms"}]"#,
            "host.storage.wal.stalls.0.every: stalls must have a pause between them"),
    ]

    private static let onThreads = [
        (set: #"events=[{"at":"10ms","do":"checkpoint"}]"#, "events: --executor threads cannot run this"),
        (set: #"phases=[{"name":"a","until":"10ms"},{"name":"b"}]"#, "phases: --executor threads cannot run this"),
        (set: "server.variants.insertion_locks=1", "server.variants: --executor threads cannot run this"),
    ].map {
        Mistake(["steady-commit", "--executor", "threads", "--data-dir", "d", "--set", $0.set], 65, $0.1)
    }

    private static let usage = [
        Mistake([], 64, "walsim: Missing expected argument"),
        Mistake(["steady-commit", "--bogus"], 64, "--bogus"),
        Mistake(["steady-commit", "--set", "clients.count"], 64, "expected PATH=VALUE"),
        Mistake(["steady-commit", "--set", "=3"], 64, "--set"),
        Mistake(["steady-commit", "--seed", "one"], 64, "--seed"),
        Mistake(["steady-commit", "--seed", "-1"], 64, "'-1' is invalid for '--seed <seed>': allowed: 0 to "),
        Mistake(["steady-commit", "--seed", "18446744073709551615"], 64, "--seed is 18446744073709551615"),
        Mistake(["steady-commit", "--repeats", "0"], 64, "--repeats is 0; allowed: 1 to 100000"),
        Mistake(["steady-commit", "--repeats", "-1"], 64, "--repeats is -1; allowed: 1 to 100000"),
        Mistake(["steady-commit", "--jobs", "0"], 64, "--jobs is 0"),
        Mistake(["steady-commit", "--jobs", "-3"], 64, "--jobs is -3; allowed: 1 to 1024"),
        Mistake(
            ["steady-commit", "--set", "duration=2s", "--trace", "t", "--trace-window", "5s..6s"], 64,
            "--trace-window is 5s..6s; the measured time ends at 2"),
        Mistake(["steady-commit", "--format", "xml"], 64, "xml", "'table', 'json' or 'csv'"),
        Mistake(["steady-commit", "--samples"], 64, "--out"),
        Mistake(["steady-commit", "--out", ""], 64, "--out is empty"),
        Mistake(["steady-commit", "burst-insert"], 64, "burst-insert"),
        Mistake(["steady-commit", "--data-dir", "x"], 64, "--executor threads"),
    ]

    @Test("A mistake in a scenario's file, in a value, or in an option", arguments: files + values + usage + onThreads)
    func mistake(_ mistake: Mistake) throws {
        let scratch = try Scratch()
        try scratch.write("{\"clients\": {\"count\": 8},\n \"duration\" 3}", to: "not.json")
        try scratch.write("", to: "empty.json")
        try scratch.write("[]", to: "list.json")
        try scratch.write("include 'nope.conf'\n", to: "including.conf")
        try Data([0, 255, 254, 7]).write(to: URL(fileURLWithPath: scratch.place("binary.json")))
        try scratch.write("{\"clients\": {\"count\": 8,\n \"tink\": 3}}", to: "unknown-key.json")
        let outcome = try Command(folder: scratch.path).run(["run"] + mistake.arguments)
        #expect(outcome.status == mistake.status)
        #expect(outcome.output.isEmpty)
        var rest = Substring(outcome.errors)
        for piece in mistake.message {
            let found = rest.range(of: piece)
            #expect(found != nil, "\(piece) is not in: \(outcome.errors)")
            rest = rest[(found?.upperBound ?? rest.startIndex)...]
        }
    }

    @Test("All that is wrong with a scenario is said at once, a line each")
    func allAtOnce() throws {
        let outcome = try Command().run(
            "run", "steady-commit", "--set", "clients.count=0", "--set", "duration=soon", "--set", "host.cores=0")
        #expect(outcome.status == 65)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.hasPrefix("walsim: steady-commit: ") })
    }

    @Test("An output folder that cannot be made is said before the run, which does not begin")
    func outputFolder() throws {
        let scratch = try Scratch()
        let file = try scratch.write("in the way", to: "file")
        // A run of a thousand hours: the test would not end if it began.
        let outcome = try Command().run(
            "run", "steady-commit", "--set", "duration=1000h", "--out", file + "/results")
        #expect(outcome.status == 73)
        #expect(outcome.errors.hasPrefix("walsim: \(file)/results: cannot be written"))
        #expect(outcome.output.isEmpty)
        #expect(try scratch.text("file") == "in the way")
    }

    @Test("A file of the set that cannot take its place leaves none of the others")
    func outputFile() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(
            atPath: scratch.place("out/timeline.csv"), withIntermediateDirectories: true)
        let outcome = try Command().run(["run", "steady-commit", "--out", scratch.place("out")] + Command.short)
        #expect(outcome.status == 73)
        #expect(outcome.errors.contains("timeline.csv"))
        #expect(try scratch.files(in: "out") == ["timeline.csv"])
    }

    @Test("An unknown subcommand is wrong usage, and help is not a mistake")
    func subcommands() throws {
        #expect(try Command().run("frobnicate").status == 64)
        #expect(try Command().run("help", "frobnicate").status == 64)
        let misspelt = try Command().run("rum", "steady-commit")
        #expect(misspelt.status == 64)
        #expect(misspelt.errors.hasPrefix("walsim: rum: no such command (allowed: calibrate, "))
        #expect(misspelt.errors.hasSuffix("nearest: \"run\")\n"))
        for arguments in [["--help"], ["help", "run"], ["run", "--help"], ["--version"]] {
            let outcome = try Command().run(arguments)
            #expect(outcome.status == 0)
            #expect(!outcome.output.isEmpty)
        }
    }
}
