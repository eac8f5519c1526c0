import ArgumentParser

/// Measures the parts of the simulator that have to be fast or exact.
@main struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walsim-bench",
        abstract: "Measure the simulator: speed and cost, with ratios to something known.",
        subcommands: [KernelBenchmark.self, CommitBenchmark.self, ThreadsBenchmark.self])
}
