import Instrumentation
import SimTime
import Testing
import WaitEvents

@testable import Experiments

/// Runs of several servers on one host.
@Suite("Several servers")
struct InstanceRunTests {
    private func run(_ sets: String..., clients: Int = 4) throws -> RunResult {
        let text = """
            {"duration": "50ms", "warmup": "10ms", "repeats": 1, "server": {"version": "9.6"},
             "host": {"cores": 64}, "clients": {"count": \(clients)}}
            """
        return try Experiment.runOnce(load(text, sets: sets), seed: 1)
    }

    @Test("Throughput, WAL and processes are sums over the servers")
    func sums() throws {
        let one = try run()
        let three = try run("instances=3")
        #expect(three.processes[.clientBackend] == 12)
        #expect(three.processes[.walWriter] == 3)
        // The device has no limit and there are cores enough: the servers do not disturb each other.
        let ratio = Double(three.whole.transactions) / Double(one.whole.transactions)
        #expect(abs(ratio - 3) < 0.1)
        let bytes = Double(three.whole.walBytes) / Double(one.whole.walBytes)
        #expect(abs(bytes - 3) < 0.1)
        #expect(three.whole.accountsForAll(three))
        // Each lock is accounted by its own server: nobody waits for a holder elsewhere.
        #expect(three.whole.attribution.contains { $0.event.event == "WALWriteLock" })
    }

    @Test("A server's clients behave alike whatever the others are called and do")
    func names() throws {
        let list = try run(#"instances=[{"name":"server 1"},{"name":"b","clients":{"count":1}}]"#)
        #expect(list.processes[.clientBackend] == 5)
        #expect(list.whole.transactions > 0)
    }

    @Test("Servers on few shared cores are slower than with cores of their own")
    func sharedCores() throws {
        let sets = [
            "host.cpusets.two=2", "host.cpusets.other=2", "host.costs.execute=400us", "host.storage.wal.sync=50us",
        ]
        let shared = try load(scenario(#"[{"server":{"cpuset":"two"}},{"server":{"cpuset":"two"}}]"#), sets: sets)
        let apart = try load(scenario(#"[{"server":{"cpuset":"two"}},{"server":{"cpuset":"other"}}]"#), sets: sets)
        let (slow, fast) = (try Experiment.runOnce(shared, seed: 1), try Experiment.runOnce(apart, seed: 1))
        #expect(Double(fast.whole.transactions) > 1.6 * Double(slow.whole.transactions))
    }

    private func scenario(_ instances: String) -> String {
        """
        {"duration": "50ms", "warmup": "10ms", "repeats": 1, "host": {"cores": 8}, "clients": {"count": 8},
         "instances": \(instances)}
        """
    }

    @Test("A guest makes all work dearer by its overhead")
    func overhead() throws {
        let bare = try run("host.costs.execute=2ms", clients: 1)
        let guest = try run("host.costs.execute=2ms", #"host.guests=[{"overhead":1}]"#, clients: 1)
        // A transaction takes 2 ms of work and about 1.2 ms of waiting: for the client, and for the device.
        #expect(Double(bare.whole.transactions) > 1.4 * Double(guest.whole.transactions))
    }
}
