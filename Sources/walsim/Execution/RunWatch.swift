import Experiments
import Instrumentation
import Report

/// Who watches the first repeat of a run, for the files and the explanation that were asked for.
struct RunWatch {
    let trace: OutputFile?
    let recording: TraceRecording?
    let folded: OutputFile?
    let hgrm: OutputFile?
    /// Nil if neither an explanation nor folded stacks were asked for.
    let explanation: ExplanationWatch?

    /// Lets the first repeat of a scenario be observed.
    func observe(_ options: inout RunOptions, of scenario: Scenario) {
        explanation?.watch(&options)
        let (recording, chains, first) = (recording, explanation?.chains, scenario.seed)
        guard recording != nil || chains != nil else { return }
        options.makeObserver = { seed in
            guard seed == first else { return nil }
            let observers: [(any RunObserver)?] = [recording, chains]
            return RunObserverGroup.of(observers.compactMap(\.self))
        }
        guard let recording else { return }
        let shouldStop = options.shouldStop
        // A trace that cannot be completed is not worth the rest of the run.
        options.shouldStop = { recording.hasFailed || shouldStop?() == true }
    }

    /// Completes the files.
    func write(_ result: ExperimentResult) throws(OutputError) {
        try hgrm?.write(result.whole.sum.latency.percentileText)
        if let folded, let explanation { try folded.write(RunExplanation(explanation.chains).foldedStacks) }
        guard let trace, let recording else { return }
        do {
            try recording.close([
                ("scenario", result.name), ("scenario_hash", result.scenarioHash), ("seed", "\(result.seed)"),
                ("walsim", Walsim.version),
            ])
            try trace.install()
        } catch {
            throw OutputError(path: trace.path, reason: error.reason)
        }
    }
}
