import Experiments

extension RunSections {
    /// The phases side by side.
    func phases() -> [Line] {
        guard !view.phases.isEmpty else { return [] }
        var table = TextTable([
            .left("phase"), .right("span"), .right("tps"), .right("p50"), .right("p99"), .right("max"),
            .right("c/flush"), .right("WALWrite"), .right("gap"),
        ])
        for phase in view.phases {
            let value = phase.span.value
            let gap: Style = phase.gapIsLong ? .bad : .plain
            table.append([
                .text(phase.span.name, .strong), .text(HumanText.duration(phase.span.seconds * 1e6)),
                .text(phase.span.estimate("tps").mean.map(HumanText.digits) ?? HumanText.none),
                .text(HumanText.duration(value("latency_p50"))), .text(HumanText.duration(value("latency_p99"))),
                .text(HumanText.duration(value("latency_max"))),
                .text(value("txns_per_flush").map(HumanText.digits) ?? HumanText.none),
                .text(HumanText.digits(phase.behindWALWrite)),
                .text(HumanText.duration(phase.gap) + (phase.gapIsLong ? " !" : ""), gap),
            ])
        }
        return [.heading("Phases", "WALWrite: sessions queued for that lock; gap: longest without a commit")]
            + table.lines(fitting: width, glyphs: glyphs)
    }
}
