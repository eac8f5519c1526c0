import Experiments

extension Page {
    /// The scenario's thresholds, each met or missed.
    func verdicts() -> [Line] {
        let verdicts = view.result.verdicts
        guard !verdicts.isEmpty else { return [] }
        var table = TextTable([.left(""), .left(""), .right("")])
        for verdict in verdicts {
            let style: Style = verdict.met ? .good : .bad
            table.append([
                .text(verdict.met ? glyphs.met : glyphs.missed, style),
                .text("\(verdict.threshold.metric) \(verdict.threshold.text)"), .text(mean(verdict), style),
            ])
        }
        return [heading("Thresholds", "mean over repeats")] + table.lines(width: width, glyphs: glyphs)
    }

    private func mean(_ verdict: ThresholdVerdict) -> String {
        guard let mean = verdict.mean else { return "no value" }
        return Metric.named(verdict.threshold.metric)?.unit == .microseconds
            ? HumanText.duration(mean) : HumanText.digits(mean)
    }

    /// What a reader should know before trusting the figures.
    func warnings() -> [Line] {
        view.result.warnings.flatMap { warning in
            wrapped("warning: \(warning)", width: width, style: .warning)
        }
    }
}
