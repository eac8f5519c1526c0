import Experiments

/// What an explanation adds to a run's page.
extension RunPage {
    func sections(of explanation: Explanation) -> [HTMLPage.Section] {
        [
            HTMLPage.Section(
                heading: "What each cost is worth",
                figures: explanation.profile.map {
                    [gainFigure($0, \.throughput), gainFigure($0, \.latencyP99)]
                } ?? []),
            HTMLPage.Section(
                heading: "The slowest commit", figures: explanation.run.slowest.map { [pathFigure($0)] } ?? []),
            HTMLPage.Section(
                heading: "Blocking chains", tables: [chainTable(explanation)].filter { !$0.rows.isEmpty }),
            HTMLPage.Section(
                heading: "As others see it", tables: [observerTable(explanation.observers)],
                remarks: ObserverText.remarks(explanation.observers)),
        ]
    }

    private func gainFigure(
        _ profile: CausalProfile, _ gain: KeyPath<CausalProfile.Row, Estimate>
    ) -> HTMLPage.Figure {
        let isThroughput = gain == \.throughput
        let rows = profile.rows.map { row in
            IntervalBars.Row(
                label: row.cost, value: row[keyPath: gain].mean ?? 0, interval: row[keyPath: gain].ci95,
                text: ElasticityText.gain(row[keyPath: gain]), ink: isThroughput ? Ink(.cpu) : Ink(.io))
        }
        let name = isThroughput ? "Throughput" : "Latency, p99"
        let bars = IntervalBars(
            rows: rows, unit: "per cent gained for each per cent that the cost is smaller", leastSpan: 0.2)
        return HTMLPage.Figure(
            title: "\(name) gained by a faster part",
            caption: ElasticityText.method(profile)
                + " Lines are 95 % intervals: where one crosses zero, the cost may be "
                + "worth nothing.", picture: bars.picture(name, width: 450).inline())
    }

    private func pathFigure(_ path: RunExplanation.CommitPath) -> HTMLPage.Figure {
        let parts = path.steps.map { step in
            let blocker = step.because.isEmpty ? "" : ", behind " + step.because.joined(separator: ", behind ")
            return Bars.Part(
                name: step.doing + blocker, ink: palette.ink(Self.colour(of: step)), value: step.length.microseconds)
        }
        let bars = Bars(
            bars: [
                Bars.Bar(
                    label: path.process, remark: HumanText.duration(path.length.microseconds) + " on the server",
                    parts: parts)
            ]
        ) { part, _ in "\(part.name) \(HumanText.duration(part.value))" }
        var entries: [HTMLPage.Key.Entry] = []
        let longest = path.steps.stableSorted { $0.length > $1.length }.prefix(8)
        for step in path.steps where longest.contains(where: { $0.at == step.at }) {
            let blocker = step.because.isEmpty ? "" : " behind " + step.because.joined(separator: " behind ")
            entries.append(
                HTMLPage.Key.Entry(
                    step.doing + blocker, palette.ink(Self.colour(of: step)),
                    HumanText.duration(step.length.microseconds)))
        }
        return HTMLPage.Figure(
            title: "The path of the slowest commit",
            caption: """
                From left to right, what its backend did from the first message to the reply, in the colour of what \
                it waited for in the end; it began at \(HumanText.duration(path.began.microseconds)). The list has \
                the longest steps in their order, and whom they waited for.
                """,
            picture: bars.picture("The slowest commit", width: 1040).inline("wide")
                + bars.picture("The slowest commit", width: 380).inline("narrow"), shape: "wide",
            key: HTMLPage.Key(entries: entries))
    }

    /// The name whose colour a step takes: what the last of its chain does.
    private static func colour(of step: RunExplanation.Step) -> String {
        let last = step.because.last.map { $0.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? $0 }
        let doing = last ?? step.doing
        if doing.hasPrefix("CPU") || doing == "spinning" { return "none" }
        if doing == "lock free or shared" { return "no holder" }
        return doing.hasPrefix("off CPU") ? "ready" : doing
    }

    private func chainTable(_ explanation: Explanation) -> HTMLPage.Table {
        var table = HTMLPage.Table(
            caption: "What sessions do, whom they wait for, and whom those wait for in turn; repeat with seed "
                + "\(explanation.seed)", columns: [.number("sessions"), .text("process"), .text("chain")])
        for chain in explanation.run.chains.filter({ $0.sessions >= 0.005 }).prefix(15) {
            table.append([
                HumanText.digits(chain.sessions), chain.name, chain.links.joined(separator: " \u{2190} "),
            ])
        }
        return table
    }

    private func observerTable(_ comparison: ObserverComparison) -> HTMLPage.Table {
        var table = HTMLPage.Table(
            caption: "The same repeat's client backends by several observers: sessions",
            columns: [
                .text("observer"), .number("looks"), .number("active"), .number("most at once"), .text("top event"),
                .number("share"),
            ])
        for view in comparison.views {
            table.append([
                view.observer, ObserverText.looks(of: view),
                HumanText.digits(view.meanActive), HumanText.digits(view.peakActive), view.top?.event ?? HumanText.none,
                HumanText.percent(view.top?.share),
            ])
        }
        return table
    }
}
