import Experiments
import Foundation

/// Response curves and maps.
extension SweepPage {
    private static let size = (width: 450.0, height: 320.0)

    func responseFigure(_ metric: ShownMetric) -> HTMLPage.Figure {
        HTMLPage.Figure(
            title: "\(metric.title) by \(result.axes[along].title)",
            caption: """
                Points are means over repeats, the shade around a curve is their 95 % interval: where shades overlap, \
                chance may explain a difference. Lines between points only guide the eye.
                """, picture: response(of: metric, width: Self.size.width, height: Self.size.height).inline())
    }

    func response(of metric: ShownMetric, width: Double, height: Double) -> Picture {
        let axis = SweepScale(result.axes[along])
        let unit =
            metric.name.hasPrefix("latency")
            ? TimeUnit(largest: result.points.compactMap { $0.estimate(metric.name).mean }.max() ?? 0) : nil
        let inks: [Ink] = [
            Ink(.io), Ink(.lwlock), Ink(.cpu), Ink(.timeout), Ink(.ipc), Ink(.bufferpin), Ink(.lock), Ink(.client),
        ]
        let dashes: [Curves.Dash] = [.solid, .dashed, .dotted]
        let drawn = curves.prefix(Self.curveLimit).enumerated().map { index, curve in
            let points = curve.points.compactMap { point -> (point: (Double, Double), interval: Estimate)? in
                let estimate = point.estimate(metric.name)
                return estimate.mean.map { ((axis.position(point.values[along]), $0), estimate) }
            }
            return Curves.Curve(
                name: curve.name, ink: inks[index % inks.count], dash: dashes[index % dashes.count],
                points: points.map(\.point), intervals: points.map(\.interval.ci95), marksPoints: true)
        }
        let figure = Curves(
            curves: drawn,
            x: Curves.Axis(
                kind: axis.kind, unit: result.axes[along].title, label: axis.label, ticks: axis.positions.sorted(),
                low: axis.positions.min()),
            y: Curves.Axis(
                unit: (unit?.name ?? metric.unit).map { "\(metric.title) (\($0))" } ?? metric.title,
                label: { unit?.label($0) ?? AxisText.number($0) }))
        return figure.picture("\(metric.title) by \(result.axes[along].title)", width: width, height: height)
    }

    func mapFigure(_ metric: ShownMetric) -> HTMLPage.Figure {
        let (columns, rows) = (result.axes[along], result.axes[1 - along])
        var values = rows.values.map { _ in [Double?](repeating: nil, count: columns.values.count) }
        for point in result.points {
            guard let row = rows.values.firstIndex(of: point.values[1 - along]),
                let column = columns.values.firstIndex(of: point.values[along])
            else { continue }
            values[row][column] = point.estimate(metric.name).mean
        }
        let cells = values.indices.flatMap { row in values[row].indices.map { (row: row, column: $0) } }
            .filter { values[$0.row][$0.column] != nil }
        let best = cells.max { a, b in
            let (a, b) = (values[a.row][a.column]!, values[b.row][b.column]!)
            return metric.isGain ? a < b : a > b
        }
        let map = HeatMap(
            columns: columns.values, rows: rows.values, columnName: columns.title, rowName: rows.title,
            values: values, label: { metric.name == "tps" ? HumanText.rate($0) : metric.text($0) }, best: best)
        return HTMLPage.Figure(
            title: metric.title + (metric.unit.map { " (\($0))" } ?? ""),
            caption: """
                Means over repeats: the stronger a cell's colour, the higher its value. The best one is framed; \
                cells without a colour were excluded or have no value.
                """, picture: map.picture(metric.title, width: Self.size.width).inline())
    }
}

/// Where an axis's values stand: numbers by their value, other values side by side.
struct SweepScale {
    let kind: Scale.Kind
    let positions: [Double]
    private let values: [String]

    init(_ axis: SweepAxis) {
        values = axis.values
        let numbers = Self.numbers(axis.values)
        let ordered = numbers ?? axis.values.indices.map(Double.init)
        positions = ordered
        let (low, high) = (ordered.min() ?? 0, ordered.max() ?? 0)
        // Values such as 1, 2, 4 ... 256 would crowd on the left.
        kind = numbers != nil && low > 0 && high / low >= 20 ? .logarithmic : .linear
    }

    /// The numbers before the values' unit; nil if they are not all numbers of one unit.
    private static func numbers(_ values: [String]) -> [Double]? {
        let parts = values.map { value -> (number: Double?, unit: Substring) in
            let unit = value.drop { $0.isNumber || $0 == "." || $0 == "-" }
            return (Double(value.dropLast(unit.count)), unit)
        }
        guard Set(parts.map(\.unit)).count == 1 else { return nil }
        let numbers = parts.compactMap(\.number)
        return numbers.count == values.count ? numbers : nil
    }

    func position(_ value: String) -> Double { values.firstIndex(of: value).map { positions[$0] } ?? 0 }

    func label(_ position: Double) -> String { positions.firstIndex(of: position).map { values[$0] } ?? "" }
}
