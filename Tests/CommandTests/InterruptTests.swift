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
