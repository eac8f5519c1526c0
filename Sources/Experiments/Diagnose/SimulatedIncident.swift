import DiscreteEvent
import Instrumentation
import SimTime
import Synchronization

/// A scenario's signature, or that of one of its phases, from a simulation that was sampled as a tool would sample it.
public struct SimulatedIncident: Sendable {
    /// The scenario's name.
    public var scenario: String
    /// The phase; nil for the whole run.
    public var phase: String?
    /// What the scenario's author says about it.
    public var description: String
    /// What its sessions wait for.
    public var signature: WaitSignature
    /// The samples that it was made from.
    var samples: WaitSamples
    /// What was measured in the span.
    var span: SpanResult

    /// `burst-insert (burst)`.
    public var title: String { phase.map { "\(scenario) (\($0))" } ?? scenario }

    /// Runs one repeat of a scenario. A run with phases gives one incident a phase: what is wrong in two seconds of
    /// thirty does not show in the whole.
    /// - Throws: `Deadlock` if processes wait for each other.
    public static func simulate(
        _ scenario: Scenario, options: RunOptions = RunOptions()
    ) throws(Deadlock) -> [SimulatedIncident] {
        let collector = TickCollector()
        var options = options
        options.onSample = { collector.take($0) }
        let result = try Experiment.runOnce(scenario, seed: scenario.seed, options: options)
        let spans = result.phases.isEmpty ? [result.whole] : result.phases
        var start = Nanoseconds.zero
        return spans.compactMap { span in
            let end = Nanoseconds(start.count + span.span.count)
            let ticks = collector.ticks(from: start, to: end)
            start = end
            let samples = WaitSamples(ticks: ticks, clients: 0, interval: nil)
            guard !samples.totals.isEmpty else { return nil }
            return SimulatedIncident(
                scenario: scenario.name, phase: result.phases.isEmpty ? nil : span.name,
                description: scenario.description, signature: WaitSignature(samples),
                samples: samples, span: span)
        }
    }
}

/// Gathers the samples of one run, which come session by session in order of time.
private final class TickCollector: Sendable {
    private struct State {
        var times: [Nanoseconds] = []
        var ticks: [WaitSamples.Tick] = []
    }

    private let state = Mutex(State())

    func take(_ sample: SessionSample) {
        guard sample.backendType == .clientBackend else { return }
        let name =
            sample.event.map { WaitEventText.canonical(type: $0.type.rawValue, event: $0.event) } ?? WaitEventText.none
        state.withLock { state in
            if state.times.last != sample.at {
                state.times.append(sample.at)
                state.ticks.append(WaitSamples.Tick())
            }
            guard !WaitEventText.isIdle(name) else { return }
            state.ticks[state.ticks.count - 1].sessions[name, default: 0] += 1
        }
    }

    func ticks(from start: Nanoseconds, to end: Nanoseconds) -> [WaitSamples.Tick] {
        state.withLock { state in
            zip(state.times, state.ticks).filter { $0.0 >= start && $0.0 < end }.map(\.1)
        }
    }
}
