import Experiments

/// The answer of a search as a person reads it.
public enum TuneScreen {
    /// The text, ending in a line feed.
    public static func text(of result: TuneResult, on capabilities: TerminalCapabilities) -> String {
        let answer = TuneSections(result: result, width: capabilities.width, glyphs: capabilities.glyphs)
        return capabilities.painted(sections: [
            answer.title(), answer.verdict(), answer.configuration(), answer.candidates(), answer.clients(),
            answer.notes(),
        ])
    }
}

/// The sections of the answer.
private struct TuneSections {
    let result: TuneResult
    let width: Int
    let glyphs: Glyphs

    private var metric: Metric { result.objective.metric }
    private var challenger: TuneCandidate { result.candidates[result.challenger] }

    func title() -> [Line] {
        let goal = (result.objective.maximizes ? "maximize " : "minimize ") + metric.name
        let conditions = result.requirements.map(\.sentence)
        let subject = conditions.isEmpty ? "" : " subject to " + conditions.joined(separator: ", ")
        return [
            Line([Fragment(result.name, .strong), Fragment(glyphs.separator + goal + subject)]),
            Line(
                "\(result.simulations) simulations, warm-up \(HumanText.duration(result.warmup.used * 1e6))"
                    + (result.warmup.needed.map { " (MSER-5 asks for \(HumanText.duration($0 * 1e6)))" } ?? ""), .dim),
        ]
    }

    /// The verdict in a few sentences.
    func verdict() -> [Line] {
        wrapped(sentences.joined(separator: " "), width: width, style: result.verdict == .impossible ? .bad : .strong)
    }

    private var sentences: [String] {
        switch result.verdict {
        case .impossible: return ["No setting meets the requirements."] + result.shortfalls.map(shortfall)
        case .change:
            return [
                "Change it: \(challenger.label) gives \(change(result.gain)) \(metric.name).", price,
                "Selected \(result.guarantee).",
            ]
        case .leave:
            let selected = "Selected \(result.guarantee)."
            guard challenger.isFeasible else {
                return ["Leave it alone: every other setting breaks a requirement.", selected]
            }
            let share = result.indifference * 100
            let zone = HumanText.fixed(share, share == share.rounded() ? 0 : 2) + " %"
            let isEquivalent = result.equivalencePValue < 0.05
            let reason =
                isEquivalent
                ? "is equivalent within \(zone) (p = \(FigureText.pValue(result.equivalencePValue)))"
                : "gives \(change(result.gain))"
            return ["Leave it alone: \(challenger.label), the next best, \(reason).", selected]
        }
    }

    /// `latency_p99 <= 1us: at best 2.30 ms, as it is.`
    private func shortfall(_ shortfall: Shortfall) -> String {
        let name = shortfall.requirement.metric
        let unit = Metric.all.first { $0.name == name }?.unit.rawValue ?? ""
        let value = FigureText.value(shortfall.value, unit: unit, metric: name)
        let place = shortfall.label == result.candidates[0].label ? "" : "with "
        return "\(shortfall.requirement.sentence): at best \(value), \(place)\(shortfall.label)."
    }

    private var price: String {
        let p99 = challenger.p99.mean.map { HumanText.duration($0) } ?? HumanText.none
        let rises = (result.price.mean ?? 0) > 0
        return "\(rises ? "The price" : "With it"): p99 latency \(change(result.price)), to \(p99)."
    }

    /// `+5.9 % (+5.1 .. +6.7 %)`.
    private func change(_ change: RelativeChange) -> String {
        guard let mean = change.mean else { return "no known change" }
        let interval = FigureText.interval(change.ci95)
        return FigureText.change(mean) + (interval.isEmpty ? "" : " (\(interval))")
    }

    func configuration() -> [Line] {
        guard !result.configuration.isEmpty else { return [] }
        return [.heading("postgresql.conf")] + result.configuration.map { Line("  " + $0, .good) }
    }

