import HostModel
import Instrumentation
import Postgres
import SimTime
import Statistics
import Testing
import WaitEvents

@testable import Experiments

/// Standbys that go and come back: who waits, under which event, and until when.
@Suite("Loss and return of a standby") struct StandbyLossTests {
    /// Standbys on a fast device; `b` is stopped from 300 ms to 700 ms.
    private func loss(clients: Int = 8, names: String = "b", standbys: [String] = ["b"]) -> StandbyMachine {
        var machine = StandbyMachine(clients: clients)
        machine.law.sync = .milliseconds(1)
        machine.sync = .milliseconds(1)
        machine.names = names
        machine.standbys = standbys
        machine.at(300, .stopStandby("b"))
        machine.at(700, .startStandby("b"))
        machine.phase("before", until: 300)
        machine.phase("going", until: 320)
        machine.phase("down", until: 700)
        machine.phase("back", until: 720)
        machine.phase("after")
        return machine
    }

    @Test(
        "Every commit waits in IPC:SyncRep until the standby is back, which no timeout ends",
        arguments: PostgresRelease.allCases.filter { $0 > .v96 })
    func loses(release: PostgresRelease) throws {
        var machine = loss()
        machine.law.release = release
        let result = try machine.run()
        let down = result.phase("down")
        #expect(down.transactions == 0 && down.commits == 0)
        #expect(down.sessions(in: "IPC:SyncRep") == 8)
        #expect(result.phase("back").transactions >= 8)
        #expect(isWithin(0.1, result.phase("after").tps, of: result.phase("before").tps))
        #expect(result.whole.longestCommitGap > .milliseconds(400))
        #expect(result.whole.longestCommitGap < .milliseconds(410))
        #expect(result.whole.replication.cancelled == 0)
    }

    @Test("A server that names a standby which does not exist waits for it, and the run ends all the same")
    func neverThere() throws {
        let name = #"server.settings.synchronous_standby_names="ghost""#
        let scenario = try loadScenario(
            named: "steady-commit", sets: ["duration=200ms", "warmup=10ms", "clients.count=4", name])
        let result = try Experiment.runOnce(scenario, seed: 1)
        #expect(result.whole.transactions == 0)
        let waiting = result.whole.waitEvents.filter { $0.event?.description == "IPC:SyncRep" }
        #expect(waiting.reduce(TotalTime.zero) { $0 + $1.total } > TotalTime(.milliseconds(790)))
    }

    @Test("Who is gone is not shown: no walsender, no walreceiver, no startup process")
    func absence() throws {
        let down = try loss().run().phase("down")
        for type in [BackendType.walSender, .walReceiver, .startup] {
            let shown = down.waitEvents.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            #expect(shown == .zero, "\(type.name)")
        }
        #expect(down.standbys.isEmpty)
    }

    @Test("The standby comes back for its whole segment, catches up and streams")
    func returns() throws {
        let result = try loss().run()
        let row = try #require(result.whole.standbys.first)
        #expect(row.state == "streaming" && row.syncState == "sync")
        // What it had is sent again.
        #expect(result.whole.replication.sentBytes > result.whole.walBytes)
    }

    @Test("With FIRST 1 (b, c) the other one takes over, and commits go on")
    func potential() throws {
        let result = try loss(names: "FIRST 1 (b, c)", standbys: ["b", "c"]).run()
        #expect(result.phase("before").standbys.map(\.syncState) == ["sync", "potential"])
        #expect(result.phase("down").standbys.map(\.syncState) == ["sync"])
        #expect(result.phase("down").tps > 0.9 * result.phase("before").tps)
        #expect(result.whole.longestCommitGap < .milliseconds(20))
        #expect(result.phase("after").standbys.map(\.syncState) == ["sync", "potential"])
    }

    @Test("With ANY 1 (b, c) nobody notices; with ANY 2 everybody waits")
    func quorum() throws {
        let any = try loss(names: "ANY 1 (b, c)", standbys: ["b", "c"]).run()
        #expect(any.phase("before").standbys.map(\.syncState) == ["quorum", "quorum"])
        #expect(any.whole.longestCommitGap < .milliseconds(20))
        let both = try loss(names: "ANY 2 (b, c)", standbys: ["b", "c"]).run()
        #expect(both.phase("down").transactions == 0)
        #expect(both.phase("down").sessions(in: "IPC:SyncRep") == 8)
        #expect(both.phase("after").transactions > 0)
    }

