import Testing

@testable import Experiments

/// Runs of pgbench that are not what a plain summary or log of a closed loop is.
@Suite struct PgbenchRunTests {
    private func runs(_ texts: String...) throws -> [MeasuredRun] {
        try MeasuredRun.all(
            texts.enumerated().map { InputFile(name: "run\($0)", bytes: Array($1.utf8)) })
    }

    private func gaps(_ texts: String...) throws -> [String] {
        var inputs = CalibrationInputs()
        inputs.fsync = [SampleFiles.file(text: "  fdatasync  500.0 ops/sec  2000 usecs/op\n")]
        inputs.pgbench = texts.enumerated().map { InputFile(name: "run\($0)", bytes: Array($1.utf8)) }
        var calibration = try Calibration(inputs, transactions: 200)
        return try calibration.report().gaps.map { "\($0.what); assumed: \($0.assumed); \($0.remedy)" }
    }

    /// Four clients, 500 transactions a second each, of which every n-th has a line.
    private func log(every: Int) -> String {
        (1...4_000).filter { $0 % every == 0 }.flatMap { number in
            (0..<4).map { "\($0) \(number + $0) 2000 0 \(1_795_253_130 + number / 500) \(number % 500 * 2_000 + $0)\n" }
        }.joined()
    }

    @Test("Transactions that --sampling-rate leaves out of a log count, and the report says so", arguments: [1, 10])
    func sampledLog(every: Int) throws {
        let run = try #require(try runs(log(every: every)).first)
        #expect(run.clients == 4 && abs(run.tps / 2_000 - 1) < 0.01 && abs(run.loggedShare * Double(every) - 1) < 1e-9)
        let said = try gaps(log(every: every)).filter { $0.contains("no line in run0, 90.0 % of all") }
        #expect(said.count == (every == 1 ? 0 : 1))
    }

    @Test("Threads' logs of a sampled run become one, with the share of both")
    func sampledThreads() throws {
        let lines = log(every: 10).split(separator: "\n")
        let threads = [["0", "1"], ["2", "3"]].map { clients in
            lines.filter { clients.contains(String($0.prefix(1))) }.joined(separator: "\n") + "\n"
        }
        let all = try runs(threads[0], threads[1])
        #expect(all.count == 1 && all[0].clients == 4 && abs(all[0].tps / 2_000 - 1) < 0.01)
    }

    /// A summary of pgbench 15, or what is printed of it.
    private func summary(
        clients: Int, tps: String, script: String = "insert.sql", failed: Int = 0, after: String = ""
    ) -> String {
        """
        pgbench (15.20 (Debian 15.20-0+deb12u1))
        transaction type: \(script)
        scaling factor: 1
        query mode: simple
        number of clients: \(clients)
        number of threads: 2
        number of transactions actually processed: 10000
        number of failed transactions: \(failed) (\(failed / 100).000%)
        latency average = 4.139 ms
        tps = \(tps)
        \(after)

        """
    }

    @Test(
        "A run that is no closed loop of commits is left out of the fit, and the report says why",
        arguments: [
            (("insert.sql", 0, "563.9 (including reconnection times)", ""), "connects anew for each transaction"),
            (("<builtin: select only>", 0, "9000.1 (without initial connection time)", ""), "commits nothing"),
            (("<builtin: TPC-B (sort of)>", 120, "1692.8 (without initial connection time)", ""), "failed"),
            (
                (
                    "insert.sql", 0, "700.5 (without initial connection time)",
                    "pgbench: error: Run was aborted; the above results are incomplete."
                ), "was aborted"
            ),
            (("insert.sql", 90, "1933.2 (without initial connection time)", ""), nil),
        ])
    func oddRuns(_ run: (script: String, failed: Int, tps: String, after: String), _ reason: String?) throws {
        let text = summary(clients: 8, tps: run.tps, script: run.script, failed: run.failed, after: run.after)
        let gaps = try gaps(text)
        let reasons = gaps.filter { $0.hasPrefix("what run0 says about commits: the run ") }
        #expect(reasons.count == (reason == nil ? 0 : 1))
        #expect(reason.map { reasons.first?.contains($0) == true } ?? true)
        #expect(gaps.contains { $0.hasPrefix("the machine's CPU speed;") } == (reason != nil), "\(gaps)")
    }

    @Test("Up to release 13 the throughput with connecting tells of -C") func oldReconnections() throws {
        let tps = "940.1 (including connections establishing)\ntps = 1943.9 (excluding connections establishing)"
        #expect(try runs(summary(clients: 8, tps: tps))[0].oddity == .connects)
        let usual = tps.replacing("940.1", with: "1940.1")
        #expect(try runs(summary(clients: 8, tps: usual))[0].isPlain)
    }

    @Test("Failures in a log count as those in a summary") func failuresInLog() throws {
        let lines = (0..<100).map { number in
            "0 \(number) \(number % 50 == 0 ? "serialization" : "2000") 0 1795253130 \(number) 1\n"
        }
        #expect(try runs(lines.joined())[0].oddity == .fails)
    }

    @Test(
        "A summary after an hour of progress is found",
        arguments: ["pgbench (15.18)\n", "starting vacuum...end.\n", "", "Password: \n"])
    func longProgress(_ first: String) throws {
        let progress = (1...3_600).map { "progress: \($0).0 s, 1943.9 tps, lat 4.115 ms stddev 0.3, 0 failed\n" }
        let end = summary(clients: 8, tps: "1943.9 (without initial connection time)")
        let run = try runs(first + progress.joined() + end)
        #expect(run.map(\.tps) == [1_943.9] && run[0].clients == 8)
        #expect(InputFormat.detect(SampleFiles.file(text: "pgbench (15.18)\n")) == .pgbenchSummary)
    }

    @Test("Several summaries in one file are several runs, and none has what another says") func severalRuns() throws {
        let rated = summary(
            clients: 1, tps: "100.5 (without initial connection time)", after: "rate limit schedule lag: avg 1.2 ms")
        let all = try runs(
            rated + summary(clients: 8, tps: "1943.9 (without initial connection time)")
                + summary(clients: 32, tps: "7718.4 (without initial connection time)"))
        #expect(all.map(\.clients) == [1, 8, 32] && all.map(\.tps) == [100.5, 1_943.9, 7_718.4])
        #expect(all.map(\.hasRate) == [true, false, false])
        let cut = summary(clients: 8, tps: "1943.9") + "pgbench (15.18)\ntransaction type: a.sql\nscaling factor: 1\n"
        let problem = SampleFiles.problem { _ = try PgbenchSummary.all(SampleFiles.file(text: cut)) }
        #expect(problem?.contains(": the number of clients is missing") == true)
    }
}
