import Postgres
import SimTime
import Statistics
import WaitEvents

@testable import HostModel
@testable import Instrumentation

/// A server whose transactions cost nothing but what a test says, so that only its clients count.
struct ClientBench {
    var count = 1
    var load = ClientGroupSpec.Load.closed
    var think = Distribution.zero
    var place = ClientGroupSpec.Place.elsewhere
    var threads = 1
    var roundTrip = Nanoseconds.us(100)
    var cores = 8
    var cpu = CPUSpec.with { $0.scheduler = .fifo }
    /// Statements of a transaction; each writes no WAL.
    var statements = 1
    var costs: [Work: Nanoseconds] = [:]
    var seed: UInt64 = 1

    /// A completed transaction as its client saw it.
    struct Completion: Equatable {
        var at: Nanoseconds
        var latency: Nanoseconds
    }

    var spec: ClusterSpec {
        var table = CostTable.measured
        for work in Work.allCases {
            table[work] = costs[work] ?? .zero
            table.setPerUnit(work, 0)
        }
        let statement = StatementSpec(name: "nothing", times: statements, cpu: nil, records: [])
        return ClusterSpec(
            seed: seed, warmup: .zero, release: .v16, settings: Settings(),
            host: HostSpec(
                cores: cores, cpu: cpu, costs: table,
                walDevice: DeviceSpec(sync: .zero, write: .zero, stalls: []),
                roundTrip: try! .constant(roundTrip), background: []),
            clients: [
                ClientGroupSpec(
                    name: "clients", count: count, load: load, think: think, transaction: 0, place: place,
                    threads: threads)
            ],
            transactions: [TransactionSpec(name: "nothing", statements: [statement])])
    }

    /// All transactions that complete before `end`, in the order of their completion.
    func completions(until end: Nanoseconds) throws -> [Completion] {
        let cluster = SimulatedCluster(spec)
        let kernel = cluster.simulation.kernel
        var found: [Completion] = []
        var latencies = TotalTime.zero
        cluster.onCompletion = {
            let sum = cluster.recorder.totals.pointee.latencySum
            found.append(Completion(at: kernel.now - .zero, latency: Nanoseconds(Int64((sum - latencies).count))))
            latencies = sum
        }
        kernel.schedule(cluster.simulation.addHandler("stop") { [unowned cluster] in cluster.stop() }, at: .zero + end)
        try cluster.run()
        cluster.onCompletion = nil
        return found.filter { $0.at < end }
    }
}
