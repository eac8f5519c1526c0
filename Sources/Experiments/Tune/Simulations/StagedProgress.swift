import Synchronization

/// Joins the progress of stages, whose number of runs is not known beforehand, to one that never falls.
final class StagedProgress: Sendable {
    private let report: (@Sendable (Double) -> Void)?
    private let state = Mutex((start: 0.0, end: 0.0, shown: 0.0))

    init(_ report: (@Sendable (Double) -> Void)?) { self.report = report }

    /// A stage begins that ends at this share of the whole.
    func begin(_ end: Double) {
        state.withLock {
            $0.start = $0.end; $0.end = end
        }
    }

    /// Told how much of a batch of the stage is done: batches go on from where the last one stood.
    func update(_ share: Double) {
        let shown = state.withLock { state in
            let target = state.start + (state.end - state.start) * share
            state.shown = max(state.shown, target)
            return state.shown
        }
        report?(shown)
    }
}
