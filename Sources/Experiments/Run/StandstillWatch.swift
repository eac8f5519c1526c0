import HostModel
import Instrumentation
import SimTime

/// Ends runs whose phases count transactions that never come, as every commit waits for a standby that is gone.
///
/// PostgreSQL knows no timeout for such a wait, and a run that has a duration shows it for that long. Without one it
/// would go on for ever.
struct StandstillWatch {
    /// How long nothing may complete. Nothing that a standby recovers from by itself takes that long.
    static let limit = Nanoseconds.seconds(600)

    private let phases: [PhaseSpec]
    private let isUnbounded: Bool
    /// When something was last done that may end a standstill.
    private var lastMove: Instant
    /// What came to a standstill, once it did.
    private(set) var reason: String?

    init(_ scenario: Scenario) {
        phases = scenario.phases
        isUnbounded = scenario.duration == nil
        let events = scenario.events.map { Instant.zero + scenario.warmup + $0.at }
        lastMove = events.max() ?? .zero
    }

    /// A transaction was completed.
    mutating func completed(_ now: Instant) { lastMove = max(lastMove, now) }

    /// Whether the run has to be ended, in a phase that counts transactions.
    mutating func look(at cluster: SimulatedCluster, phase: Int, _ now: Instant) -> Bool {
        guard isUnbounded, reason == nil, now - lastMove > Self.limit else { return false }
        let waiting = cluster.backendsWaitingForStandbys
        guard waiting > 0 else { return false }
        let name = phase < phases.count ? "\"\(phases[phase].name)\"" : "the run"
        reason =
            "no transaction has completed for \(Self.limit): \(waiting) backends wait for standbys "
            + "(\(cluster.statReplication.count) connected), so that \(name), which counts transactions, was cut "
            + "short; a duration bounds such a run"
        return true
    }
}

extension RunResult {
    /// The run's metrics, for those who compare it with others.
    ///
    /// Throws an `InputError` of kind `content` if it came to a standstill: what is left of it compares with nothing.
    func metrics(of scenario: Scenario) throws(InputError) -> RepeatMetrics {
        if let standstill {
            throw InputError(.content, file: scenario.name, standstill)
        }
        return RepeatMetrics(self)
    }
}
