import DiscreteEvent
import SimTime
import Statistics

/// How a run explores other schedules than the likely one.
public struct ExplorationSpec: Sendable {
    /// The seed of the schedule, apart from the scenario's.
    public var seed: UInt64
    /// One in so many spends of CPU is followed by a preemption.
    public var preemptOneIn: Int
    /// Its greatest length.
    public var longestPreemption: Nanoseconds

    /// A schedule with moderate preemption unless said otherwise.
    public init(seed: UInt64, preemptOneIn: Int = 8, longestPreemption: Nanoseconds = .microseconds(20)) {
        self.seed = seed
        self.preemptOneIn = preemptOneIn
        self.longestPreemption = longestPreemption
    }
}

/// Preempts processes at random points, so that branches run which a quiet machine never takes.
final class ScheduleExplorer {
    private let spec: ExplorationSpec
    private var stream: RandomStream
    /// Called at every point where another process may have run.
    var check: (() -> Void)?

    init(_ spec: ExplorationSpec) {
        self.spec = spec
        stream = RandomStream(seed: spec.seed, name: "schedule")
    }

    func perturb(_ kernel: Kernel) {
        check?()
        guard stream.index(below: spec.preemptOneIn) == 0 else { return }
        kernel.hold(Nanoseconds(Int64(stream.index(below: Int(spec.longestPreemption.count)))))
        check?()
    }
}
