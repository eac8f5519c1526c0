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
}
