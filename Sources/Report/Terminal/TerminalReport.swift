import Experiments

/// One experiment as a person reads it, from the headline to what may be wrong with it.
public enum TerminalReport {
    /// The report's text, ending in a line feed, as wide and colourful as `capabilities` allow.
    ///
    /// - Precondition: the result has at least one repeat.
    public static func text(of result: ExperimentResult, on capabilities: TerminalCapabilities) -> String {
        let view = ResultView(result)
        let page = Page(view: view, width: capabilities.width, glyphs: capabilities.glyphs)
        let sections = [
            page.title(), page.finding(), page.headline(), page.waitEvents(), page.histograms(), page.attribution(),
            page.latency(), page.phases(), page.walRecords(), page.verdicts(), page.warnings(),
        ]
        return sections.filter { !$0.isEmpty }
            .map { lines in lines.map { $0.painted(colour: capabilities.colour) + "\n" }.joined() }
            .joined(separator: "\n")
    }
}

/// What every section needs to draw itself; each is a list of lines, empty if it has nothing to show.
struct Page {
    let view: ResultView
    let width: Int
    let glyphs: Glyphs

    /// The span whose waits are shown: the phase that stands out, if one does. Averages over a whole run would hide
    /// what happened in two seconds of thirty.
    var focus: SpanView { view.busiestPhase ?? view.whole }
    /// ` in burst` for headings of sections about a phase; empty if they are about the whole window.
    var inFocus: String { view.busiestPhase.map { " in \($0.span.name)" } ?? "" }

    /// A section's heading, with a remark beside it.
    func heading(_ text: String, _ remark: String = "") -> Line {
        Line([Fragment(text, .heading), Fragment(remark.isEmpty ? "" : "  " + remark, .dim)])
    }
}

extension Style {
    /// The style of a wait event; nil stands for no event.
    static func of(_ type: String?) -> Style {
        switch type {
        case nil: .cpu
        case "LWLock": .lock
        case "IO": .io
        case "IPC": .ipc
        default: .timeout
        }
    }
}
