import Instrumentation
import Postgres
import SimTime
import Testing

@testable import Experiments

/// commit_delay and its gate, commit_siblings.
@Suite("The laws of commit_delay")
struct CommitDelayLawTests {
    /// Posts cost their waker time here: so the last leader still has its transaction id as the next one counts.
    private func machine(clients: Int, delay: Int, siblings: Int = 5) -> LawMachine {
        var machine = LawMachine(clients: clients)
        machine.post = .microseconds(2)
        machine.settings.commitDelay = delay
        machine.settings.commitSiblings = siblings
        return machine
    }

    private func isSlept(_ result: RunResult) -> Bool {
        result.whole.attribution.contains { $0.holderActivity == .commitDelay }
    }

    @Test("With five siblings asked for, up to five clients never sleep commit_delay", arguments: [2, 4, 5])
    func gateClosed(clients: Int) throws {
        let delayed = try Experiment.runOnce(machine(clients: clients, delay: 1_000).scenario, seed: 1)
        let plain = try Experiment.runOnce(machine(clients: clients, delay: 0).scenario, seed: 1)
        #expect(!isSlept(delayed))
        #expect(delayed.digest == plain.digest)
    }

    @Test("With five siblings asked for, six clients and more do sleep it", arguments: [6, 7, 8])
    func gateOpen(clients: Int) throws {
        let delayed = try Experiment.runOnce(machine(clients: clients, delay: 1_000).scenario, seed: 1)
        #expect(isSlept(delayed))
    }

    @Test("With no siblings asked for, two clients share every flush")
    func noSiblings() throws {
        let machine = machine(clients: 2, delay: 1_000, siblings: 0)
        let result = try machine.run()
        #expect(isWithin(0.01, result.commitsPerFlush, of: 2))
    }

    @Test("With no siblings asked for, a client alone pays the delay on top of each flush")
    func aloneWithDelay() throws {
        let machine = machine(clients: 1, delay: 1_000, siblings: 0)
        let expected = machine.latencyAlone + .milliseconds(1) + machine.wakeUp
        #expect(isWithin(0.001, try #require(machine.run().latency.mean), of: Double(expected.count)))
    }

    @Test("The leader sleeps with the lock: the others wait for it although no device works")
    func attribution() throws {
        let result = try machine(clients: 8, delay: 1_000, siblings: 1).run()
        let asleep = result.attribution.first { $0.holderActivity == .commitDelay }?.total ?? .zero
        let waiting = Double(asleep.count) / Double(result.span.count)
        // Nearly all the time that the device does not work somebody sleeps, and seven wait for that one.
        let idle = 1 - result.sessions(in: "IO:WALSync")
        #expect(idle > 0.05)
        #expect(isWithin(0.1, waiting, of: 7 * idle))
    }
}
