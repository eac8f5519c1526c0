import Experiments

extension RunSections {
    /// The scenario's thresholds, each met or missed.
    func verdicts() -> [Line] {
        let verdicts = view.result.verdicts
        guard !verdicts.isEmpty else { return [] }
        var table = TextTable([.left(""), .left(""), .right("")])
        for verdict in verdicts {
            let style: Style = verdict.met ? .good : .bad
            table.append([
                .text(verdict.met ? glyphs.met : glyphs.missed, style),
                .text("\(verdict.threshold.metric) \(verdict.threshold.text)"), .text(verdict.meanText, style),
            ])
        }
        return [.heading("Thresholds", "mean over repeats")] + table.lines(fitting: width, glyphs: glyphs)
    }

    /// What a reader should know before trusting the figures.
    func warnings() -> [Line] {
        view.result.warnings.flatMap { warning in
            wrapped("warning: \(warning)", width: width, style: .warning)
        }
    }
}

extension ThresholdVerdict {
    /// The mean as a person reads it, with its unit: `2.31 ms`, or `no value`.
    public var meanText: String {
        guard let mean else { return "no value" }
        return switch Metric.named(threshold.metric)?.unit {
        case .microseconds: HumanText.duration(mean)
        case .perSecond: HumanText.digits(mean) + " tps"
        case .bytes: HumanText.digits(mean) + " B"
        case .fraction: HumanText.percent(mean)
        case .count, nil: HumanText.digits(mean)
        }
    }
}
