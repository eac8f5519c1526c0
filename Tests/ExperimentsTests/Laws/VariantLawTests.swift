import Testing

@testable import Experiments

/// What the variants for hackers show at 64 cores.
@Suite struct VariantLawTests {
    private func throughput(_ variants: String...) throws -> Double {
        let scenario = try loadScenario(
            named: "insert-locks-64-cores",
            sets: ["duration=1ms", "warmup=1ms", "observe.timeline_interval=1ms"]
                + variants.map { "server.variants.\($0)" })
        let span = try Experiment.runOnce(scenario, seed: 1).whole
        return Double(span.commits)
    }

    @Test("More insertion locks pay only if WAL pages can be initialised side by side, too")
    func insertionLocks() throws {
        let standard = try throughput()
        let both = try throughput("insertion_locks=32", "wal_page_init=lock-free")
        let locksAlone = try throughput("insertion_locks=32")
        #expect(both > 1.5 * standard)
        #expect(both > 1.5 * locksAlone)
    }
}
