import ArgumentParser
import Foundation

/// What a simulated commit costs: instructions, wall clock, and memory that must not grow with simulated time.
struct CommitBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Measure what a commit of steady-commit costs, and that memory stays flat.",
        discussion: """
            Instructions and allocations are counted by callgrind as the difference of a run of 16 simulated seconds and
            one of 8, which leaves out the start; they do not depend on what else the machine does. Seconds and memory
            are of whole processes.
            """)

    @Option(help: "The walsim binary.") var walsim = ".build/release/walsim"

    func run() throws {
        let steady = WalsimProcess(path: walsim, scenario: "steady-commit")
        print("steady-commit, 32 clients, full accounting")
        // First, before any larger child (valgrind) leaves its mark.
        try measureMemory(steady)
        try countInstructions(steady)
        try measureSpeed(steady)
        try runManyClients(steady)
    }

    private func countInstructions(_ process: WalsimProcess) throws {
        // Not shorter: the first wait of each kind takes memory for a row of the result, and a rare kind may be seen
        // first after some seconds.
        guard let short = try process.count(seconds: 8), let long = try process.count(seconds: 16) else {
            print("  instructions: valgrind is NOT THERE, nothing counted")
            return
        }
        let commits = long.commits - short.commits
        print("  instructions a commit: \((long.instructions - short.instructions) / commits)   (aim: 6000)")
        let allocations = Double(long.allocations) - Double(short.allocations)
        print(String(format: "  allocations a commit: %.4f   (aim: 0)", allocations / Double(commits)))
    }

    private func measureSpeed(_ process: WalsimProcess) throws {
        var rates: [Double] = []
        for _ in 0..<3 {
            let run = try process.run(sets: ["duration=20s"])
            rates.append(Double(run.commits) / run.wallSeconds)
        }
        rates.sort()
        print(String(format: "  commits a second of wall clock, one core, median of 3: %.0f", rates[1]))
    }

    /// The high-water mark of all children only grows, so that the shorter run has to come first.
    private func measureMemory(_ process: WalsimProcess) throws {
        _ = try process.run(sets: ["duration=5s"])
        let short = WalsimProcess.childrenPeakKilobytes
        _ = try process.run(sets: ["duration=50s"])
        let long = WalsimProcess.childrenPeakKilobytes
        print("  peak memory: \(short) kB for 5 s, \(long) kB for 50 s of simulated time   (aim: within 5 %)")
        if Double(long) > Double(short) * 1.05 { throw ExitCode(1) }
    }

    private func runManyClients(_ process: WalsimProcess) throws {
        let run = try process.run(sets: ["clients.count=10000", "duration=1s", "warmup=1s"])
        print(
            String(
                format: "  10,000 clients, 2 s of simulated time: %llu commits, %.2f s wall", run.commits,
                run.wallSeconds))
    }
}
