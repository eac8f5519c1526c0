import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Experiments

/// Where a commit's wait for a standby goes.
@Suite("Explaining waits for standbys")
struct StandbyExplanationTests {
    private func explain(_ machine: StandbyMachine) throws -> RunExplanation {
        let scenario = machine.scenario
        let watch = ExplanationWatch(scenario)
        let chains = watch.chains
        var options = RunOptions()
        options.makeObserver = { _ in chains }
        _ = try Experiment.runOnce(scenario, seed: 1, options: options)
        return RunExplanation(chains)
    }

    /// The sessions that wait for a standby, by what their chains end in.
    private func ends(_ explanation: RunExplanation) -> [String: Double] {
        var sessions: [String: Double] = [:]
        for chain in explanation.chains where chain.process == "client backend" {
            guard chain.links.contains("IPC:SyncRep"), let end = chain.links.last else { continue }
            sessions[end, default: 0] += chain.sessions
        }
        return sessions
    }

    private func share(_ explanation: RunExplanation, _ end: String) -> Double {
        let ends = ends(explanation)
        return (ends[end] ?? 0) / ends.values.reduce(0, +)
    }

    @Test("A commit that waits for a standby's sync leads through walsender and walreceiver to it")
    func slowSync() throws {
        var machine = StandbyMachine(clients: 4)
        machine.law.sync = .milliseconds(1)
        let explanation = try explain(machine)
        #expect(share(explanation, "walreceiver b: IO:WALSync") > 0.9)
        let chain = try #require(explanation.chains.first { $0.links.last == "walreceiver b: IO:WALSync" })
        #expect(
            chain.links == ["IPC:SyncRep", "walsender b: Activity:WalSenderMain", "walreceiver b: IO:WALSync"])
        let path = try #require(explanation.slowest)
        #expect(path.steps.contains { $0.doing == "IPC:SyncRep" && $0.because.last == "walreceiver b: IO:WALSync" })
    }

    @Test("The chain of a standby's own process names it once, and so do folded stacks")
    func ownChain() throws {
        var machine = StandbyMachine(clients: 4)
        machine.law.sync = .milliseconds(1)
        let explanation = try explain(machine)
        let chain = try #require(explanation.chains.first { $0.process == "walreceiver" && $0.links == ["IO:WALSync"] })
        #expect(chain.name == "walreceiver b")
        #expect(explanation.foldedStacks.contains("walreceiver b;IO:WALSync "))
        #expect(!explanation.foldedStacks.contains("walreceiver b;walreceiver"))
    }

    @Test("On a slow network everybody is idle, and the message is on its way")
    func slowNetwork() throws {
        var machine = StandbyMachine(clients: 4)
        (machine.law.sync, machine.sync) = (.milliseconds(1), .milliseconds(1))
        machine.roundTrip = .milliseconds(20)
        let explanation = try explain(machine)
        #expect(share(explanation, "a message on its way") > 0.75, "\(ends(explanation))")
    }

    @Test("remote_apply leads on to the startup process, which a query holds up")
    func replay() throws {
        var machine = StandbyMachine(clients: 4)
        (machine.law.sync, machine.sync, machine.level) = (.milliseconds(1), .milliseconds(1), .remoteApply)
        machine.replayStalls = [.at(.milliseconds(200), lasting: try! .constant(.milliseconds(400)))]
        let end = try #require(ends(try explain(machine)).max { $0.value < $1.value })
        #expect(end.key == "startup b: IPC:RecoveryConflictSnapshot")
    }

    @Test("While a standby is gone that is what is waited for, and no process")
    func missing() throws {
        var machine = StandbyMachine(clients: 4)
        machine.at(200, .stopStandby("b"))
        let end = try #require(ends(try explain(machine)).max { $0.value < $1.value })
        #expect(end.key == "too few standbys connected")
    }

    @Test("Of several standbys the one that holds the commit up is named", arguments: ["2 (b, c)", "ANY 1 (b, c)"])
    func which(names: String) throws {
        var machine = StandbyMachine(clients: 4)
        (machine.names, machine.standbys, machine.law.sync) = (names, ["b", "c"], .milliseconds(1))
        var scenario = machine.scenario
        scenario.standbys[0].walDevice.sync = try! .constant(.milliseconds(1))
        let watch = ExplanationWatch(scenario)
        let chains = watch.chains
        var options = RunOptions()
        options.makeObserver = { _ in chains }
        _ = try Experiment.runOnce(scenario, seed: 1, options: options)
        let waits = ends(RunExplanation(chains)).filter { $0.key.hasSuffix("IO:WALSync") }
        let end = try #require(waits.max { $0.value < $1.value })
        // Both must have it: the slow one counts; one will do: the fast one.
        #expect(end.key == (names.hasPrefix("ANY") ? "walreceiver b: IO:WALSync" : "walreceiver c: IO:WALSync"))
    }

    @Test("A faster sync of the standby, or a faster network, is worth what commits wait for it")
    func elasticity() throws {
        func gains(sync: Int64, roundTrip: Int64) throws -> [String: Double] {
            var machine = StandbyMachine()
            (machine.law.sync, machine.sync) = (.milliseconds(1), .milliseconds(sync))
            machine.roundTrip = .milliseconds(roundTrip)
            let scenario = machine.scenario
            let profile = try CausalProfile.run(scenario, base: Experiment.run(scenario).repeats)
            return profile.rows.reduce(into: [:]) { $0[$1.cost] = $1.throughput.mean }
        }
        let (sync, network) = ("WAL sync of standby b (device)", "network to standby b")
        let device = try gains(sync: 10, roundTrip: 1)
        #expect(device[sync]! > 0.7 && device[network]! < 0.2 && device["replay"]! < 0.1)
        let far = try gains(sync: 1, roundTrip: 10)
        #expect(far[network]! > 0.7 && far[sync]! < 0.2)
        #expect(CostSpeedUp.all(for: LawMachine().scenario).allSatisfy { !$0.name.contains("standby") })
    }

    /// Work whose speed nobody can buy: waits of a background process, and what only old kernels do.
    private static let unpriced: Set<Work> = [
        .walWriterLoop, .bufferScan, .dataWrite, .segmentFill, .systemVSemaphore, .eventSetCreate, .eventSetAdd,
        .eventSetClose, .latchSignal, .latchKill, .syncRepEnqueue, .walSenderSlot,
    ]

    @Test("Every cost of the model is in the table of what costs are worth, or named here as left out")
    func everyWork() throws {
        var scenario = try loadScenario(
            named: "pgbench-insert-standby", sets: ["server.settings.wal_compression=on", "tables.pgbench.scale=1"])
        for work in Work.allCases {
            scenario.host.costs[work] = .microseconds(1)
            for host in scenario.standbyHosts.indices { scenario.standbyHosts[host].costs[work] = .microseconds(1) }
        }
        let faster = CostSpeedUp.all(for: scenario).compactMap { $0.apply(scenario, 0.5) }
        let priced = Work.allCases.filter { work in
            faster.contains { $0.host.costs[work] < scenario.host.costs[work] }
        }
        #expect(Set(priced).isDisjoint(with: Self.unpriced))
        #expect(Set(priced).union(Self.unpriced) == Set(Work.allCases))
    }
}
