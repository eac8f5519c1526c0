import SimTime
import Statistics

@testable import HostModel

/// Customers that arrive in a Poisson stream and want a core for some time: a queueing station made of the CPU model.
struct CustomerStation {
    enum Service {
        /// Each customer is a process of its own: the core's run queue is the waiting line.
        case ownProcess
        /// One process a core takes customers from a common line, as a pool of workers does.
        case workers
    }

    var cores = 1
    var load = 0.7
    var service = Service.ownProcess
    var demand: Distribution
    var spec = CPUSpec.free
    var customers = 3_000
    /// Customers that are not counted, because the station starts empty.
    var warmup = 300

    /// The mean time that a customer spends in the station, in units of its mean demand.
    func meanSojourn(seed: UInt64) throws -> Double {
        let run = StationRun(self, seed: seed)
        try run.bench.run()
        return Double(run.sojourns.count) / Double(customers - warmup) / demand.mean
    }
}

private final class StationRun {
    let station: CustomerStation
    let bench: CPUBench
    var sojourns = Nanoseconds.zero
    private var demands: RandomStream
    private var line: [(number: Int, arrival: Nanoseconds, demand: Nanoseconds)] = []
    private var taken = 0
    private var idleWorkers: [Int32] = []

    init(_ station: CustomerStation, seed: UInt64) {
        self.station = station
        bench = CPUBench(station.spec, cores: station.cores, capacity: station.customers + station.cores, seed: seed)
        demands = RandomStream(seed: seed, name: "demands")
        if station.service == .workers {
            for _ in 0..<station.cores { bench.spawn { [unowned self] in work($0) } }
        }
        bench.simulation.spawn("arrivals") { [unowned self] in arrive(seed) }
    }

    private func arrive(_ seed: UInt64) {
        let pause = station.demand.mean / (station.load * Double(station.cores))
        let pauses = try! Distribution.exponential(mean: Nanoseconds(rounding: pause))
        var stream = RandomStream(seed: seed, name: "arrivals")
        for number in 0..<station.customers {
            bench.simulation.kernel.hold(pauses.sample(from: &stream))
            admit(number, demand: station.demand.sample(from: &demands))
        }
        for worker in idleWorkers { bench.cpu.makeReady(worker) }
    }

    private func admit(_ number: Int, demand: Nanoseconds) {
        let arrival = bench.now
        switch station.service {
        case .ownProcess:
            bench.spawn { [unowned self] process in
                bench.cpu.run(process, demand)
                left(number, arrival)
            }
        case .workers:
            line.append((number, arrival, demand))
            if let worker = idleWorkers.popLast() { bench.cpu.makeReady(worker) }
        }
    }

    private func work(_ process: Int32) {
        while true {
            while taken == line.count {
                guard taken < station.customers else { return }
                idleWorkers.append(process)
                bench.cpu.block(process, as: .waiting)
            }
            let customer = line[taken]
            taken += 1
            bench.cpu.run(process, customer.demand)
            left(customer.number, customer.arrival)
        }
    }

    private func left(_ number: Int, _ arrival: Nanoseconds) {
        if number >= station.warmup { sojourns += bench.now - arrival }
    }
}
