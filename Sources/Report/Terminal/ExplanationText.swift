import Experiments
import SimTime
import WaitEvents

/// An explanation as a person reads it.
public enum ExplanationText {
    /// The text, ending in a line feed.
    public static func text(of explanation: Explanation, on capabilities: TerminalCapabilities) -> String {
        let sections = [
            chains(explanation.run, explanation.seed), slowest(explanation.run),
            explanation.profile.map(profile) ?? [], observers(explanation.observers),
        ]
        return sections.filter { !$0.isEmpty }
            .map { section in section.flatMap { $0.lines(capabilities) }.joined() }.joined(separator: "\n")
    }

    /// A heading, a table or a remark.
    fileprivate enum Part {
        case line(Line)
        case table(TextTable)
        case remark(String)

        func lines(_ capabilities: TerminalCapabilities) -> [String] {
            let lines: [Line] =
                switch self {
                case .line(let line): line.folded(to: capabilities.width)
                case .table(let table): table.lines(width: capabilities.width, glyphs: capabilities.glyphs)
                case .remark(let text): wrapped(text, width: capabilities.width, style: .dim)
                }
            return lines.map { $0.painted(colour: capabilities.colour) + "\n" }
        }
    }

    private static func heading(_ text: String, _ remark: String) -> Part {
        .line(Line([Fragment(text, .heading), Fragment("  " + remark, .dim)]))
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
            .left("1 % less"), .right("throughput"), .left("95 % interval"), .right("p99"), .left("95 % interval"),
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
            .left("observer"), .right("looks"), .right("active"), .right("most"), .left("top event"), .right("share"),
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

/// Gains as text.
enum ElasticityText {
    /// Signed, as a loss may come out too.
    static func gain(_ estimate: Estimate) -> String { estimate.mean.map(signed) ?? HumanText.none }

    static func interval(_ estimate: Estimate) -> String {
        estimate.ci95.map { "\(signed($0.low)) .. \(signed($0.high))" } ?? ""
    }

    static func signed(_ fraction: Double) -> String {
        (fraction > 0 ? "+" : "") + HumanText.fixed(fraction, 2) + " %"
    }

    static func method(_ profile: CausalProfile) -> String {
        let percent = HumanText.fixed(profile.speedUp * 100, 0)
        let chance = profile.repeats > 1 ? "" : " With one repeat there are no intervals: use --repeats 5."
        return "Each cost made \(percent) % smaller, all else and all random numbers equal, and the gain divided by "
            + "\(percent); a gain of p99 is a shorter p99." + chance
            + (profile.interrupted ? " Interrupted: costs are missing." : "")
    }
}

/// What observers miss, in words.
enum ObserverText {
    static func looks(of view: ObserverComparison.View) -> String {
        view.looks.map { HumanText.grouped(Double($0)) } ?? "all"
    }

    /// A sentence an observer.
    static func remarks(_ comparison: ObserverComparison) -> [String] {
        comparison.views.dropFirst().map { view in
            let observer = view.observer.prefix(1).uppercased() + view.observer.dropFirst()
            return "\(observer) cannot show \(blindSpot(of: view, in: comparison))."
        } + [pgbench(comparison)].compactMap(\.self)
    }

    static func blindSpot(of view: ObserverComparison.View, in comparison: ObserverComparison) -> String {
        guard let exact = comparison.views.first, view.observer != exact.observer else { return "" }
        if view.looks == 0 { return "anything: the run was shorter than its interval" }
        var spots: [String] = []
        if view.peakActive < 0.8 * exact.peakActive {
            spots.append("a peak of \(HumanText.digits(exact.peakActive)) sessions")
        }
        if let missed = view.unseen.first {
            let others = view.unseen.count > 1 ? " and \(view.unseen.count - 1) more" : ""
            spots.append("\(missed.event) (\(HumanText.digits(missed.sessions)) sessions)\(others)")
        }
        return spots.isEmpty ? "how long single waits last and who blocks whom" : spots.joined(separator: "; ")
    }

    static func pgbench(_ comparison: ObserverComparison) -> String? {
        func duration(_ microseconds: Double?) -> String { HumanText.duration(microseconds) }
        return comparison.pgbench.map { mean in
            "pgbench prints \(HumanText.digits(mean.tps)) tps and a mean latency of \(duration(mean.latency)). "
                + "It does not show the p99 of \(duration(comparison.p99)), the slowest transaction of "
                + "\(duration(comparison.slowest)), or \(duration(comparison.longestGap)) without a commit."
        }
    }
}
