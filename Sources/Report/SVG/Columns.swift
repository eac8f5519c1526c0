/// Columns over classes of sizes or durations: shares of something, in one or more panels above a common axis.
struct Columns {
    struct Panel {
        var name: String
        var ink: Ink
        /// One share a class, 0...1.
        var shares: [Double]
        /// Said in the panel's corner.
        var remark = ""
    }

    var panels: [Panel]
    /// The bounds of the classes, one more than there are of them.
    var bounds: [String]
    /// What the classes measure.
    var unit: String
    /// What the shares are of.
    var shareOf: String
    /// True if a bound's label belongs below the middle of its class and not below its edge.
    var labelsAreCentred = false

    func picture(_ title: String, width: Double, height: Double) -> Picture {
        let top = Scale.roundEnd((panels.flatMap(\.shares).max() ?? 0) * 1.08, ticks: 4)
        let gap = 26.0
        let panelHeight = (height - 46 - gap * Double(panels.count)) / Double(max(panels.count, 1))
        return Picture(title, width: width, height: height) { markup in
            for (index, panel) in panels.enumerated() {
                let bottom = Double(index + 1) * (gap + panelHeight)
                let plot = Plot(
                    width: width, height: bottom + 40, margins: Plot.Margins(top: bottom - panelHeight),
                    x: (.linear, 0, Double(max(bounds.count - 1, 1))), y: (.linear, 0, top))
                plot.drawY(&markup, unit: index == 0 ? "share of \(shareOf)" : "", ticks: panels.count > 1 ? 3 : 5) {
                    HumanText.fixed($0 * 100, top < 0.05 ? 1 : 0) + " %"
                }
                draw(panel, &markup, plot)
                if index == panels.count - 1 { drawAxis(&markup, plot) } else { drawLine(&markup, plot) }
            }
        }
    }

    private func draw(_ panel: Panel, _ markup: inout Markup, _ plot: Plot) {
        for (index, share) in panel.shares.enumerated() where share > 0 {
            let left = plot.x.position(Double(index)) + 1
            let right = plot.x.position(Double(index + 1)) - 1
            // What is there must be seen.
            let top = min(plot.y.position(share), plot.y.start - 1)
            let place: KeyValuePairs = [
                "class": "\(panel.ink.fill)", "x": px(left), "y": px(top), "width": px(max(right - left, 1)),
                "height": px(plot.y.start - top),
            ]
            markup.element("g") { group in
                group.element("title", text: "\(range(index)): \(HumanText.percent(share)) of \(shareOf)")
                group.element("rect", place)
                guard let texture = panel.ink.texture else { return }
                group.element(
                    "rect",
                    [
                        "fill": "url(#\(texture))", "x": px(left), "y": px(top), "width": px(max(right - left, 1)),
                        "height": px(plot.y.start - top),
                    ])
            }
        }
        markup.element(
            "text", ["class": "strong end halo", "x": px(plot.x.end), "y": px(plot.y.end + 2)], text: panel.name)
        markup.element(
            "text", ["class": "end halo", "x": px(plot.x.end), "y": px(plot.y.end + 18)], text: panel.remark)
    }

    private func range(_ index: Int) -> String {
        labelsAreCentred ? bounds[index] : "\(bounds[index]) to \(bounds[index + 1])"
    }

    private func drawLine(_ markup: inout Markup, _ plot: Plot) {
        markup.element(
            "line",
            [
                "class": "axis", "x1": px(plot.x.start), "x2": px(plot.x.end), "y1": px(plot.y.start),
                "y2": px(plot.y.start),
            ])
    }

    private func drawAxis(_ markup: inout Markup, _ plot: Plot) {
        let shift = labelsAreCentred ? 0.5 : 0
        let count = labelsAreCentred ? bounds.count - 1 : bounds.count
        plot.drawX(&markup, unit: unit, ticks: (0..<count).map { Double($0) + shift }) { bounds[Int($0)] }
    }
}
