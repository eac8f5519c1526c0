import Instrumentation
import SimTime
import Testing

@testable import Experiments

/// Warm-up, the measured window and its phases.
@Suite("The measured window and its phases")
struct PhaseTests {
    private let small = """
        {"duration": "100ms", "warmup": "40ms", "repeats": 1, "clients": {"count": 6},
         "host": {"storage": {"wal": {"sync": {"constant": "1ms"}}}}, "observe": {"sample_interval": "1ms"}}
        """

    private func run(_ sets: String...) throws -> RunResult {
        try Experiment.runOnce(try load(small, sets: sets), seed: 1)
    }

    @Test("What happens before t = 0 is not measured")
    func warmUp() throws {
        let (short, long) = (try run("warmup=0s"), try run("warmup=400ms"))
        for run in [short, long] {
            #expect(run.whole.span == .milliseconds(100))
            #expect(run.whole.latency.count == run.whole.transactions)
            // Some 1,100 cycles a second of three commits each, none of them in the warm-up.
            #expect((200...350).contains(run.whole.transactions))
            #expect(run.whole.accountsForAll(run))
        }
        let samples = long.sessionCounts.filter {
            $0.backendType == .clientBackend && $0.event?.description == "LWLock:WALWrite"
        }
        #expect((99...100).contains(samples.reduce(0) { $0 + $1.samples }))
    }

