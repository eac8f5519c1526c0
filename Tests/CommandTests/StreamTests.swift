import Foundation
import Testing

/// What becomes of results and messages when the streams and files are not what one hopes for.
@Suite("Streams")
struct StreamTests {
    /// Runs a line of the shell in which `"$0"` is the command.
    private func shell(_ line: String, in scratch: Scratch? = nil) throws -> Command.Outcome {
        var shell = Command(binary: "/bin/sh")
        if let scratch { shell.folder = scratch.path }
        return try shell.run("-c", line, Command.binary)
    }

    private let run = #""$0" run steady-commit "# + Command.short.map { "'\($0)'" }.joined(separator: " ")

    @Test(
        "Results that standard output does not take end with 73",
        arguments: ["scenarios", "validate steady-commit", "--help", "--version", "help run"])
    func closedOutput(_ arguments: String) throws {
        let outcome = try shell(#""$0" \#(arguments) >&-"#)
        #expect(outcome.status == 73)
        #expect(outcome.errors.hasPrefix("walsim: standard output: cannot be written: "))
    }

    @Test("A full disk under standard output shows, whatever the format", arguments: ["table", "json", "csv"])
    func fullOutput(_ format: String) throws {
        let scratch = try Scratch()
        // A limit to files' sizes stands in for the disk.
        let line = "{ (trap '' XFSZ; ulimit -f 0; \(run) --format \(format) >out); echo $?; } 2>&1 | cat"
        let lines = try shell(line, in: scratch).output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("walsim: standard output: cannot be written: ") == true)
        #expect(lines.last == "73")
    }

    @Test("Without standard output nothing is printed into the files")
    func closedOutputAndFiles() throws {
        let scratch = try Scratch()
        let outcome = try shell("\(run) --hgrm a.hgrm >&-", in: scratch)
        #expect(outcome.status == 73)
        #expect(try scratch.text("a.hgrm").contains("#[Mean"))
        #expect(!(try scratch.text("a.hgrm").contains("WALWrite")))
        #expect(try shell("\(run) --quiet >&-").status == 0)
    }

    @Test("Statuses are the same without standard error")
    func closedErrors() throws {
        #expect(try shell(#""$0" validate nosuch 2>&-"#).status == 66)
        #expect(try shell(#""$0" run steady-commit --set x=1 2>&-"#).status == 65)
        #expect(try shell(#""$0" run --nosuch 2>&-"#).status == 64)
        #expect(try shell(#"\#(run) --quiet --set 'thresholds={"tps":">= 1e9"}' 2>&-"#).status == 1)
    }

    @Test("A pipe is written to and stays a pipe", arguments: ["--report", "--plot", "--trace", "--folded", "--hgrm"])
    func pipe(_ option: String) throws {
        let scratch = try Scratch()
        let outcome = try shell("mkfifo p; cat p >copy & \(run) --quiet \(option) p; s=$?; wait; exit $s", in: scratch)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try scratch.text("copy").count > 100)
        #expect(try shell("test -p p", in: scratch).status == 0)
        #expect(try scratch.files() == ["copy", "p"])
    }

    @Test("A link is followed and stays one, and the file keeps its permissions")
    func link() throws {
        let scratch = try Scratch()
        let line = "mkdir d; echo old >d/file; chmod 640 d/file; ln -s d/file link; ln -s d/new dangling; "
        let outcome = try shell(line + "\(run) --quiet --folded link --hgrm dangling", in: scratch)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try shell("test -h link && test -h dangling", in: scratch).status == 0)
        #expect(try scratch.text("d/file").contains(";"))
        #expect(try scratch.text("d/new").contains("#[Mean"))
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.place("d/file"))
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try scratch.files(in: "d") == ["file", "new"])
    }

    @Test("Inputs may come through a pipe, and as - from standard input")
    func inputPipes() throws {
        let scratch = try Scratch()
        try scratch.write(#"{"clients": {"count": 3}}"#, to: "a.json")
        #expect(try shell(#"cat a.json | "$0" validate -"#, in: scratch).status == 0)
        #expect(try shell(#"mkfifo p; cat a.json >p & "$0" validate p"#, in: scratch).status == 0)
        let table = #"s,h,1,tps,1/s,100\n"#
        let line = #"printf 'scenario,scenario_hash,seed,metric,unit,value\n\#(table)' >t.csv; "#
        let outcome = try shell(line + #""$0" compare t.csv - <t.csv"#, in: scratch)
        #expect(outcome.status == 0 && outcome.output.contains("Identical"), "\(outcome.errors)")
    }

    @Test("A warning says that it is one")
    func warning() throws {
        let outcome = try Command().run(
            "validate", "steady-commit", "burst-insert-stall")
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let late = try Command().run(
            ["run", "steady-commit", "--quiet", "--set", #"events=[{"at":"9h","do":"checkpoint"}]"#] + Command.short)
        #expect(late.status == 0)
        #expect(late.errors.hasPrefix("walsim: warning: steady-commit: events.0: is after the end of the run"))
    }

    @Test("Where there is no memory for the processes, a line says so and the status is 70")
    func memory() throws {
        let scratch = try Scratch()
        let line = "ulimit -v 2000000; \(run) --jobs 1 --set clients.count=100000 --out o --samples"
        let outcome = try shell(line, in: scratch)
        #expect(outcome.status == 70)
        #expect(outcome.errors.hasPrefix("walsim: out of memory: no stack for another process (seen "))
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: scratch.place("o")))
    }
}