    @Test("A cancelled wait lets its transaction go, committed here alone; the others wait on")
    func cancel() throws {
        var machine = loss()
        machine.at(500, .cancel(3))
        let result = try machine.run()
        // Those three come back with their next transactions and wait again.
        #expect(result.phase("down").transactions == 3)
        #expect(result.whole.replication.cancelled == 3)
    }

    @Test("When synchronous_standby_names is emptied, everybody goes on at once")
    func abolish() throws {
        var machine = loss()
        var settings = machine.scenario.settings
        settings.synchronousStandbyNames = ""
        machine.at(500, .set(settings))
        let result = try machine.run()
        #expect(result.whole.longestCommitGap > .milliseconds(195))
        #expect(result.whole.longestCommitGap < .milliseconds(210))
        #expect(result.phase("after").standbys.map(\.syncState) == ["async"])
    }

    @Test("Commits that wait for a standby that never comes end with the run, and the run ends")
    func neverComes() throws {
        var machine = StandbyMachine(clients: 4)
        machine.names = "nobody"
        let result = try machine.run()
        #expect(result.whole.transactions == 0)
        #expect(result.whole.sessions(in: "IPC:SyncRep") == 4)
    }

    @Test("A run whose phases count transactions ends, and says why, when its standby is lost for good")
    func standstill() throws {
        var machine = StandbyMachine(clients: 4)
        machine.at(300, .stopStandby("b"))
        var scenario = machine.scenario
        scenario.duration = nil
        scenario.phases = [PhaseSpec(name: "run 1", end: .transactions(1_000_000))]
        let result = try Experiment.run(scenario)
        let reason = try #require(result.standstill)
        #expect(reason.contains("4 backends wait for standbys (0 connected), so that \"run 1\""))
        #expect(result.warnings == [reason])
        #expect(!result.interrupted && result.whole.sum.transactions > 0)
        #expect(result.whole.sum.span > .seconds(600) && result.whole.sum.span < .seconds(601))
    }

    @Test("A standby that comes back in time lets such a run go on to its end")
    func noStandstill() throws {
        var machine = loss()
        machine.phases = []
        var scenario = machine.scenario
        scenario.duration = nil
        scenario.phases = [PhaseSpec(name: "run 1", end: .transactions(2_000))]
        let result = try Experiment.runOnce(scenario, seed: 1)
        #expect(result.standstill == nil && result.whole.transactions == 2_000)
        #expect(result.whole.longestCommitGap > .milliseconds(400))
    }

    @Test("A stalled device on the standby is a stall of every commit, and the primary idles meanwhile")
    func stalledDevice() throws {
        var machine = StandbyMachine(clients: 4)
        machine.law.sync = .milliseconds(1)
        machine.sync = .milliseconds(1)
        var scenario = machine.scenario
        scenario.standbys[0].walDevice.stalls = [.at(.milliseconds(400), lasting: try! .constant(.milliseconds(300)))]
        let span = try Experiment.runOnce(scenario, seed: 1).whole
        #expect(isWithin(0.02, span.longestCommitGap.microseconds, of: 302_000))
    }

    @Test("A query on the standby holds up remote_apply, and on not at all")
    func conflict() throws {
        var machine = StandbyMachine(clients: 4)
        machine.law.sync = .milliseconds(1)
        machine.sync = .milliseconds(1)
        machine.replayStalls = [.at(.milliseconds(400), lasting: try! .constant(.milliseconds(300)))]
        #expect(try machine.run().whole.longestCommitGap < .milliseconds(5))
        machine.level = .remoteApply
        let span = try machine.run().whole
        #expect(isWithin(0.02, span.longestCommitGap.microseconds, of: 302_000))
        let event = span.waitEvents.first { $0.event?.event == "RecoveryConflictSnapshot" }
        #expect(event?.backendType == .startup)
        #expect(isWithin(0.02, event!.total.microseconds, of: 300_000))
    }

    @Test("Equal seeds give equal runs, standbys, losses and all")
    func determinism() throws {
        var machine = loss(names: "ANY 1 (b, c)", standbys: ["b", "c"])
        machine.roundTrip = .microseconds(300)
        #expect(try machine.run().digest == machine.run().digest)
    }
}
