import Testing

@testable import Experiments

/// What the variants for hackers show at 64 cores.
@Suite struct VariantLawTests {
    private func commits(insertionLocks count: Int) throws -> UInt64 {
        let scenario = try loadScenario(
            named: "insert-locks-64-cores",
            sets: [
                "duration=1ms", "warmup=1ms", "observe.timeline_interval=1ms",
                "server.variants.insertion_locks=\(count)",
            ])
        return try Experiment.runOnce(scenario, seed: 1).whole.commits
    }

    @Test("With a single WAL insertion lock 64 cores insert next to nothing")
    func insertionLocks() throws {
        #expect(try commits(insertionLocks: 8) > 10 * commits(insertionLocks: 1))
    }
}
