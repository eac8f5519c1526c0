/// Two bars a row, before and after, each row on a scale of its own.
struct PairBars {
    struct Bar {
        var value: Double
        /// The ends of its interval; nil if there is none.
        var interval: (low: Double, high: Double)?
        var text: String
    }

    struct Row {
        var label: String
        var before: Bar
        var after: Bar
        var ink: Ink
    }

    var rows: [Row]

    private static let rowHeight = 62.0

    func picture(_ title: String, width: Double) -> Picture {
        Picture(title, width: width, height: Self.rowHeight * Double(rows.count) + 2) { markup in
            for (index, row) in rows.enumerated() { draw(row, top: Double(index) * Self.rowHeight, width, &markup) }
        }
    }

    private func draw(_ row: Row, top: Double, _ width: Double, _ markup: inout Markup) {
        markup.element("text", ["class": "strong", "x": "0", "y": px(top + 13)], text: row.label)
        let bars = [row.before, row.after]
        let greatest = bars.flatMap { [$0.value, $0.interval?.high ?? 0] }.max() ?? 0
        // The figures stand to the right of the bars.
        let room = width - (bars.map { Plot.width(of: $0.text) }.max() ?? 0) - 12
        let scale = Scale(.linear, 0, greatest > 0 ? greatest : 1, from: 0, to: max(room, 40))
        for (bar, (ink, y)) in zip(bars, [(Ink(.client, shade: 1), top + 19), (row.ink, top + 37)]) {
            draw(bar, ink, row.label, y: y, scale, &markup)
        }
    }

    private func draw(_ bar: Bar, _ ink: Ink, _ label: String, y: Double, _ scale: Scale, _ markup: inout Markup) {
        markup.element("g") { group in
            group.element("title", text: "\(label): \(bar.text)")
            group.element(
                "rect",
                [
                    "class": ink.fill, "x": "0", "y": px(y), "width": px(max(scale.position(bar.value), 0.5)),
                    "height": "14",
                ])
        }
        if let interval = bar.interval {
            let (left, right) = (scale.position(interval.low), scale.position(interval.high))
            markup.element("path", ["class": "axis", "d": "M\(px(left)) \(px(y + 3))v8m0 -4H\(px(right))m0 -4v8"])
        }
        markup.element("text", ["x": px(scale.end + 8), "y": px(y + 11)], text: bar.text)
    }
}
