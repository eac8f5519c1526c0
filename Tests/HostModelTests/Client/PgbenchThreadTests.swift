import SimTime
import Testing

@testable import HostModel

/// pgbench on the server's own cores.
@Suite("A pgbench thread")
struct PgbenchThreadTests {
    /// One core, so that the thread finds both replies in one poll.
    private var bench: ClientBench {
        ClientBench(
            count: 2, place: .server, cores: 1,
            costs: [
                .clientSend: .us(1), .clientPoll: .us(2), .clientResult: .us(3), .clientWake: .us(4),
                .receive: .us(10),
            ])
    }

    @Test("A client whose transaction has ended starts its next one only in the next pass")
    func passes() throws {
        let found = try bench.completions(until: .us(120))
        // 0: both start, a send of 1 us each; 2: a poll; 4: the backends work, 10 us each; 24: the thread wakes;
        // 28: two results of 3 us each. Only then does a new pass begin, at 34.
        #expect(found.map(\.at) == [.us(31), .us(34), .us(65), .us(68), .us(99), .us(102)])
        // The first client's time from its result to the end of the pass lies in no transaction.
        #expect(found.map(\.latency) == [.us(31), .us(33), .us(31), .us(33), .us(31), .us(33)])
    }

    @Test("A reply that came while the thread polled saves its sleep")
    func busyPoll() throws {
        var bench = bench
        bench.cores = 4
        bench.count = 1
        bench.costs[.clientPoll] = .us(50)
        // Sent at 1, polled until 51: the reply came at 11, so that no sleep and no wake-up follow.
        #expect(try bench.completions(until: .us(60)).map(\.at) == [.us(54)])
    }

    @Test("Threads split the connections between them as evenly as possible", arguments: [(10, 3), (4, 4), (3, 8)])
    func split(clients: Int, threads: Int) throws {
        let cluster = SimulatedCluster(ClientBench(count: clients, place: .server, threads: threads).spec)
        let shares = cluster.instances[0].clients.threads.map(\.connections.count)
        #expect(shares.count == min(clients, threads))
        #expect(shares.reduce(0, +) == clients)
        #expect(shares.max()! - shares.min()! <= 1)
        let served = cluster.instances[0].clients.threads.flatMap(\.connections).sorted()
        #expect(served == Array(0..<clients))
        cluster.stop()
        try cluster.run()
    }

    @Test("Think time delays a client's next start by the thread's alarm and its slack")
    func think() throws {
        var bench = bench
        bench.count = 1
        bench.think = .microseconds(500)
        bench.cpu.timerSlack = .us(20)
        let found = try bench.completions(until: .us(1_500))
        #expect(found.count == 2)
        // Latency counts from the scheduled start, so that lateness is part of it.
        let (first, second) = (found[0], found[1])
        #expect(second.at - first.at == .us(500) + second.latency)
        #expect(second.latency > .us(20 + 4 + 1 + 10))
    }

    @Test("Clients whose load has come to its end stay until the run is over")
    func replayEnds() throws {
        var bench = bench
        bench.load = .replay([.us(10), .us(20), .us(30)])
        let cluster = SimulatedCluster(bench.spec)
        let kernel = cluster.simulation.kernel
        var completions = 0
        cluster.onCompletion = { completions += 1 }
        kernel.schedule(
            cluster.simulation.addHandler("stop") { [unowned cluster] in
                #expect(cluster.isExhausted)
                #expect(cluster.clientsAreAtRest)
                cluster.stop()
            }, at: .zero + .milliseconds(5))
        try cluster.run()
        #expect(completions == 3)
        #expect(kernel.now >= .zero + .milliseconds(5))
    }

    @Test("Clients of a thread leave when the run is over, and the server stops")
    func ends() throws {
        let cluster = SimulatedCluster(bench.spec)
        let kernel = cluster.simulation.kernel
        kernel.schedule(
            cluster.simulation.addHandler("stop") { [unowned cluster] in cluster.stop() }, at: .zero + .us(50))
        try cluster.run()
        #expect(kernel.now >= .zero + .us(68))
        #expect(kernel.now < .zero + .us(200))
    }
}
