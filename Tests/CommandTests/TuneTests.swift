import Foundation
import Testing

@Suite("walsim tune")
struct TuneTests {
    private static let short = ["--set", "duration=60ms", "--set", "warmup=10ms", "--repeats", "20"]

    private func tune(_ arguments: [String]) throws -> Command.Outcome {
        try Command().run(["tune", "steady-commit"] + Self.short + arguments)
    }

    @Test("JSON says what to do, what it gives, and how sure that is")
    func json() throws {
        let outcome = try tune(
            ["--vary", "host.storage.wal.sync=1ms,500us", "--skip-clients", "--format", "json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(object["verdict"] as? String == "change")
        #expect((object["best"] as? [String: Any])?["host.storage.wal.sync"] as? String == "500us")
        let gain = try #require(object["gain"] as? [String: Any])
        let mean = try #require(gain["mean"] as? Double)
        let interval = try #require(gain["ci95"] as? [Double])
        #expect(mean > 0.5 && interval[0] <= mean && mean <= interval[1])
        #expect((object["repeats"] as? Int ?? 0) >= 10)
        #expect((object["guarantee"] as? String)?.contains("95 % confidence") == true)
    }

    @Test("A person reads the verdict, the lines for postgresql.conf and the settings tried")
    func table() throws {
        let outcome = try tune(
            [
                "--set", "server.settings.commit_delay=3000", "--vary", "server.settings.commit_delay=0,3000",
                "--skip-clients",
            ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        for text in ["Change it: commit_delay=0 gives +", "commit_delay = 0  # was 3000us", "as it is"] {
            #expect(outcome.output.contains(text), "\(text) is not in: \(outcome.output)")
        }
    }

    private static let mistakes: [([String], Int32, String)] = [
        ([], 64, "--vary"),
        (["--vary", "clients.count"], 64, "--vary: expected"),
        (["--vary", "clients.cuont=1,2"], 65, "clients.cuont"),
        (["--vary", "clients.count=2", "--maximize", "tsp"], 65, "no metric \"tsp\" (nearest: \"tps\""),
        (["--vary", "clients.count=2", "--maximize", "tps", "--minimize", "tps"], 64, "exclude each other"),
        (["--vary", "clients.count=2", "--subject-to", "latency_p99"], 64, "expected METRIC<=VALUE"),
        (["--vary", "clients.count=2", "--subject-to", "latency_p99<=soon"], 65, "not a condition on latency_p99"),
        (["--vary", "clients.count=2", "--subject-to", "latency_p99<=6"], 65, "a duration needs a unit"),
        (["--vary", "clients.count=2", "--indifference", "0%"], 64, "--indifference"),
        (["--vary", "clients.count=2", "--repeats", "3"], 64, "--repeats is 3"),
    ]

    @Test("Mistakes have their statuses", arguments: mistakes)
    func mistake(_ arguments: [String], _ status: Int32, _ message: String) throws {
        let sets = arguments.contains("--repeats") ? Array(Self.short.prefix(4)) : Self.short
        let outcome = try Command().run(["tune", "steady-commit"] + sets + arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test("1 if no setting meets the requirements")
    func impossible() throws {
        let outcome = try tune(["--vary", "clients.count=2", "--subject-to", "latency_p99<=1us", "--skip-clients"])
        #expect(outcome.status == 1 && outcome.output.contains("No setting meets the requirements."))
        // The rest of the line is folded to the screen.
        let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains(": at best "))
    }

    @Test("Ctrl-C ends with 130 and no answer")
    func interrupt() throws {
        let running = try Command().start(
            ["tune", "steady-commit", "--set", "duration=1000h", "--vary", "clients.count=2,4"])
        running.interrupt()
        let outcome = try running.finish()
        #expect(outcome.status == 130 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("interrupted"))
    }
}
