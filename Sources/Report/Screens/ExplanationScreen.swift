import Experiments
import SimTime
import WaitEvents

/// An explanation as a person reads it.
public enum ExplanationScreen {
    /// The text, ending in a line feed.
    public static func text(of explanation: Explanation, on capabilities: TerminalCapabilities) -> String {
        let sections = [
            chains(explanation.run, explanation.seed), slowest(explanation.run),
            explanation.profile.map(profile) ?? [], observers(explanation.observers),
        ]
        return capabilities.painted(sections: sections.map { $0.flatMap { $0.lines(on: capabilities) } })
    }

    /// A heading, a table or a remark.
    private enum Part {
        case heading(Line)
        case table(TextTable)
        case remark(String)

        func lines(on capabilities: TerminalCapabilities) -> [Line] {
            switch self {
            case .heading(let line): line.folded(to: capabilities.width)
            case .table(let table): table.lines(fitting: capabilities.width, glyphs: capabilities.glyphs)
            case .remark(let text): wrapped(text, width: capabilities.width, style: .dim)
            }
        }
    }

    private static func heading(_ text: String, _ remark: String) -> Part {
        .heading(.heading(text, remark))
    }

    private static func chains(_ run: RunExplanation, _ seed: UInt64) -> [Part] {
        let shown = run.chains.filter { $0.sessions >= 0.005 }.prefix(12)
        guard let longest = shown.first?.sessions else { return [] }
        var table = TextTable([
            .right("sessions"), .bar("", widest: 16),
            .folded("what they do, and who they wait for", at: " <- "),
        ])
        for chain in shown {
            table.append([
                .text(HumanText.digits(chain.sessions), .strong), .bar(chain.sessions / longest, .lock),
                .text(
                    (chain.process == BackendType.clientBackend.name ? "" : chain.name + ": ")
                        + chain.links.joined(separator: " <- ")),
            ])
        }
        return [
            heading("Blocking chains", "each session and whom it waits for, to the end; seed \(seed)"),
            .table(table),
        ]
    }

    private static func slowest(_ run: RunExplanation) -> [Part] {
        guard let path = run.slowest else { return [] }
        var table = TextTable([
            .right("at"), .right("for"), .bar("", widest: 16), .left("the backend"),
            .folded("because", at: ", "),
        ])
        let least = path.length.seconds / 200
        var short = (count: 0, time: Nanoseconds.zero)
        for step in path.steps {
            guard step.length.seconds >= least else {
                short = (short.count + 1, short.time + step.length)
                continue
            }
            table.append([
                .text(HumanText.duration(step.at.microseconds)),
                .text(HumanText.duration(step.length.microseconds), .strong),
                .bar(step.length.seconds / path.length.seconds, .lock), .text(step.doing),
                .text(step.because.joined(separator: ", ")),
            ])
        }
        let length = HumanText.duration(path.length.microseconds)
        let began = HumanText.duration(path.began.microseconds)
        let rest =
            short.count > 0
            ? [
                Part.remark(
                    "\(short.count) shorter steps take \(HumanText.duration(short.time.microseconds)) together.")
            ] : []
        return [
            heading("The slowest commit", "\(path.process), \(length) on the server from \(began) on"), .table(table),
        ] + rest
    }

    private static func profile(_ profile: CausalProfile) -> [Part] {
        var table = TextTable([
            .folded("1 % less", at: " "), .right("throughput"), .left("95 % interval"), .right("p99"),
            .left("95 % interval"),
        ])
        for row in profile.rows {
            table.append([
                .text(row.cost), .text(ElasticityText.gain(row.throughput), .strong),
                .text(ElasticityText.interval(row.throughput), .dim),
                .text(ElasticityText.gain(row.latencyP99), .strong),
                .text(ElasticityText.interval(row.latencyP99), .dim),
            ])
        }
        return [
            heading("What each cost is worth", "per cent gained for each per cent less"), .table(table),
            .remark(ElasticityText.method(profile)),
        ]
    }

    private static func observers(_ comparison: ObserverComparison) -> [Part] {
        var table = TextTable([
            .folded("observer", at: " "), .right("looks"), .right("active"), .right("most"), .left("top event"),
            .right("share"),
        ])
        for view in comparison.views {
            table.append([
                .text(view.observer), .text(ObserverText.looks(of: view)),
                .text(HumanText.digits(view.meanActive)), .text(HumanText.digits(view.peakActive)),
                .text(view.top?.event ?? HumanText.none), .text(HumanText.percent(view.top?.share)),
            ])
        }
        return [heading("As others see it", "sessions of client backends, the same repeat"), .table(table)]
            + ObserverText.remarks(comparison).map { .remark($0) }
    }
}
