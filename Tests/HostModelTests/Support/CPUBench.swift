import DiscreteEvent
import Instrumentation
import SimTime
import Statistics
import WaitEvents

@testable import HostModel

/// Some cores and processes on them, and nothing else.
final class CPUBench {
    let simulation = Simulation()
    let cpu: CPU
    let recorder: Recorder
    /// What processes noted, in the order of its happening.
    private(set) var notes: [Note] = []

    struct Note: Equatable {
        let name: String
        let at: Nanoseconds
    }

    init(_ spec: CPUSpec = .free, cores: Int = 1, capacity: Int = 64, seed: UInt64 = 1) {
        recorder = Recorder(
            release: .v16, processes: Array(repeating: .clientBackend, count: capacity), lockEvents: [],
            recordTypes: [])
        cpu = CPU(
            spec, cores: cores, capacity: capacity, kernel: simulation.kernel, recorder: recorder, seed: seed)
    }

    var now: Nanoseconds { simulation.kernel.now - .zero }

    /// Adds a process whose body gets its number; the first is 0.
    @discardableResult
    func spawn(_ name: String = "process", session: Int = -1, _ body: @escaping (Int32) -> Void) -> Int32 {
        let number = Int32(cpu.processCount)
        cpu.spawn(name, in: simulation, recorderNumber: Int(number), session: session) { body(number) }
        return number
    }

    /// Sleeps until an instant without a core.
    func sleep(_ process: Int32, until end: Nanoseconds) {
        cpu.block(process, as: .waiting, until: .zero + end)
    }

    func note(_ name: String) { notes.append(Note(name: name, at: now)) }

    /// When the first note of that name was made.
    func time(of name: String) -> Nanoseconds? { notes.first { $0.name == name }?.at }

    func core(of process: Int32) -> Int32 { Int32(cpu.processes[Int(process)].core - cpu.cores) }

    func run() throws { try simulation.run() }
}

extension CPUSpec {
    /// Everything but work is free.
    static var free: CPUSpec {
        CPUSpec(
            scheduler: .eevdf, slice: .milliseconds(3), contextSwitch: .zero, idleExitBase: .zero,
            idleExitGrowth: .zero, coldPenalty: .zero, coolingTime: .seconds(1), warmingTime: .seconds(1),
            evictionPenalty: .zero, evictionWork: .seconds(1), absencePenalty: .zero, absenceTime: .seconds(1),
            jitter: 0, siblingSlowdown: 0, timerSlack: .zero)
    }

    /// `free` with some of its parts changed.
    static func with(_ change: (inout CPUSpec) -> Void) -> CPUSpec {
        var spec = CPUSpec.free
        change(&spec)
        return spec
    }
}

extension Nanoseconds {
    /// Whole microseconds, for readable tests.
    static func us(_ count: Int64) -> Nanoseconds { .microseconds(count) }
}
