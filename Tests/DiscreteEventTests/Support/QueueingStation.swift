import DiscreteEvent
import SimTime
import Statistics

/// A queueing station: Poisson arrivals, one waiting line, some servers; first come, first served.
struct QueueingStation {
    var servers = 1
    let interarrival: Distribution
    let service: Distribution
    var customers = 20_000
    /// Customers whose waiting is not counted, because the station starts empty.
    var warmup = 2_000

    /// What one run measured.
    struct Result {
        /// The mean time between a counted customer's arrival and the start of its service, in nanoseconds.
        var meanWait = 0.0
        /// The time that all customers spent in the station, added up customer by customer.
        var sumOfSojourns = Nanoseconds.zero
        /// The number of customers in the station, integrated over time.
        var integralOfPopulation = Nanoseconds.zero
    }

    func run(seed: UInt64) throws -> Result {
        let simulation = Simulation()
        let run = StationRun(station: self, kernel: simulation.kernel, seed: seed)
        for server in 0..<servers {
            run.servers.append(simulation.spawn("server \(server)") { run.serve(server) })
        }
        simulation.spawn("arrivals") { run.arrive() }
        try simulation.run()
        run.result.meanWait = Double(run.wait.count) / Double(customers - warmup)
        return run.result
    }

    /// The 99 % interval of the mean waiting time over independent runs.
    func interval(repeats: UInt64 = 20) throws -> ConfidenceInterval {
        let means = try (1...repeats).map { try run(seed: $0).meanWait }
        return Summary(of: means)!.interval(confidence: 0.99)!
    }
}

private final class StationRun {
    let station: QueueingStation
    let kernel: Kernel
    var servers: [ProcessID] = []
    var idle: [Int] = []
    var line: [(number: Int, arrival: Instant)] = []
    var taken = 0
    var arrivals: RandomStream
    var services: RandomStream
    var wait = Nanoseconds.zero
    var result = QueueingStation.Result()
    var population: Int64 = 0
    var lastChange = Instant.zero

    init(station: QueueingStation, kernel: Kernel, seed: UInt64) {
        self.station = station
        self.kernel = kernel
        arrivals = RandomStream(seed: seed, name: "arrivals")
        services = RandomStream(seed: seed, name: "services")
    }

    func arrive() {
        for number in 0..<station.customers {
            kernel.hold(station.interarrival.sample(from: &arrivals))
            changePopulation(by: 1)
            line.append((number, kernel.now))
            if let server = idle.popLast() { kernel.wake(servers[server], at: kernel.now) }
        }
        idle.forEach { kernel.wake(servers[$0], at: kernel.now) }
    }

    func serve(_ server: Int) {
        while true {
            while taken == line.count {
                guard taken < station.customers else { return }
                idle.append(server)
                kernel.suspend()
            }
            let customer = line[taken]
            taken += 1
            if customer.number >= station.warmup { wait += kernel.now - customer.arrival }
            kernel.hold(station.service.sample(from: &services))
            changePopulation(by: -1)
            result.sumOfSojourns += kernel.now - customer.arrival
        }
    }

    private func changePopulation(by change: Int64) {
        result.integralOfPopulation += (kernel.now - lastChange) * population
        lastChange = kernel.now
        population += change
    }
}
