import Foundation
import Testing

/// The same seed gives the same bytes in every operating system process.
@Suite("Same bytes")
struct SameBytesTests {
    private static let names = [
        "phases.csv", "samples.csv", "sessions_histogram.csv", "summary.csv", "timeline.csv", "wait_events.csv",
        "wait_histogram.csv", "wal_records.csv",
    ]

    /// Runs two repeats in a process of their own and returns all files in one text.
    private func files(_ more: String...) throws -> String {
        let scratch = try Scratch()
        let outcome = try Command().run(
            [
                "run", "burst-insert", "--set", "duration=40ms", "--set", "warmup=10ms", "--set", "phases=[]",
                "--quiet", "--out", scratch.path,
            ] + more)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try scratch.files().map { "\($0)\n\(try scratch.text($0))" }.joined()
    }

    @Test("Two processes write the same files, samples included")
    func twoProcesses() throws {
        let first = try files("--repeats", "1", "--samples")
        #expect(try files("--repeats", "1", "--samples") == first)
        #expect(Self.names.allSatisfy { first.contains($0 + "\n") })
    }

    @Test("How many repeats run at a time changes no byte")
    func jobs() throws {
        let one = try files("--repeats", "3", "--samples", "--jobs", "1")
        #expect(try files("--repeats", "3", "--samples", "--jobs", "2") == one)
    }

    @Test("A repeat run on its own has the rows that it has among others")
    func repeats() throws {
        let all = try files("--seed", "5", "--repeats", "3")
        let last = try files("--seed", "7", "--repeats", "1")
        for line in last.split(whereSeparator: \.isNewline) { #expect(all.contains(line)) }
        #expect(all != last)
    }

    @Test("JSON differs in nothing but the elapsed real time")
    func json() throws {
        func lines() throws -> [Substring] {
            let outcome = try Command().run(["run", "steady-commit", "--format", "json"] + Command.short)
            return outcome.output.split(whereSeparator: \.isNewline)
        }
        let (first, second) = (try lines(), try lines())
        #expect(first.count == second.count)
        let different = zip(first, second).filter { $0 != $1 }.map { String($0.0) }
        #expect(different.allSatisfy { $0.contains("\"wall_seconds\"") })
        #expect(different.count <= 1)
    }
}
