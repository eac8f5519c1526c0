import Experiments

extension RunSections {
    /// The figures that people quote, with their intervals over repeats.
    func headline() -> [Line] {
        let repeats = view.result.repeats.count
        var table = TextTable([.left(""), .right(""), .left(repeats > 1 ? "95 % interval" : "")])
        append("Throughput", "tps", to: &table) { HumanText.digits($0) + " tps" }
        append("Latency, mean", "latency_mean", to: &table, HumanText.duration)
        append("Latency, p99", "latency_p99", to: &table, HumanText.duration)
        append("Commits per flush", "txns_per_flush", to: &table, HumanText.digits)
        append("WAL per commit", "wal_bytes_per_txn", to: &table) { HumanText.digits($0) + " B" }
        append("CPU in use", "cpu_utilization", to: &table) { HumanText.percent($0) }
        let gap = view.whole.gap
        let style: Style = view.whole.gapIsLong ? .bad : .plain
        let remark = view.whole.gapIsLong ? "far longer than a commit takes" : repeats > 1 ? "worst repeat" : ""
        table.append([
            .text("Longest commit gap", style), .text(HumanText.duration(gap), style),
            .text(remark, view.whole.gapIsLong ? .bad : .dim),
        ])
        let remarkOnRepeats = repeats > 1 ? "means of \(repeats) repeats" : "one repeat, so no intervals"
        return [.heading("Headline", remarkOnRepeats)] + table.lines(fitting: width, glyphs: glyphs)
    }

    private func append(
        _ label: String, _ metric: String, to table: inout TextTable, _ text: (Double) -> String
    ) {
        let estimate = view.whole.span.estimate(metric)
        let interval = estimate.ci95.map { interval in
            metric.hasPrefix("latency")
                ? HumanText.durations(interval.low, interval.high)
                : "\(bare(text(interval.low))) .. \(text(interval.high))"
        }
        table.append([
            .text(label), .text(estimate.mean.map(text) ?? HumanText.none, .strong), .text(interval ?? "", .dim),
        ])
    }

    /// The number without its unit.
    private func bare(_ text: String) -> String { String(text.prefix { $0 != " " }) }
}
