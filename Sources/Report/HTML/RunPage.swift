import Experiments

/// The report of one run as a page for a meeting: self-contained, readable without scripts, on paper and on a phone.
public enum RunReport {
    /// The file's text.
    ///
    /// - Precondition: the result has at least one repeat.
    public static func html(of result: ExperimentResult, explanation: Explanation? = nil) -> String {
        let page = RunPage(result)
        return page.page(explanation.map(page.sections) ?? []).html()
    }

    /// The main picture alone, as an SVG file: average active sessions over time by what they wait for.
    ///
    /// - Precondition: the result has at least one repeat.
    public static func svg(of result: ExperimentResult) -> String {
        RunPage(result).sessionsOverTime(width: 960, height: 420).file
    }
}

/// What every part of a run's page needs.
struct RunPage {
    let view: ResultView
    let timeline: PooledTimeline
    let palette: Palette

    var result: ExperimentResult { view.result }
    /// The span whose waits are shown: the phase that stands out, if one does.
    var focus: SpanView { view.busiestPhase ?? view.whole }
    /// ` in burst` for titles of figures about a phase.
    var inFocus: String { view.busiestPhase.map { " in phase \($0.span.name)" } ?? "" }

    init(_ result: ExperimentResult) {
        view = ResultView(result)
        timeline = PooledTimeline(result)
        let events = view.whole.span.sum.waitEvents.stableSorted { $0.total > $1.total }
            .map { $0.event?.description ?? "none" }
        palette = Palette(events + view.whole.span.sum.attribution.map(\.holderActivity.name))
    }

    /// - Parameter more: sections between the pictures and the tables.
    func page(_ more: [HTMLPage.Section] = []) -> HTMLPage {
        HTMLPage(
            kind: "Simulated PostgreSQL: run report", title: result.name, facts: facts,
            description: result.description.isEmpty ? nil : result.description, findings: [Finding.of(view).text],
            warnings: warnings, tiles: tiles(), tilesRemark: repeatsRemark,
            sections: [
                HTMLPage.Section(
                    heading: "What sessions do over time",
                    figures: [sessionsFigure(), rateFigure()].compactMap(\.self)),
                HTMLPage.Section(
                    heading: "Waits and commits",
                    figures: [waitFigure(), latencyFigure(), flushFigure(), walFigure()].compactMap(\.self)),
                HTMLPage.Section(heading: "Who waits for whom", figures: [attributionFigure()].compactMap(\.self)),
                standbySection(),
            ] + more + [
                HTMLPage.Section(heading: "Figures", tables: tables())
            ], provenance: provenance())
    }

    private var facts: String {
        let clients = view.whole.clients
        let seconds = HumanText.duration(view.whole.span.seconds * 1e6)
        return [
            "PostgreSQL \(result.release.rawValue)", HumanText.count(result.cores, "core"),
            HumanText.count(clients, "session"),
            result.repeats.count == 1 ? "\(seconds) simulated" : "\(result.repeats.count) repeats of \(seconds)",
            "seed \(result.seed)",
        ].joined(separator: " \u{b7} ")
    }

    private var warnings: [String] {
        result.warnings + (result.interrupted ? ["interrupted; the figures cover what ran until then"] : [])
    }

    private var repeatsRemark: String {
        let count = result.repeats.count
        return count > 1
            ? "Means of \(count) repeats with different seeds; below each its 95 % Student-t interval."
            : "One repeat, so there are no intervals; run with --repeats 5 to get them."
    }
}
