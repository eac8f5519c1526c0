import SimTime
import Statistics
import Testing

@testable import HostModel

/// Clients on other machines, whose CPU is not the server's.
@Suite("Clients elsewhere")
struct ClientPopulationTests {
    @Test("A transaction of one statement takes one round trip, half of it each way")
    func roundTrip() throws {
        let found = try ClientBench(roundTrip: .us(100)).completions(until: .us(1_001))
        #expect(found.count == 10)
        #expect(found.allSatisfy { $0.latency == .us(100) })
        #expect(found.map(\.at) == (1...10).map { Nanoseconds.us(100) * $0 })

        let server = SimulatedCluster(ClientBench(roundTrip: .us(100), costs: [.receive: .us(7)]).spec)
        var received: Nanoseconds?
        server.onCompletion = { if received == nil { received = server.hosts[0].cpu.busyTime } }
        let kernel = server.simulation.kernel
        let probe = server.simulation.addHandler("probe") {
            // The first message is on its way for half of the round trip.
            #expect(server.hosts[0].cpu.busyTime == .us(1))
            server.stop()
        }
        kernel.schedule(probe, at: .zero + .us(51))
        try server.run()
        #expect(received == .us(7))
    }

    @Test("A transaction of several statements is framed by BEGIN and COMMIT, a round trip each", arguments: [2, 5])
    func statements(count: Int) throws {
        let found = try ClientBench(roundTrip: .us(100), statements: count).completions(until: .us(5_000))
        #expect(found.allSatisfy { $0.latency == .us(100) * Int64(count + 2) })
        #expect(!found.isEmpty)
    }

    @Test("Think time lies between transactions, not in their latency")
    func think() throws {
        let found = try ClientBench(think: .microseconds(400), roundTrip: .us(100)).completions(until: .us(5_001))
        #expect(found.count == 10)
        #expect(found.allSatisfy { $0.latency == .us(100) })
    }

    @Test("Under an open load latency counts from the scheduled start: a connection is an M/D/1 queue")
    func openLoad() throws {
        let interval = try interval(repeats: 12) { seed in
            let bench = ClientBench(load: .open(rate: 5_000), roundTrip: .us(100), seed: seed)
            let found = try bench.completions(until: .milliseconds(600)).dropFirst(100)
            return found.reduce(0.0) { $0 + $1.latency.microseconds } / Double(found.count)
        }
        // Service of 100 us at a load of one half, and a quarter of that over one half of waiting.
        #expect(interval.contains(150))
        #expect(interval.high - interval.low < 20)
    }

    @Test("More connections than the load needs leave no transaction waiting")
    func ampleConnections() throws {
        let bench = ClientBench(count: 50, load: .open(rate: 5_000), roundTrip: .us(100))
        let found = try bench.completions(until: .milliseconds(200))
        #expect((800...1_200).contains(found.count))
        #expect(found.allSatisfy { $0.latency == .us(100) })
    }

    @Test("At the end transactions that have begun are carried through, and none begins")
    func drain() throws {
        let cluster = SimulatedCluster(ClientBench(count: 3, roundTrip: .us(100), statements: 4).spec)
        var completions = 0
        cluster.onCompletion = { completions += 1 }
        let kernel = cluster.simulation.kernel
        kernel.schedule(
            cluster.simulation.addHandler("stop") { [unowned cluster] in cluster.stop() }, at: .zero + .us(950))
        try cluster.run()
        #expect(completions == 6)
        #expect(kernel.now >= .zero + .us(1_200))
        #expect(kernel.now < .zero + .us(1_300))
    }

    @Test("A replay ends when its log does")
    func replay() throws {
        let bench = ClientBench(count: 2, load: .replay([.us(10), .us(20), .us(30)]), roundTrip: .us(100))
        let found = try bench.completions(until: .milliseconds(1))
        // The third waits for the first of the two connections.
        #expect(found.map(\.at) == [.us(110), .us(120), .us(210)])
        #expect(found.map(\.latency) == [.us(100), .us(100), .us(180)])
    }
}
