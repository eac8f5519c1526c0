import SimTime
import Statistics
import QueueingTheory
import Testing

@testable import HostModel

/// Cores against the closed formulas of queueing theory: mean times in the station, in services, in 99 % intervals.
@Suite("Cores as queueing stations")
struct QueueingTheoryTests {
    private static let demand = Nanoseconds.us(100)
    private let load = 0.7

    private var exponential: Distribution { get throws { try .exponential(mean: Self.demand) } }
    private var constant: Distribution { get throws { try .constant(Self.demand) } }
    /// One process at a time until it is done.
    private var fifo: CPUSpec { .with { $0.scheduler = .fifo } }
    /// Slices so short that all share the core at once.
    private var sharing: CPUSpec { .with { $0.slice = .us(5) } }

    private func expect(
        _ station: CustomerStation, _ mean: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let interval = try interval { try station.meanSojourn(seed: $0) }
        #expect(interval.contains(mean), sourceLocation: sourceLocation)
        #expect(interval.high - interval.low < 0.25 * mean, sourceLocation: sourceLocation)
    }

    @Test("M/M/1: one core under FIFO, exponential work")
    func exponentialWork() throws {
        try expect(CustomerStation(load: load, demand: exponential, spec: fifo), 1 / (1 - load))
    }

    @Test("M/D/1: one core under FIFO, constant work: half the waiting")
    func constantWork() throws {
        try expect(CustomerStation(load: load, demand: constant, spec: fifo), 1 + load / (1 - load) / 2)
    }

    @Test("M/M/c: workers on cores of their own with one line", arguments: [2, 4])
    func manyCores(cores: Int) throws {
        let station = CustomerStation(cores: cores, load: load, service: .workers, demand: try exponential)
        try expect(station, 1 + erlangC(servers: cores, load: load) / (Double(cores) * (1 - load)))
    }

    @Test("Processor sharing: EEVDF with short slices makes the mean the same for constant and for exponential work")
    func processorSharing() throws {
        for demand in [try constant, try exponential] {
            try expect(CustomerStation(load: load, demand: demand, spec: sharing, customers: 2_000), 1 / (1 - load))
        }
    }
}