    @Test("A window that begins later sees what the longer one saw from there on")
    func warmUpIsTheSameRun() throws {
        let late = try run("warmup=90ms", "duration=50ms")
        let early = try run("warmup=40ms", "duration=100ms", #"phases=[{"name":"a","until":"50ms"},{"name":"b"}]"#)
        #expect(late.whole.transactions == early.phases[1].transactions)
        #expect(late.whole.latency == early.phases[1].latency)
    }

    @Test("Phases of time cut the window into consecutive spans that add up to it")
    func phasesOfTime() throws {
        let run = try run(#"phases=[{"name":"a","until":"20ms"},{"name":"b","until":"65ms"},{"name":"c"}]"#)
        #expect(run.phases.map(\.name) == ["a", "b", "c"])
        #expect(run.phases.map(\.span) == [20, 45, 35].map { .milliseconds($0) })
        #expect(run.phases.reduce(0) { $0 + $1.transactions } == run.whole.transactions)
        #expect(run.phases.reduce(0) { $0 + $1.flushes } == run.whole.flushes)
        #expect(run.phases.reduce(0) { $0 + $1.walBytes } == run.whole.walBytes)
        #expect(run.phases.allSatisfy { $0.transactions > 0 && $0.accountsForAll(run) })
        #expect(run.whole.accountsForAll(run))
    }

    @Test("In a phase of rest no transaction begins; a run may begin and end with one, and counts go on behind it")
    func rest() throws {
        let phases =
            #"phases=[{"name":"before","idle":"20ms"},{"name":"a","transactions":50},{"name":"between","idle":"7ms"},"#
            + #"{"name":"b","transactions":60},{"name":"behind","idle":"10ms"}]"#
        let text = small.replacing(#""duration": "100ms", "#, with: "")
        let run = try Experiment.runOnce(try load(text, sets: [phases]), seed: 1)
        #expect(run.phases.map(\.name) == ["before", "a", "between", "b", "behind"])
        #expect([0, 2, 4].map { run.phases[$0].span } == [20, 7, 10].map { .milliseconds($0) })
        // Those that are under way are finished.
        #expect(run.phases.map { $0.transactions }.enumerated().allSatisfy { $0 % 2 == 1 ? $1 >= 50 : $1 <= 6 })
        #expect(run.whole.accountsForAll(run))
    }

    @Test("A time without commits counts up to the end of its span, however the next one begins")
    func openGap() throws {
        let stall = #"host.storage.wal.stalls=[{"at":"30ms","for":"40ms"}]"#
        let run = try run(stall, #"phases=[{"name":"a","until":"60ms"},{"name":"b"}]"#)
        // A cycle takes little more than a millisecond.
        #expect((30...32).contains(run.phases[0].longestCommitGap.milliseconds))
        #expect((10...12).contains(run.phases[1].longestCommitGap.milliseconds))
        #expect((40...43).contains(run.whole.longestCommitGap.milliseconds))
    }

    @Test("Phases do not change what they cut")
    func phasesChangeNothing() throws {
        let (plain, cut) = (try run(), try run(#"phases=[{"name":"a","until":"33ms"},{"name":"b"}]"#))
        #expect(plain.whole.transactions == cut.whole.transactions)
        #expect(plain.whole.latency == cut.whole.latency)
        #expect(plain.whole.longestCommitGap == cut.whole.longestCommitGap)
    }

    @Test("Phases of transactions hold just so many, and the last one ends the run")
    func phasesOfTransactions() throws {
        let text = """
            {"repeats": 1, "clients": {"count": 6}, "host": {"storage": {"wal": {"sync": {"constant": "1ms"}}}},
             "phases": [{"name": "run 1", "transactions": 150}, {"name": "run 2", "transactions": 90}]}
            """
        let scenario = try load(text)
        #expect(scenario.duration == nil)
        #expect(scenario.warmup == .zero)
        let run = try Experiment.runOnce(scenario, seed: 1)
        #expect(run.phases.map(\.transactions) == [150, 90])
        #expect(run.whole.transactions == 240)
        #expect(run.whole.span == run.phases[0].span + run.phases[1].span)
        #expect(run.whole.accountsForAll(run))
    }

    @Test(
        "A load that comes to its end ends neither the window nor a phase, wherever its clients are",
        arguments: ["server", "elsewhere"])
    func loadEnds(place: String) throws {
        let run = try run(
            "clients.on=\(place)", #"clients.load={"profile":[["0s",800],["30ms",0]]}"#,
            #"phases=[{"name":"a","until":"50ms"},{"name":"b"}]"#)
        #expect(run.phases.map(\.name) == ["a", "b"])
        #expect(run.phases.map(\.span) == [50, 50].map { .milliseconds($0) })
        #expect(run.phases[0].transactions > 0)
        #expect(run.phases[1].transactions == 0)
        #expect(run.whole.accountsForAll(run))
    }

    @Test(
        "A load that comes to its end ends a phase that waits for more transactions",
        arguments: ["server", "elsewhere"])
    func loadEndsBeforeCount(place: String) throws {
        let text = """
            {"repeats": 1, "clients": {"count": 2, "on": "\(place)", "load": {"profile": [["0s", 500], ["50ms", 0]]}},
             "phases": [{"name": "a", "transactions": 5}, {"name": "b", "transactions": 1000000}]}
            """
        let run = try Experiment.runOnce(try load(text), seed: 1)
        #expect(run.phases[0].transactions == 5)
        #expect((1...60).contains(run.phases[1].transactions))
    }

    @Test("If all processes should leave early, what ran until then is the result")
    func processesLeave() throws {
        let run = SimulatedRun(try load(small), seed: 1, options: RunOptions())
        run.schedule("leave", at: run.start + .milliseconds(30)) { [unowned run] in run.cluster.stop() }
        let result = try run.run()
        #expect((.milliseconds(30)..<(.milliseconds(40))).contains(result.whole.span))
        #expect(result.whole.accountsForAll(result))
    }

    @Test("The longest time without a commit is found across the ends of phases")
    func longestGap() throws {
        let stall = #"host.storage.wal.stalls=[{"at":"30ms","for":{"constant":"30ms"}}]"#
        let run = try run(stall, #"phases=[{"name":"a","until":"45ms"},{"name":"b"}]"#)
        #expect(run.whole.longestCommitGap > .milliseconds(29))
        #expect(run.whole.longestCommitGap < .milliseconds(34))
        #expect(run.phases.allSatisfy { $0.longestCommitGap < .milliseconds(20) })
    }

    @Test("An event changes settings at its instant, and nothing before it")
    func events() throws {
        let phases = #"phases=[{"name":"a","until":"50ms"},{"name":"b"}]"#
        let event = #"events=[{"at":"50ms","do":"set","settings":{"commit_delay":3000,"commit_siblings":0}}]"#
        let (plain, changed) = (try run(phases), try run(phases, event))
        #expect(plain.phases[0].latency == changed.phases[0].latency)
        let (before, after) = (
            try #require(changed.phases[0].latency.mean), try #require(changed.phases[1].latency.mean)
        )
        #expect(after > 1.5 * before)
        #expect(changed.phases[1].attribution.contains { $0.holderActivity == .commitDelay })
        #expect(!changed.phases[0].attribution.contains { $0.holderActivity == .commitDelay })
    }

    @Test("Asynchronous commit can be switched on in the middle of a run")
    func asynchronous() throws {
        let phases = #"phases=[{"name":"a","until":"50ms"},{"name":"b"}]"#
        let run = try run(
            phases, #"events=[{"at":"50ms","do":"set","settings":{"synchronous_commit":"off"}}]"#, "clients.count=2",
            #"clients.think={"constant":"1ms"}"#)
        #expect(run.phases[1].transactions > run.phases[0].transactions)
        #expect(try #require(run.phases[1].latency.percentile(50)) < .microseconds(400))
    }
}
