import Statistics

/// Horizontal bars on both sides of zero, each with its interval.
struct IntervalBars {
    struct Row {
        var label: String
        var value: Double
        var interval: ConfidenceInterval?
        var text: String
        var ink: Ink
    }

    var rows: [Row]
    var unit: String
    /// What the picture spans at least, so that differences which are shown as 0.00 do not look large.
    var leastSpan = 0.0

    private static let rowHeight = 40.0

    func picture(_ title: String, width: Double) -> Picture {
        let ends: [Double] = rows.flatMap { row in [row.value, row.interval?.low ?? 0, row.interval?.high ?? 0] }
        var (low, high) = (min(ends.min() ?? 0, 0), max(ends.max() ?? 0, 0))
        if high - low < leastSpan { (low, high) = (min(low, -leastSpan / 2), max(high, leastSpan / 2)) }
        let margin = (high - low) * 0.03
        let scale = Scale(.linear, low - margin, high + margin, from: 4, to: width - 4)
        let height = Self.rowHeight * Double(rows.count) + 40
        return Picture(title, width: width, height: height) { markup in
            for (index, row) in rows.enumerated() {
                draw(row, top: Double(index) * Self.rowHeight, scale, width, &markup)
            }
            drawAxis(scale, top: Self.rowHeight * Double(rows.count), width, &markup)
        }
    }

    private func draw(_ row: Row, top: Double, _ scale: Scale, _ width: Double, _ markup: inout Markup) {
        markup.element("text", ["class": "strong", "x": "0", "y": px(top + 13)], text: row.label)
        markup.element("text", ["class": "end", "x": px(width), "y": px(top + 13)], text: row.text)
        let (zero, end) = (scale.position(0), scale.position(row.value))
        markup.element("g") { group in
            group.element("title", text: "\(row.label): \(row.text)")
            group.element(
                "rect",
                [
                    "class": row.ink.fill, "x": px(min(zero, end)), "y": px(top + 18),
                    "width": px(max(abs(end - zero), 0.5)), "height": "14",
                ])
        }
        guard let interval = row.interval else { return }
        let (left, right) = (scale.position(interval.low), scale.position(interval.high))
        markup.element(
            "path",
            [
                "class": "axis",
                "d": "M\(px(left)) \(px(top + 21))v8m0 -4H\(px(right))m0 -4v8",
            ])
    }

    private func drawAxis(_ scale: Scale, top: Double, _ width: Double, _ markup: inout Markup) {
        let zero = scale.position(0)
        markup.element("line", ["class": "axis", "x1": px(zero), "x2": px(zero), "y1": "16", "y2": px(top)])
        var free = -Double.infinity
        for tick in scale.ticks(6) {
            let text = AxisText.number(tick)
            let half = Plot.width(of: text) / 2
            let place = scale.position(tick)
            guard place - half >= max(free, 0), place + half <= width else { continue }
            free = place + half + 6
            markup.element("text", ["class": "middle", "x": px(place), "y": px(top + 14)], text: text)
        }
        markup.element("text", ["class": "middle", "x": px(width / 2), "y": px(top + 32)], text: unit)
    }
}
