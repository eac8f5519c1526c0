import Foundation
import Testing

@Suite("walsim sweep and merge")
struct SweepTests {
    private static let short = ["--set", "duration=40ms", "--set", "warmup=10ms", "--repeats", "2"]
    private static let varied = ["--vary", "clients.count=2,4,6", "--vary", "server.settings.commit_delay=0,300us"]

    private func sweep(_ scratch: Scratch, _ more: [String]) throws -> Command.Outcome {
        try Command(folder: scratch.path).run(["sweep", "steady-commit"] + Self.short + Self.varied + more)
    }

    @Test("Three shards merge into the bytes of the whole sweep; a table goes to standard output")
    func shards() throws {
        let scratch = try Scratch()
        let whole = try sweep(scratch, ["--out", "whole.csv"])
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(whole.errors.isEmpty)
        #expect(whole.output.contains("6 points"))
        #expect(whole.output.contains("2 repeats each"))
        for number in 1...3 {
            let outcome = try sweep(
                scratch, ["--shard", "\(number)/3", "--out", "s\(number).csv", "--quiet", "--jobs", "\(number)"])
            #expect(outcome.status == 0 && outcome.output.isEmpty)
        }
        let merge = try Command(folder: scratch.path).run("merge", "s2.csv", "s3.csv", "s1.csv", "--out", "m.csv")
        #expect(merge.status == 0, "\(merge.errors)")
        #expect(try scratch.text("m.csv") == scratch.text("whole.csv"))
        #expect(try scratch.files().allSatisfy { !$0.hasPrefix(".") })
        let missing = try Command(folder: scratch.path).run("merge", "s1.csv", "s3.csv", "--out", "n.csv")
        #expect(missing.status == 65 && missing.errors.contains("missing: 2, 5"))
        #expect(try Command(folder: scratch.path).run("merge", "s1.csv", "s9.csv", "--out", "n.csv").status == 66)
        #expect(try !scratch.files().contains("n.csv"))
    }

    @Test("Two options that name the same file are refused, however it is spelled")
    func sameFile() throws {
        let scratch = try Scratch()
        let outcome = try sweep(scratch, ["--out", "a.csv", "--report", "./a.csv"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--out and --report name the same file, ./a.csv"), "\(outcome.errors)")
        #expect(try scratch.files().isEmpty)
        try scratch.write("{}", to: "s.json")
        let input = try Command(folder: scratch.path).run(
            ["sweep", "s.json", "--vary", "clients.count=2,4", "--out", "s.json"])
        #expect(input.status == 64 && input.errors.contains("--out names an input, s.json"))
    }

    @Test("With more shards than points some have nothing to do; their files merge all the same")
    func emptyShards() throws {
        let scratch = try Scratch()
        let command = Command(folder: scratch.path)
        let sweep = ["sweep", "steady-commit", "--vary", "clients.count=2,4"] + Self.short
        for number in 1...3 {
            let outcome = try command.run(sweep + ["--shard", "\(number)/3", "--out", "s\(number).csv"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("no point of the sweep's 2 is in this shard") == (number == 3))
        }
        #expect(try command.run(sweep + ["--out", "whole.csv", "--quiet"]).status == 0)
        let merge = try command.run("merge", "s3.csv", "s1.csv", "s2.csv", "--out", "m.csv")
        #expect(merge.status == 0, "\(merge.errors)")
        #expect(try scratch.text("m.csv") == scratch.text("whole.csv"))
        let nothing = try command.run("merge", "s3.csv", "--out", "n.csv")
        #expect(nothing.status == 65 && nothing.errors.contains("s3.csv: no points in this file"))
        let picture = try command.run(sweep + ["--shard", "3/3", "--out", "s3.csv", "--report", "s.html", "--quiet"])
        #expect(picture.status == 0 && picture.errors.contains("no picture is written"))
        #expect(try !scratch.files().contains { $0 == "n.csv" || $0 == "s.html" })
    }

    @Test("Ctrl-C ends with 130 and no output; the same command then goes on")
    func interrupt() throws {
        let scratch = try Scratch()
        let arguments = [
            "sweep", "steady-commit", "--repeats", "1", "--set", "warmup=0s", "--vary", "duration=30ms,1000h",
            "--jobs", "1", "--out", "o.csv",
        ]
        let running = try Command(folder: scratch.path).start(arguments)
        func keepsPoint() throws -> Bool {
            guard try scratch.files().contains("o.csv.points") else { return false }
            return try scratch.files(in: "o.csv.points").contains { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
        }
        while try !keepsPoint(), running.isRunning { usleep(2_000) }
        running.interrupt()
        let outcome = try running.finish()
        #expect(outcome.status == 130)
        #expect(outcome.errors.contains("finished points are kept (1)"))
        #expect(try scratch.files() == ["o.csv.points"])
        #expect(try scratch.files(in: "o.csv.points").count == 1)
    }

    @Test("A standby that is lost for good has a status and a reason, and no file")
    func standstill() throws {
        let scratch = try Scratch()
        let outcome = try Command(folder: scratch.path).run(
            "sweep", "standby-stall", "--repeats", "1", "--set", "warmup=0s", "--set", "duration=null",
            "--set", #"clients.load="closed""#, "--set", #"phases=[{"name":"all of it","transactions":1000}]"#,
            "--set", #"events=[{"at":"20ms","do":"stop standby","name":"b"}]"#, "--vary", "clients.count=2",
            "--out", "o.csv")
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains("2 backends wait for standbys (0 connected), so that \"all of it\""))
        #expect(try scratch.files().isEmpty)
    }

    private static let mistakes: [([String], Int32, String)] = [
        (["--vary", "clients.count"], 64, "--vary: expected PATH=V1,V2"),
        (["--vary", "clients.count=1..5"], 64, "a range needs a step"),
        (["--vary", "clients.cuont=1,2"], 65, "clients.cuont: unknown key"),
        (["--vary", "clients.count=0,2"], 65, "seen 0 in --vary"),
        (["--vary", "clients.count=1,2", "--where", "count"], 64, "--where: expected A<=B"),
        (["--vary", "clients.count=1,2", "--where", "foo<3"], 65, "varied: clients.count"),
        (["--vary", "clients.count=1,2", "--where", "count<=host.cores"], 65, "host.cores is not varied"),
        (["--vary", "clients.count=1,2", "--shard", "3/2"], 64, "--shard is \"3/2\""),
        (["--vary", "clients.count=1,2", "--shard", "0/2"], 64, "--shard"),
        (["--vary", "clients.count=1,2", "--jobs", "0"], 64, "--jobs is 0"),
        (["--vary", "clients.count=1,2", "--out", "/dev/null/a.csv"], 73, "cannot be written"),
        (["--vary", "clients.count=1,2", "--out", ""], 64, "--out is empty"),
        ([], 64, "--vary"),
    ]

    @Test("Mistakes have their statuses", arguments: mistakes)
    func mistake(_ arguments: [String], _ status: Int32, _ message: String) throws {
        let scratch = try Scratch()
        let out = arguments.contains("--out") ? [] : ["--out", "o.csv"]
        let outcome = try Command(folder: scratch.path).run(["sweep", "steady-commit"] + Self.short + arguments + out)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(try scratch.files().isEmpty)
    }
}
