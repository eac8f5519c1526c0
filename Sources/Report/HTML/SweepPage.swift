import Experiments

/// The report of a sweep as a page: how metrics respond to what was varied.
public enum SweepReport {
    /// The file's text.
    ///
    /// - Precondition: the sweep has at least one point.
    public static func html(of result: SweepResult) -> String { SweepPage(result).page().html() }

    /// The throughput's response alone, as an SVG file.
    ///
    /// - Precondition: the sweep has at least one point.
    public static func svg(of result: SweepResult) -> String {
        SweepPage(result).response(of: .shown[0], width: 960, height: 420).file
    }
}

/// A metric as pages show it.
struct ShownMetric: Sendable {
    let name: String
    let title: String
    /// Whether more of it is better.
    let isGain: Bool
    /// What pictures write beside numbers that carry no unit of their own.
    var unit: String? { name == "tps" ? "tps" : nil }
    let text: @Sendable (Double) -> String

    static let shown = [
        ShownMetric(name: "tps", title: "Throughput", isGain: true) { HumanText.digits($0) + " tps" },
        ShownMetric(name: "latency_p99", title: "Latency, p99", isGain: false, text: HumanText.duration),
        ShownMetric(name: "latency_mean", title: "Latency, mean", isGain: false, text: HumanText.duration),
        ShownMetric(name: "txns_per_flush", title: "Commits per flush", isGain: true, text: HumanText.digits),
    ]
}

/// What every part of a sweep's page needs.
struct SweepPage {
    let result: SweepResult
    /// The axis along the pictures, the one with the most values.
    let along: Int
    /// The points of each curve, by the values of the other axes.
    let curves: [(name: String, points: [SweepPointResult])]

    /// More curves than this are not drawn: a picture that nobody can read helps nobody.
    static let curveLimit = 8

    init(_ result: SweepResult) {
        self.result = result
        let counts = result.axes.map(\.values.count)
        let along = counts.indices.max { counts[$0] < counts[$1] } ?? 0
        self.along = along
        var curves: [(name: String, points: [SweepPointResult])] = []
        for point in result.points {
            let others = result.axes.indices.filter { $0 != along }
            let name = others.map { "\(result.axes[$0].title) \(point.values[$0])" }.joined(separator: ", ")
            if let index = curves.firstIndex(where: { $0.name == name }) {
                curves[index].points.append(point)
            } else {
                curves.append((name, [point]))
            }
        }
        let scale = SweepScale(result.axes[along])
        self.curves = curves.map { curve in
            (curve.name, curve.points.sorted { scale.position($0.values[along]) < scale.position($1.values[along]) })
        }
    }

    func page() -> HTMLPage {
        let repeats = result.points.first?.repeats.count ?? 0
        let maps = result.axes.count == 2 ? ShownMetric.shown.prefix(2).map(mapFigure) : []
        let responses = curves.count <= Self.curveLimit ? ShownMetric.shown.map(responseFigure) : []
        return HTMLPage(
            kind: "Simulated PostgreSQL: sweep report", title: result.name,
            facts: "\(HumanText.count(result.points.count, "point")) \u{b7} \(HumanText.count(repeats, "repeat")) "
                + "each, with the same seeds at every point",
            findings: [finding()],
            warnings: result.points.count < result.pointCount
                ? ["these are \(result.points.count) of the sweep's \(result.pointCount) points"] : [],
            sections: [
                HTMLPage.Section(heading: "Response curves", figures: responses),
                HTMLPage.Section(heading: "Maps", figures: maps),
                HTMLPage.Section(heading: "All points", tables: [table()]),
            ],
            provenance: [
                HTMLPage.Fact(name: "scenario", value: result.name),
                HTMLPage.Fact(name: "hash of the sweep", value: result.hash),
                HTMLPage.Fact(name: "seeds", value: seeds),
            ]
                + result.axes.map {
                    HTMLPage.Fact(name: $0.path, value: $0.values.joined(separator: ", "))
                })
    }

    private var seeds: String {
        let seeds = result.points.first?.repeats.map(\.seed) ?? []
        guard let first = seeds.first, let last = seeds.last else { return HumanText.none }
        return first == last ? "\(first)" : "\(first) to \(last)"
    }

    /// Where throughput is highest, and how sure that is.
    private func finding() -> String {
        let known = result.points.compactMap { point in
            point.estimate("tps").mean.map { (point: point, tps: $0, interval: point.estimate("tps").ci95) }
        }
        guard let best = known.max(by: { $0.tps < $1.tps }), let worst = known.min(by: { $0.tps < $1.tps }) else {
            return "No point completed a transaction."
        }
        let latency = HumanText.duration(best.point.estimate("latency_p99").mean)
        let highest =
            "Throughput is highest at \(best.point.label): \(HumanText.digits(best.tps)) tps with a p99 latency of "
            + latency
        let lowest = "It is lowest at \(worst.point.label), \(HumanText.digits(worst.tps)) tps."
        guard let interval = best.interval else {
            return "\(highest). \(lowest) One repeat a point says nothing of chance."
        }
        let others = known.count {
            $0.point.index != best.point.index && ($0.interval?.high ?? $0.tps) >= interval.low
        }
        let certainty =
            switch others {
            case 0: "no other point's 95 % interval reaches it"
            case 1: "the 95 % interval of one other point overlaps its own"
            default: "the 95 % intervals of \(others) other points overlap its own"
            }
        return "\(highest); \(certainty). \(lowest)"
    }

    private func table() -> HTMLPage.Table {
        let metrics = ShownMetric.shown
        let shown = result.points.prefix(500)
        var table = HTMLPage.Table(
            caption: shown.count < result.points.count
                ? "The first 500 of \(result.points.count) points; the CSV file has all" : "Means over repeats",
            columns: result.placeTitles.map { .text($0) }
                + metrics.map { .number($0.title) } + [.number("95 % interval of throughput")])
        for point in shown {
            let interval =
                point.estimate("tps").ci95
                .map { "\(HumanText.digits($0.low)) .. \(HumanText.digits($0.high))" } ?? HumanText.none
            table.append(
                result.place(of: point)
                    + metrics.map { metric in point.estimate(metric.name).mean.map(metric.text) ?? HumanText.none }
                    + [interval])
        }
        return table
    }
}
