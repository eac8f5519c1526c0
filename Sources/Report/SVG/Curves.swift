import Statistics

/// Curves over a common axis, each named at its end; a curve may have an interval around each point.
struct Curves {
    struct Curve {
        var name: String
        var ink: Ink
        var dash = Dash.solid
        var points: [(x: Double, y: Double)]
        /// The points before which the line is interrupted, because nothing was measured between them and the last.
        var breaks: Set<Int> = []
        /// One a point, or none at all.
        var intervals: [ConfidenceInterval?] = []
        /// Points that were measured are marked; the rest of a curve is a line to guide the eye.
        var marksPoints = false
    }

    enum Dash: String { case solid, dashed, dotted }

    struct Axis {
        var kind = Scale.Kind.linear
        var unit: String
        var label: (Double) -> String
        var ticks: [Double]?
        /// Where the axis begins and ends; nil: as the points do.
        var low: Double?
        var high: Double?
    }

    var curves: [Curve]
    var x: Axis
    var y: Axis

    func picture(_ title: String, width: Double, height: Double) -> Picture {
        let xs = curves.flatMap { $0.points.map(\.x) }
        let ys = curves.flatMap { $0.points.map(\.y) + $0.intervals.compactMap { $0?.high } }
        let lowest = curves.flatMap { $0.points.map(\.y) + $0.intervals.compactMap { $0?.low } }.filter { $0 > 0 }.min()
        let low = y.low ?? (y.kind == .linear ? 0 : lowest ?? 1)
        let high = y.kind == .linear ? Scale.roundEnd((ys.max() ?? 1) * 1.02) : ys.max() ?? 10
        let named = curves.count > 1
        let plot = Plot(
            width: width, height: height, margins: Plot.Margins(top: named ? 24 + 16 * rows(width) : 24),
            x: (x.kind, x.low ?? xs.min() ?? 0, x.high ?? xs.max() ?? 1), y: (y.kind, low, high))
        return Picture(title, width: width, height: height) { markup in
            plot.drawY(&markup, unit: y.unit, label: y.label)
            plot.drawX(&markup, unit: x.unit, ticks: x.ticks ?? plot.x.ticks(), label: x.label)
            for curve in curves { draw(curve, &markup, plot) }
            if named { drawKey(&markup, plot) }
        }
    }

    private func draw(_ curve: Curve, _ markup: inout Markup, _ plot: Plot) {
        guard !curve.points.isEmpty else { return }
        drawIntervals(curve, &markup, plot)
        let path = line(curve, plot)
        markup.element("g") { group in
            group.element("title", text: curve.name)
            group.element("path", ["class": "line \(curve.dash.rawValue) \(curve.ink.stroke)", "d": path])
        }
        guard curve.marksPoints else { return }
        for point in curve.points {
            markup.element("g") { group in
                group.element("title", text: "\(curve.name) at \(x.label(point.x)): \(y.label(point.y))")
                group.element(
                    "circle",
                    [
                        "class": curve.ink.fill, "r": "3.2", "cx": px(plot.x.position(point.x)),
                        "cy": px(plot.y.position(point.y)),
                    ])
            }
        }
    }

    /// The points in order; one between two breaks is a dot, which takes a line of no length and round ends.
    private func line(_ curve: Curve, _ plot: Plot) -> String {
        curve.points.enumerated().map { index, point in
            let begins = index == 0 || curve.breaks.contains(index)
            let ends = index + 1 == curve.points.count || curve.breaks.contains(index + 1)
            return (begins ? "M" : "L") + plot.point(point.x, point.y) + (begins && ends ? "h0" : "")
        }.joined()
    }

    private func drawIntervals(_ curve: Curve, _ markup: inout Markup, _ plot: Plot) {
        let known = zip(curve.points, curve.intervals).compactMap { point, interval in interval.map { (point.x, $0) } }
        guard known.count > 1 else { return }
        let there = known.map { plot.point($0.0, $0.1.high) }
        let back = known.reversed().map { plot.point($0.0, $0.1.low) }
        markup.element(
            "path", ["class": "faint \(curve.ink.fill)", "d": "M" + (there + back).joined(separator: "L") + "Z"])
    }

    // MARK: The key

    private func entryWidth(_ curve: Curve) -> Double { 34 + Plot.width(of: curve.name) }

    private func rows(_ width: Double) -> Double { Double(placeKey(width).map(\.row).max() ?? 0) + 1 }

    private func placeKey(_ width: Double) -> [(left: Double, row: Int)] {
        var left = 52.0
        var row = 0
        return curves.map { curve in
            if left + entryWidth(curve) > width, left > 52 { (left, row) = (52, row + 1) }
            defer { left += entryWidth(curve) }
            return (left, row)
        }
    }

    private func drawKey(_ markup: inout Markup, _ plot: Plot) {
        for (curve, place) in zip(curves, placeKey(plot.size.width)) {
            let y = 12 + 16 * Double(place.row)
            markup.element(
                "path",
                ["class": "line \(curve.dash.rawValue) \(curve.ink.stroke)", "d": "M\(px(place.left)),\(px(y - 4))h22"])
            markup.element("text", ["class": "strong", "x": px(place.left + 27), "y": px(y)], text: curve.name)
        }
    }
}
