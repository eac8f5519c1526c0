import SimTime
import Testing

@testable import HostModel

/// Waking a core that has halted.
@Suite("A kick of a halted core")
struct KickTests {
    private let spec = CPUSpec.with {
        $0.idlePoll = .us(20)
        $0.idleExitBase = .us(10)
        $0.kick.factor = 3
        $0.kick.cost = .us(8)
    }

    /// How long after its waker's calls a sleeper goes on, and what they cost the waker, who works in between.
    private func wake(times: Int, every interval: Nanoseconds) throws -> [(sleeper: Nanoseconds, waker: Nanoseconds)] {
        let bench = CPUBench(spec, cores: 2)
        var latencies: [(sleeper: Nanoseconds, waker: Nanoseconds)] = []
        let sleeper = bench.spawn { process in
            for _ in 0..<times {
                bench.cpu.block(process, as: .waiting)
                latencies[latencies.count - 1].sleeper = bench.now - latencies[latencies.count - 1].sleeper
            }
        }
        bench.spawn { process in
            for number in 1...times {
                bench.cpu.run(process, Nanoseconds(interval.count * Int64(number)) - bench.now)
                latencies.append((bench.now, .zero))
                let kick = bench.cpu.makeReady(sleeper, by: process)
                let called = bench.now
                bench.cpu.endSystemCall(of: process, after: kick)
                latencies[latencies.count - 1].waker = bench.now - called
            }
        }
        try bench.run()
        return latencies
    }

    @Test("It takes several times as long as the core's own timer, and costs its sender")
    func halted() throws {
        let latencies = try wake(times: 10, every: .us(1_000))
        #expect(latencies.count == 10 && latencies.allSatisfy { $0 == (.us(30), .us(8)) })
    }

    @Test("A core that still polls needs none")
    func polling() throws {
        let latencies = try wake(times: 10, every: .us(15))
        #expect(latencies.count == 10 && latencies.allSatisfy { $0 == (.zero, .zero) })
    }

    @Test("A core's own timer is none")
    func timer() throws {
        let bench = CPUBench(spec)
        bench.spawn { process in
            bench.sleep(process, until: .us(1_000))
            #expect(bench.now == .us(1_010))
        }
        try bench.run()
    }
}
