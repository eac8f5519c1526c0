import DiscreteEvent
import SimTime

/// What happened in a run, in order: one line an event, in microseconds.
final class Transcript {
    private let kernel: Kernel
    private(set) var lines: [String] = []

    init(_ simulation: Simulation) { kernel = simulation.kernel }

    func note(_ text: String) { lines.append("\(kernel.now.nanoseconds / 1_000) \(text)") }
}

extension Instant {
    static func microseconds(_ count: Int64) -> Instant { .zero + .microseconds(count) }
}
