import SimTime
import Testing

@testable import HostModel

/// Processes that may not run anywhere.
@Suite("Core sets")
struct CoreSetTests {
    @Test("A process stays within its set, even if other cores idle")
    func confined() throws {
        let bench = CPUBench(cores: 8)
        let set = CoreSet([2, 5])
        defer { set.deallocate() }
        var seen: Set<Int32> = []
        for number in 0..<4 {
            bench.cpu.spawn("\(number)", in: bench.simulation, on: set) {
                for _ in 0..<5 {
                    bench.cpu.run(Int32(number), .us(10))
                    seen.insert(bench.core(of: Int32(number)))
                    bench.cpu.block(Int32(number), as: .waiting, until: bench.simulation.kernel.now + .us(3))
                }
            }
        }
        try bench.run()
        #expect(seen == [2, 5])
        // Four processes with 50 us of work each on two cores.
        #expect(bench.now >= .us(100))
        #expect(bench.cpu.busyTime == .us(200))
    }

    @Test("With two threads a core work slows down from the first shared core on, up to the full slowdown")
    func siblings() throws {
        func time(_ busy: Int) throws -> Nanoseconds {
            let spec = CPUSpec.with {
                $0.threadsPerCore = 2
                $0.siblingSlowdown = 0.5
            }
            let bench = CPUBench(spec, cores: 8)
            for _ in 0..<busy { bench.spawn { bench.cpu.run($0, .us(80)) } }
            try bench.run()
            return bench.now
        }
        #expect(try time(4) == .us(80))
        #expect(try time(6) == .us(100))
        #expect(try time(8) == .us(120))
    }
}
