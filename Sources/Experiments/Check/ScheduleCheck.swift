import DiscreteEvent
import HostModel
import Instrumentation
import Postgres
import SimTime
import Statistics

/// One schedule of one scenario, run under the eyes of the checker.
struct ScheduleCheck {
    let id: ScheduleID
    let spec: ClusterSpec
    /// How long clients go on starting transactions.
    let duration: Nanoseconds
    /// When somebody asks for a checkpoint.
    let checkpoints: [Nanoseconds]
    /// Done to the server at every step, for tests that break it on purpose.
    var sabotage: ((SimulatedCluster) -> Void)?

    /// What came of it.
    struct Outcome: Sendable {
        let id: ScheduleID
        let broken: BrokenInvariant?
        let digest: UInt64
        let commits: Int
        let steps: UInt64
    }

    /// The schedule of an id: of a random scenario, or of the one given, for as long as it lasts but not for more than
    /// `longest`.
    init(_ id: ScheduleID, of scenario: Scenario?, longest: Nanoseconds = Self.longest) {
        self.id = id
        if let scenario {
            spec = Self.shortened(scenario, seed: id.scenario)
            duration = min(scenario.duration ?? longest, longest)
            checkpoints = []
        } else {
            var random = RandomScenario(seed: id.scenario)
            spec = random.make()
            duration = RandomScenario.duration
            checkpoints = random.checkpoints()
        }
    }

    /// A given scenario is explored for so long at most: steps are checked one by one.
    static let longest = Nanoseconds.milliseconds(20)

    private static func shortened(_ scenario: Scenario, seed: UInt64) -> ClusterSpec {
        var spec = scenario.clusterSpec(seed: seed)
        spec.warmup = .zero
        return spec
    }

    /// How schedules differ: rare and frequent, short and long preemptions.
    static func exploration(_ seed: UInt64) -> ExplorationSpec {
        var stream = RandomStream(seed: seed, name: "check schedule")
        let oneIn = [2, 5, 10, 40][stream.index(below: 4)]
        let longest = [1, 5, 20, 200][stream.index(below: 4)]
        return ExplorationSpec(seed: seed, preemptOneIn: oneIn, longestPreemption: .microseconds(Int64(longest)))
    }

    func run() -> Outcome {
        var spec = spec
        spec.exploration = Self.exploration(id.schedule)
        let cluster = SimulatedCluster(spec)
        let checker = InvariantChecker(cluster)
        let kernel = cluster.simulation.kernel
        // A broken server must not run on into a trap: whoever gets to the checker stays there.
        checker.halt = {
            guard kernel.current.index >= 0 else { return }
            while true { kernel.suspend() }
        }
        cluster.setProbe(checker)
        if let sabotage {
            cluster.onStep = { [unowned cluster] in
                sabotage(cluster); checker.stepped()
            }
        }
        cluster.simulation.describeBlocked = { [unowned cluster] in cluster.describe($0) }
        let stop = cluster.simulation.addHandler("stop") { [unowned cluster] in cluster.stop() }
        kernel.schedule(stop, at: .zero + duration)
        for instant in checkpoints {
            let request = cluster.simulation.addHandler("checkpoint") { [unowned cluster] in
                cluster.requestCheckpoint()
            }
            kernel.schedule(request, at: .zero + instant)
        }
        scheduleLosses(of: spec.instances[0].standbys.map(\.name), in: cluster)
        let start = cluster.recorder.beginSpan(.zero)
        let deadlock = Self.deadlock(of: cluster)
        if deadlock == nil { checker.checkEnd(cluster.recorder.endSpan(start, named: "run", kernel.now)) }
        return Outcome(
            id: id, broken: checker.broken ?? deadlock, digest: cluster.simulation.digest,
            commits: checker.counts.commits, steps: checker.steps)
    }

    /// In every other schedule each standby goes and comes back once.
    private func scheduleLosses(of standbys: [String], in cluster: SimulatedCluster) {
        guard id.schedule % 2 == 1 else { return }
        var stream = RandomStream(seed: id.schedule, name: "check losses")
        let kernel = cluster.simulation.kernel
        for name in standbys {
            let stop = cluster.simulation.addHandler("stop \(name)") { [unowned cluster] in cluster.stopStandby(name) }
            let start = cluster.simulation.addHandler("start \(name)") { [unowned cluster] in
                cluster.startStandby(name)
            }
            let goes = Nanoseconds(Int64(stream.index(below: Int(duration.count))))
            let stays = Nanoseconds(Int64(stream.index(below: Int(duration.count))))
            kernel.schedule(stop, at: .zero + goes)
            kernel.schedule(start, at: .zero + goes + stays)
        }
    }

    /// Runs to the end; a deadlock is a broken invariant, too.
    private static func deadlock(of cluster: SimulatedCluster) -> BrokenInvariant? {
        do {
            try cluster.run()
            return nil
        } catch {
            return BrokenInvariant(
                invariant: .progress, detail: "all processes wait for each other", instant: error.instant,
                processes: error.blocked.map { "\($0.name): \($0.detail)" })
        }
    }
}
