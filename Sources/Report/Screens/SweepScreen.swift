import Experiments

/// A sweep as a person reads it: one line a point.
public enum SweepScreen {
    /// The text, ending in a line feed; `file` is where the rows went.
    public static func text(of result: SweepResult, file: String, on capabilities: TerminalCapabilities) -> String {
        guard let repeats = result.points.first?.repeats.count else {
            return nothing(in: result, file: file, on: capabilities)
        }
        var table = TextTable(
            result.placeTitles.map(TextTable.Column.left) + [
                .right("tps"), .left("95 % interval"), .right("latency"), .right("p99"), .right("c/flush"),
                .bar("", widest: 24),
            ])
        let best = result.points.compactMap { $0.estimate("tps").mean }.max() ?? 0
        for point in result.points {
            table.append(result.place(of: point).map { .text($0) } + cells(point, best: best))
        }
        var lines = [
            Line([
                Fragment(result.name, .strong),
                Fragment(
                    capabilities.glyphs.separator + HumanText.count(result.points.count, "point")
                        + (result.points.count < result.pointCount ? " of \(result.pointCount)" : "")
                        + capabilities.glyphs.separator + HumanText.count(repeats, "repeat")
                        + " each, with common seeds"),
            ])
        ]
        lines += table.lines(fitting: capabilities.width, glyphs: capabilities.glyphs)
        lines.append(Line("rows of every metric and repeat: \(file)", .dim))
        return capabilities.painted(lines)
    }

    /// Shards beyond the sweep's points have nothing to run.
    private static func nothing(
        in result: SweepResult, file: String, on capabilities: TerminalCapabilities
    ) -> String {
        let text =
            "\(result.name): no point of the sweep's \(result.pointCount) is in this shard; \(file) has the header "
            + "alone, and walsim merge takes it with the others."
        return capabilities.painted(wrapped(text, width: capabilities.width))
    }

    private static func cells(_ point: SweepPointResult, best: Double) -> [TextTable.Cell] {
        let tps = point.estimate("tps")
        let interval = tps.ci95.map { "\(HumanText.digits($0.low)) .. \(HumanText.digits($0.high))" } ?? ""
        return [
            .text(tps.mean.map(HumanText.digits) ?? HumanText.none, .strong), .text(interval, .dim),
            .text(HumanText.duration(point.estimate("latency_mean").mean)),
            .text(HumanText.duration(point.estimate("latency_p99").mean)),
            .text(point.estimate("txns_per_flush").mean.map(HumanText.digits) ?? HumanText.none),
            .bar(best > 0 ? (tps.mean ?? 0) / best : 0, .cpu),
        ]
    }
}
