import Instrumentation
import SimTime
import Testing

/// What a closed loop of N clients does when a flush takes much longer than all else.
@Suite("The laws of group commit")
struct GroupCommitLawTests {
    /// A window of whole cycles, so that its ends cut no flush in two.
    private func machine(clients: Int) -> LawMachine {
        var machine = LawMachine(clients: clients)
        machine.duration = machine.cycle * 200
        return machine
    }

    @Test("One flush commits half of the clients", arguments: [2, 4, 8, 16, 32, 64])
    func halfOfTheClients(clients: Int) throws {
        let machine = machine(clients: clients)
        let result = try machine.run()
        let half = Double(clients) / 2
        #expect(isWithin(0.01, result.commitsPerFlush, of: half))
        #expect(isWithin(0.01, result.tps, of: half / machine.cycle.seconds))
    }

    @Test("With an odd number of clients the two halves alternate", arguments: [3, 5, 7])
    func oddNumber(clients: Int) throws {
        let result = try machine(clients: clients).run()
        #expect(isWithin(0.01, result.commitsPerFlush, of: Double(clients) / 2))
    }

    @Test("A commit waits for the flush under way and for its own: two cycles", arguments: [2, 8, 32])
    func latency(clients: Int) throws {
        let machine = machine(clients: clients)
        let latency = try #require(machine.run().latency.mean)
        #expect(isWithin(0.001, latency, of: Double((machine.cycle * 2).count)))
    }

    @Test("A client alone waits for one flush")
    func alone() throws {
        let machine = machine(clients: 1)
        let result = try machine.run()
        #expect(isWithin(0.001, try #require(result.latency.mean), of: Double(machine.latencyAlone.count)))
        #expect(result.commitsPerFlush == 1)
        #expect(result.sessions(in: "LWLock:WALWrite") == 0)
    }

    @Test("A second client doubles the latency and gains no throughput")
    func secondClient() throws {
        let (one, two) = (try machine(clients: 1).run(), try machine(clients: 2).run())
        #expect(isWithin(0.01, try #require(two.latency.mean), of: 2 * (try #require(one.latency.mean))))
        #expect(isWithin(0.015, two.tps, of: one.tps))
    }

    @Test("One session syncs and all others wait for it", arguments: [2, 4, 8, 16, 32, 64])
    func sessions(clients: Int) throws {
        let result = try machine(clients: clients).run()
        #expect((0.98...1.0).contains(result.sessions(in: "IO:WALSync")))
        #expect(isWithin(0.01, result.sessions(in: "LWLock:WALWrite"), of: Double(clients - 1)))
    }

    @Test("With two clients each commit wakes the other one on a core that has halted, and pays for the kick")
    func kicks() throws {
        let machine = machine(clients: 2)
        var dear = machine
        dear.kick.cost = .microseconds(20)
        let (cheap, costly) = (try machine.run(), try dear.run())
        func cpu(_ result: SpanResult) -> Double {
            result.cpuUtilization * Double(machine.cores) * result.span.seconds / Double(result.commits)
        }
        #expect(isWithin(0.02, cpu(costly) - cpu(cheap), of: 20e-6))
        // It is no part of the cycle: whoever is kicked is on its way already.
        #expect(isWithin(0.001, costly.tps, of: cheap.tps))
    }
}
