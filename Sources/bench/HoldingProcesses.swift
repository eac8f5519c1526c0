import DiscreteEvent
import SimTime
import Statistics

/// What a process costs: processes that hold for random times, against a bare queue over the same times.
struct HoldingProcesses {
    private static let longestHold = 1 << 20

    let processes: Int
    let holds: Int

    /// How a run went; equal for both ways.
    struct Outcome: Equatable {
        var end: Instant
        var wakeups: UInt64
    }

    private func times(of process: Int) -> RandomStream { RandomStream(seed: 1, name: "process \(process)") }

    /// Runs the processes.
    func runProcesses() throws -> Outcome {
        let simulation = Simulation()
        let kernel = simulation.kernel
        for process in 0..<processes {
            let start = times(of: process)
            simulation.spawn("process \(process)") {
                var times = start
                for _ in 0..<holds { kernel.hold(Nanoseconds(Int64(times.index(below: Self.longestHold)))) }
            }
        }
        try simulation.run()
        return Outcome(end: kernel.now, wakeups: simulation.wakeups)
    }

    /// Does the same with nothing but the queue: takes out what is due first, puts in when it is due next.
    func runBareQueue() -> Outcome {
        var queue = EventQueue()
        defer { queue.deallocate() }
        var actors = (0..<processes).map { (times: times(of: $0), holdsLeft: holds) }
        var sequence: UInt64 = 0
        for process in 0..<processes {
            sequence += 1
            queue.push(QueueEntry(time: 0, sequence: sequence, process: Int32(process), wait: 0))
        }
        var wakeups: UInt64 = 0
        var now: Int64 = 0
        while queue.count > 0 {
            let due = queue.first
            now = due.time
            wakeups += 1
            let actor = Int(due.process)
            guard actors[actor].holdsLeft > 0 else {
                _ = queue.popFirst()
                continue
            }
            actors[actor].holdsLeft -= 1
            sequence += 1
            let time = now + Int64(actors[actor].times.index(below: Self.longestHold))
            _ = queue.replaceFirst(with: QueueEntry(time: time, sequence: sequence, process: due.process, wait: 0))
        }
        return Outcome(end: Instant(nanoseconds: now), wakeups: wakeups)
    }
}
