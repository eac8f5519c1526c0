import Foundation
import Testing

/// Ctrl-C.
@Suite("Ctrl-C")
struct InterruptTests {
    /// Starts a run that would take days, and waits until it takes samples: from then on it hears Ctrl-C.
    private func start(_ arguments: [String], in scratch: Scratch) throws -> RunningCommand {
        let running = try Command().start(
            ["run", "steady-commit", "--samples", "--out", scratch.path, "--jobs", "1"] + arguments)
        while try scratch.files().isEmpty, running.isRunning { usleep(2_000) }
        return running
    }

    @Test("A run ends with 130, and leaves whole files of what ran and no partial ones", arguments: ["2s", "1000h"])
    func interrupt(warmup: String) throws {
        let scratch = try Scratch()
        let running = try start(["--set", "duration=1000h", "--set", "warmup=\(warmup)"], in: scratch)
        running.interrupt()
        let outcome = try running.finish()
        #expect(outcome.status == 130)
        #expect(outcome.errors.contains("interrupted"))
        let files = try scratch.files()
        #expect(files.contains("summary.csv"))
        #expect(files.allSatisfy { $0.hasSuffix(".csv") && !$0.hasPrefix(".") })
        for file in files { #expect(try scratch.text(file).hasSuffix("\n")) }
        for file in ["summary.csv", "samples.csv"] {
            let rows = try scratch.text(file).split(separator: "\n").dropFirst()
            #expect(rows.allSatisfy { $0.contains("-interrupted,1,") }, "\(file)")
        }
    }

    @Test("Results that an earlier run left are not replaced by those of a part of a run")
    func earlierResults() throws {
        let (scratch, pages) = (try Scratch(), try Scratch())
        let report = ["--report", pages.path + "/run.html"]
        let whole = try Command().run(
            ["run", "steady-commit", "--quiet", "--out", scratch.path] + report + Command.short)
        #expect(whole.status == 0, "\(whole.errors)")
        let summary = try scratch.text("summary.csv")
        let page = try pages.text("run.html")
        let files = try scratch.files()
        let running = try start(["--set", "duration=1000h"] + report, in: scratch)
        running.interrupt()
        let outcome = try running.finish()
        #expect(outcome.status == 130)
        #expect(outcome.errors.contains("not written: the run was interrupted"))
        #expect(try scratch.text("summary.csv") == summary)
        #expect(try pages.text("run.html") == page)
        #expect(try scratch.files() == files)
    }

    @Test("What was interrupted says so, and is not compared")
    func comparison() throws {
        let scratch = try Scratch()
        let running = try start(["--set", "duration=1000h"], in: scratch)
        running.interrupt()
        #expect(try running.finish().status == 130)
        let outcome = try Command().run("compare", scratch.path, scratch.path)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("line 2: the run was interrupted"))
    }

    @Test("SIGTERM ends a run as Ctrl-C does")
    func termination() throws {
        let scratch = try Scratch()
        let running = try start(["--set", "duration=1000h"], in: scratch)
        running.terminate()
        #expect(try running.finish().status == 130)
        let files = try scratch.files()
        #expect(files.contains("summary.csv") && files.allSatisfy { $0.hasSuffix(".csv") && !$0.hasPrefix(".") })
    }

    @Test("Repeats that have not begun do not begin")
    func repeats() throws {
        let scratch = try Scratch()
        let running = try start(["--set", "duration=1000h", "--repeats", "50"], in: scratch)
        running.interrupt()
        #expect(try running.finish().status == 130)
        let summary = try scratch.text("summary.csv").split(whereSeparator: \.isNewline)
        let seeds = Set(summary.dropFirst().map { $0.split(separator: ",")[2] })
        #expect(seeds == ["1"])
    }
}
