import Testing

@testable import Experiments

/// The verdicts on commit_delay that the measured machine's rows show (Measured/runs.csv; syncs of 2 ms).
@Suite("Tuning commit_delay on the measured machine")
struct MeasuredMachineTests {
    private func tune(clients: Int, siblings: Int = 5, delays: String) throws -> TuneResult {
        let base = try SweepBase(
            named: "pgbench-insert",
            ScenarioOverrides(
                sets: [
                    "clients.count=\(clients)", "server.settings.commit_siblings=\(siblings)", "duration=250ms",
                    "warmup=60ms",
                ], repeats: 1))
        let problem = TuneProblem(
            base: base, axes: [try TuneAxis(option: "server.settings.commit_delay=\(delays)")],
            objective: try TuneObjective("tps", maximizes: true, option: "--maximize"), repeatLimit: 40,
            searchesClients: false)
        return try Tuner.run(problem)
    }

    private func delay(_ result: TuneResult) -> Int? { Int(result.candidates[result.best].values[0]) }

    /// What a delay in microseconds gives, or costs, against no delay.
    private func gain(_ result: TuneResult, delay: Int) throws -> Double {
        let candidate = try #require(result.candidates.first { $0.values == ["\(delay)"] })
        return try #require(candidate.gain.mean)
    }

    // Measured: +6 % at 250 us, -11 % at 1 ms.
    @Test("8 clients: 250 us is worth some per cent, half the sync time is wrong")
    func eight() throws {
        let result = try tune(clients: 8, delays: "0,250,500,1000")
        #expect(result.verdict == .change && delay(result) == 250)
        #expect((0.04...0.10).contains(try #require(result.gain.mean)))
        #expect(try gain(result, delay: 1000) < -0.05)
        let rule = try #require(result.halfSync)
        #expect(rule.microseconds == 1000 && !rule.isRight && (rule.gain.mean ?? 0) < -0.05)
        #expect(result.configuration == ["commit_delay = 250  # was 0"])
    }

    // Measured: +11 % at 500 us, +12 % at 1 ms, -11 % at 2 ms.
    @Test("32 clients: between 500 us and 1 ms, and half the sync time is right; the whole sync time never is")
    func thirtyTwo() throws {
        let result = try tune(clients: 32, delays: "0,500,1000,2000")
        #expect(result.verdict == .change)
        #expect((500...1000).contains(try #require(delay(result))))
        #expect((0.08...0.15).contains(try #require(result.gain.mean)))
        #expect(result.halfSync?.isRight == true)
        #expect(try gain(result, delay: 2000) < -0.05)
    }

    // Measured: +14 % at 1 ms with commit_siblings 1.
    @Test("4 clients: leave it alone with commit_siblings 5; with 1 a delay of 1 ms pays")
    func four() throws {
        let closed = try tune(clients: 4, delays: "0,250,1000,2000")
        #expect(closed.verdict == .leave && closed.equivalencePValue < 0.05)
        let open = try tune(clients: 4, siblings: 1, delays: "0,1000,2000")
        #expect(open.verdict == .change && delay(open) == 1000)
        #expect((0.09...0.18).contains(try #require(open.gain.mean)))
        #expect(try gain(open, delay: 2000) < -0.05)
    }
}
