import Experiments
import SimTime
import WaitEvents

/// A result with its spans pooled once, for the report and the findings to read from.
struct ResultView {
    let result: ExperimentResult
    let whole: SpanView
    let phases: [SpanView]

    /// - Precondition: the result has at least one repeat.
    init(_ result: ExperimentResult) {
        let clients = result.processes[.clientBackend] ?? 0
        self.result = result
        whole = SpanView(result.whole, clients: clients)
        phases = result.phases.map { SpanView($0, clients: clients) }
    }

    /// The phase that stands out: the one with the most active sessions, if it has twice those of the whole window.
    var busiestPhase: SpanView? {
        guard phases.count > 1, let busiest = phases.max(by: { $0.active < $1.active }) else { return nil }
        return busiest.active >= 2 * whole.active ? busiest : nil
    }

    /// What to compare the busiest phase with: of the phases before it, or else of all, the one with the fewest active
    /// sessions. Phases without transactions have no latency to compare.
    var quietPhase: SpanView? {
        let before = phases.prefix { $0.span.name != busiestPhase?.span.name }
        return [Array(before), phases].lazy
            .compactMap { $0.filter { $0.span.sum.transactions > 0 }.min { $0.active < $1.active } }.first
    }

    /// The most sessions that one sample found in `event`; nil if sampling never met it.
    func mostSessions(in event: WaitEventName) -> Int? {
        result.repeats.flatMap(\.sessionCounts)
            .filter { $0.backendType == .clientBackend && $0.event == event && $0.samples > 0 }
            .map(\.sessions).max()
    }

    /// An I/O event in which some process of one repeat spent `microseconds` or more in a wait that never ended: only
    /// the time of such a wait is counted, not the wait itself.
    func unendedIO(for microseconds: Double) -> WaitEventName? {
        result.repeats.lazy.flatMap(\.whole.waitEvents)
            .first { $0.event?.type == .io && ($0.total - $0.waits.total).microseconds >= microseconds }?.event
    }
}
