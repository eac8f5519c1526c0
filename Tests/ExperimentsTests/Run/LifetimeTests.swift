import SimTime
import Testing

@testable import Experiments
@testable import HostModel

/// A run keeps nothing but its result: a program that simulates thousands of times needs no more memory for it.
@Suite("Lifetime of a simulation")
struct LifetimeTests {
    /// A part of a simulation, seen without keeping it.
    private struct Part {
        let name: String
        weak var object: AnyObject?
    }

    /// Runs a scenario for a moment; the parts of its simulation, which nobody here refers to any more.
    private func partsAfterRun(_ scenario: Scenario, _ options: RunOptions = RunOptions()) throws -> [Part] {
        let run = SimulatedRun(scenario, seed: 1, options: options)
        let cluster = run.cluster
        #expect(try run.run().whole.transactions > 0)
        var parts = [
            Part(name: "run", object: run), Part(name: "cluster", object: cluster),
            Part(name: "simulation", object: cluster.simulation), Part(name: "recorder", object: cluster.recorder),
        ]
        for host in cluster.hosts {
            parts += [Part(name: "host", object: host), Part(name: "cpu", object: host.cpu)]
            parts += ([host.system] + host.guests).map { Part(name: "operating system", object: $0) }
        }
        for instance in cluster.instances + cluster.standbys {
            parts += [Part(name: "instance", object: instance), Part(name: "server", object: instance.server)]
            parts += [Part(name: "clients", object: instance.clients)]
            parts += instance.serverProcesses.map { Part(name: "process", object: $0) }
        }
        return parts
    }

    private func short(_ name: String) throws -> Scenario {
        try loadScenario(named: name, sets: ["duration=50ms", "warmup=10ms", "events=[]", "phases=[]"])
    }

    @Test(
        "No part of it outlives its run, with tables, standbys and several servers and guests",
        arguments: [
            "steady-commit", "pgbench-tpcb", "pgbench-insert-standby", "sync-rep-3-four-instances",
            "sync-rep-5-eight-guests",
        ])
    func parts(_ name: String) throws {
        let parts = try partsAfterRun(short(name))
        #expect(parts.count > 10)
        #expect(parts.filter { $0.object != nil }.map(\.name) == [])
    }

    @Test("So it is with background programs, clients on the host and stalls")
    func varied() throws {
        let parts = try partsAfterRun(load(variedScenario))
        #expect(parts.filter { $0.object != nil }.map(\.name) == [])
    }

    @Test("An observer that lives on does not keep it")
    func observed() throws {
        let scenario = try short("pgbench-insert-standby")
        let watch = ExplanationWatch(scenario)
        let chains = watch.chains
        let parts = try partsAfterRun(scenario, RunOptions(makeObserver: { _ in chains }))
        #expect(parts.filter { $0.object != nil }.map(\.name) == [])
        #expect(!RunExplanation(chains).chains.isEmpty)
    }
}
