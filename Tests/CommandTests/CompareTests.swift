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
        let lost = try compare(scratch, "base/summary.csv", "slow/summary.csv", "--plot", "slow/../slow/summary.csv")
        #expect(lost.status == 64 && lost.errors.contains("--plot names an input"))
        for (threshold, more) in [("5", "; nearest: 5%"), ("1.5", "; nearest: 1.5%"), ("-5%", "")] {
            let outcome = try compare(scratch, "base", "slow", "--threshold", threshold)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("--threshold is \(threshold); allowed: a share, such as 5% or 0.05\(more)"))
        }
        #expect(try compare(scratch, "base", "slow", "--threshold", "500%").status == 0)
    }

    @Test("A single common seed decides nothing, and says so")
    func oneSeed() throws {
        let scratch = try results()
        let head = "scenario,scenario_hash,seed,metric,unit,value\n"
        try scratch.write(head + "s,h,1,tps,1/s,100\n", to: "one.csv")
        try scratch.write(head + "s,h,1,tps,1/s,80\ns,h,2,tps,1/s,81\ns,h,3,tps,1/s,79\n", to: "many.csv")
        let outcome = try compare(scratch, "one.csv", "many.csv")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("1 and 3 repeats"))
        #expect(outcome.output.contains("Nothing can be said"))
    }

    @Test("An unclosed quote does not show the rest of the file")
    func unclosedQuote() throws {
        let scratch = try Scratch()
        try scratch.write("a,b\n1,\"" + String(repeating: "long,\n", count: 20_000), to: "bad.csv")
        let outcome = try compare(scratch, "bad.csv", "bad.csv")
        #expect(outcome.status == 65)
        #expect(outcome.errors.count < 500)
    }

    @Test("Samples are compared by the sessions that they show in each event")
    func samples() throws {
        let scratch = try Scratch()
        for (name, sync) in [("a", "1ms"), ("b", "1ms"), ("c", "4ms")] {
            let outcome = try Command().run(
                "run", "steady-commit", "--set", "duration=200ms", "--set", "warmup=0s", "--repeats", "2",
                "--set", "host.storage.wal.sync=\(sync)", "--quiet", "--samples", "--out", scratch.place(name))
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let same = try compare(scratch, "a/samples.csv", "b/samples.csv")
        #expect(same.status == 0 && same.output.contains("Identical"), "\(same.errors)")
        let other = try compare(scratch, "a/samples.csv", "c/samples.csv", "--all")
        #expect(other.output.contains("WALWrite"), "\(other.output)\(other.errors)")
        #expect(try compare(scratch, "a/samples.csv", "c/summary.csv").status == 65)
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
