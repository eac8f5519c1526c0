import Experiments

/// One experiment as a person reads it, from the headline to what may be wrong with it.
public enum RunScreen {
    /// The report's text, ending in a line feed, as wide and colourful as `capabilities` allow.
    ///
    /// - Precondition: the result has at least one repeat.
    public static func text(of result: ExperimentResult, on capabilities: TerminalCapabilities) -> String {
        let run = RunSections(
            view: ResultView(result), width: capabilities.width, glyphs: capabilities.glyphs)
        return capabilities.painted(sections: [
            run.title(), run.finding(), run.headline(), run.waitEvents(), run.histograms(), run.attribution(),
            run.latency(), run.phases(), run.walRecords(), run.verdicts(), run.warnings(),
        ])
    }
}

/// What every section needs to draw itself; each is a list of lines, empty if it has nothing to show.
struct RunSections {
    let view: ResultView
    let width: Int
    let glyphs: Glyphs

    /// The span whose waits are shown: the phase that stands out, if one does. Averages over a whole run would hide
    /// what happened in two seconds of thirty.
    var focus: SpanView { view.busiestPhase ?? view.whole }
    /// ` in burst` for headings of sections about a phase; empty if they are about the whole window.
    var inFocus: String { view.busiestPhase.map { " in \($0.span.name)" } ?? "" }
}