    func candidates() -> [Line] {
        var table = TextTable([
            .left(""), .right(metric.name), .right("gain"), .left("95 % interval"), .right("p99"), .right("repeats"),
            .left(""),
        ])
        for (index, candidate) in result.candidates.enumerated() {
            let style: Style = index == result.best ? .strong : .plain
            let remark = !candidate.isFeasible ? glyphs.missed : index == result.best ? glyphs.met : ""
            let doubt = candidate.feasibility.isCertain ? "" : "?"
            table.append([
                .text(candidate.label, style),
                .text(
                    candidate.objective.mean.map {
                        FigureText.value($0, unit: metric.unit.rawValue, metric: metric.name)
                    } ?? HumanText.none),
                .text(index == 0 ? "" : FigureText.change(candidate.gain.mean ?? 0), style),
                .text(index == 0 ? "" : FigureText.interval(candidate.gain.ci95), .dim),
                .text(HumanText.duration(candidate.p99.mean)), .text(String(candidate.repeats), .dim),
                .text(remark + doubt, candidate.isFeasible ? .good : .bad),
            ])
        }
        var legend: [String] = []
        if result.candidates.contains(where: { !$0.isFeasible }) {
            legend.append("\(glyphs.missed): breaks a requirement")
        }
        if result.candidates.contains(where: { !$0.feasibility.isCertain }) { legend.append("?: too near to tell") }
        return [.heading("Settings", legend.joined(separator: ", "))]
            + table.lines(fitting: width, glyphs: glyphs)
    }

    func clients() -> [Line] {
        guard let clients = result.clients else { return halfSync() }
        var columns: [TextTable.Column] = [.right("clients"), .right("gain"), .left("95 % interval")]
        let rule = clients.rows.contains { $0.halfSync != nil }
        if rule { columns += [.right("half the sync"), .left("95 % interval")] }
        var table = TextTable(columns)
        for row in clients.rows {
            var cells = [TextTable.Cell.text(String(row.clients), row.clients == clients.present ? .strong : .plain)]
            for gain in [row.gain] + (rule ? [row.halfSync ?? .unknown] : []) {
                let isGood = (gain.mean ?? 0) >= result.indifference && gain.isCertain
                let isBad = (gain.mean ?? 0) <= -result.indifference && gain.isCertain
                cells += [
                    .text(gain.mean.map(FigureText.change) ?? HumanText.none, isGood ? .good : isBad ? .bad : .plain),
                    .text(FigureText.interval(gain.ci95), .dim),
                ]
            }
            table.append(cells)
        }
        return [.heading("With other numbers of clients", clients.label)] + table.lines(fitting: width, glyphs: glyphs)
            + wrapped(flip(clients), width: width) + halfSync()
    }

    private func flip(_ clients: ClientDependence) -> String {
        guard clients.everPays else { return "It pays with none of these numbers." }
        switch (clients.paysFrom, clients.paysUpTo) {
        case (let low?, let high?): return "It pays from about \(low) to about \(high) clients."
        case (let low?, nil): return "It pays from about \(low) clients on."
        case (nil, let high?): return "It pays up to about \(high) clients."
        case (nil, nil): return "It pays with all of these numbers."
        }
    }

    private func halfSync() -> [Line] {
        guard let rule = result.halfSync else { return [] }
        if rule.gain.isNone {
            let text = "Half the sync time, commit_delay = \(rule.microseconds)us, is what the scenario has."
            return wrapped(text, width: width)
        }
        let pays = (rule.gain.mean ?? 0) >= result.indifference
        let right = rule.isRight ? "right here" : pays ? "not the best here" : "wrong here"
        var text =
            "Half the sync time, commit_delay = \(rule.microseconds)us, is \(right): it gives \(change(rule.gain))."
        let rows = result.clients?.rows ?? []
        let list = { (rows: [ClientDependence.Row]) in
            let numbers = rows.map { String($0.clients) }
            return numbers.count < 2
                ? numbers.joined() : numbers.dropLast().joined(separator: ", ") + " and " + numbers.last!
        }
        let gains = rows.filter { ($0.halfSync?.mean ?? 0) >= result.indifference }
        let costs = rows.filter { ($0.halfSync?.mean ?? 0) <= -result.indifference }
        if !gains.isEmpty { text += " It pays with \(list(gains)) clients." }
        if !costs.isEmpty { text += " It costs with \(list(costs))." }
        return wrapped(text, width: width)
    }

    func notes() -> [Line] {
        result.warnings.flatMap { wrapped("warning: \($0)", width: width, style: .warning) }
    }
}

extension RelativeChange {
    /// Whether its sign is.
    fileprivate var isCertain: Bool { ci95.map { $0.low > 0 || $0.high < 0 } ?? false }

    /// Whether the same was compared with itself.
    fileprivate var isNone: Bool { mean == 0 && ci95.map { $0.low == 0 && $0.high == 0 } ?? true }
}
