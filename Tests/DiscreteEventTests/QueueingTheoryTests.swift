import SimTime
import Statistics
import QueueingTheory
import Testing

/// The kernel against the closed formulas of queueing theory, mean waiting times in 99 % intervals.
@Suite struct QueueingTheoryTests {
    private static let service = 8_000.0

    private func station(servers: Int = 1, load: Double, service: Distribution) throws -> QueueingStation {
        let interarrival = Self.service / (load * Double(servers))
        return QueueingStation(
            servers: servers, interarrival: try .exponential(mean: Nanoseconds(rounding: interarrival)),
            service: service)
    }

    private var exponential: Distribution {
        get throws { try .exponential(mean: Nanoseconds(rounding: Self.service)) }
    }

    @Test("M/M/1: the mean wait is load / (1 - load) services", arguments: [0.5, 0.8])
    func singleServer(load: Double) throws {
        let interval = try station(load: load, service: exponential).interval()
        #expect(interval.contains(load / (1 - load) * Self.service))
        #expect(interval.high - interval.low < 0.2 * Self.service * load / (1 - load))
    }

    @Test("M/M/c: the mean wait follows from Erlang's C formula", arguments: [2, 4])
    func manyServers(servers: Int) throws {
        let load = 0.8
        let interval = try station(servers: servers, load: load, service: exponential).interval()
        let expected = erlangC(servers: servers, load: load) * Self.service / (Double(servers) * (1 - load))
        #expect(interval.contains(expected))
        #expect(interval.high - interval.low < 0.2 * expected)
    }

    @Test("M/D/1: the mean wait is half that of M/M/1")
    func constantService() throws {
        let load = 0.8
        let constant = try Distribution.constant(Nanoseconds(rounding: Self.service))
        let interval = try station(load: load, service: constant).interval()
        #expect(interval.contains(load / (1 - load) / 2 * Self.service))
    }

    @Test("Little's law: the population over time is the sum of the sojourns", arguments: [1, 3])
    func littlesLaw(servers: Int) throws {
        let result = try station(servers: servers, load: 0.9, service: exponential).run(seed: 7)
        #expect(result.sumOfSojourns > .zero)
        #expect(result.integralOfPopulation == result.sumOfSojourns)
    }
}
