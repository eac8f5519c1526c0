import Foundation
import Testing

@Suite("walsim compare")
struct CompareTests {
    /// A folder with the results of a base, of the same again, and of a device half as fast.
    private func results() throws -> Scratch {
        let scratch = try Scratch()
        for (name, sync) in [("base", "1ms"), ("same", "1ms"), ("slow", "2ms")] {
            let outcome = try Command().run(
                "run", "steady-commit", "--set", "duration=60ms", "--set", "warmup=10ms", "--repeats", "3",
                "--set", "host.storage.wal.sync=\(sync)", "--quiet", "--out", scratch.place(name))
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        return scratch
    }

    private func compare(_ scratch: Scratch, _ arguments: String...) throws -> Command.Outcome {
        try Command(folder: scratch.path).run(["compare"] + arguments)
    }

    @Test("0 where nothing is worse, 1 where something is, 65 and 66 where there is nothing to compare")
    func statuses() throws {
        let scratch = try results()
        let same = try compare(scratch, "base", "same")
        #expect(same.status == 0 && same.output.contains("Identical") && same.errors.isEmpty)
        let slow = try compare(scratch, "base/summary.csv", "slow/summary.csv")
        #expect(slow.status == 1 && slow.output.contains("Regression: ") && slow.output.contains("worse !"))
        #expect(try compare(scratch, "slow/summary.csv", "base/summary.csv").status == 0)
        let chosen = try compare(scratch, "base/summary.csv", "slow/summary.csv", "--metric", "wal_bytes_per_txn")
        #expect(chosen.status == 0)
        let kinds = try compare(scratch, "base/summary.csv", "slow/wait_events.csv")
        #expect(kinds.status == 65 && kinds.errors.contains("different kinds"))
        #expect(try compare(scratch, "base/summary.csv", "slow/nothing.csv").status == 66)
        #expect(try compare(scratch, "base/summary.csv", "slow/summary.csv", "--metric", "tsp").status == 65)
        #expect(try compare(scratch, "base/summary.csv", "slow/summary.csv", "--threshold", "much").status == 64)
        #expect(try compare(scratch, "base/summary.csv").status == 64)
    }

    @Test("Markdown has a table, JSON every figure")
    func formats() throws {
        let scratch = try results()
        let markdown = try compare(scratch, "base/summary.csv", "slow/summary.csv", "--format", "markdown")
        #expect(markdown.status == 1)
        #expect(markdown.output.contains("| figure | base | new | change |"))
        #expect(markdown.output.contains("**worse**"))
        let json = try compare(scratch, "base/summary.csv", "slow/summary.csv", "--format", "json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["verdict"] as? String == "regression")
        let metrics = try #require(object["metrics"] as? [[String: Any]])
        let tps = try #require(metrics.first { $0["metric"] as? String == "tps" })
        #expect(tps["beyond_threshold"] as? Bool == true)
        #expect(tps["better_direction"] as? String == "higher")
        #expect((tps["base"] as? [String: Any])?["repeats"] as? Int == 3)
    }
}
