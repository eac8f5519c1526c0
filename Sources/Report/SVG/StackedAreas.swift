/// Quantities over time, stacked: each interval's average is a step, as there is nothing between two averages.
struct StackedAreas {
    struct Layer {
        var name: String
        var ink: Ink
        /// One value an interval.
        var values: [Double]
        var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }
    }

    /// A level that the stack is compared with, such as the number of cores.
    struct Level {
        var value: Double
        var name: String
    }

    /// A span of time with a name of its own.
    struct Phase {
        var name: String
        /// Seconds.
        var start: Double
    }

    /// The bottom one first.
    var layers: [Layer]
    /// Seconds; the last interval may be shorter.
    var interval: Double
    var duration: Double
    var level: Level?
    var phases: [Phase] = []

    /// The greatest height of the stack.
    var highest: Double {
        let count = layers.map(\.values.count).max() ?? 0
        return (0..<count).map { index in layers.reduce(0) { $0 + ($1.values[safe: index] ?? 0) } }.max() ?? 0
    }

    /// The value axis's end: the level belongs to the picture unless that would flatten the stack.
    private var top: Double {
        guard let level, level.value <= 2.5 * max(highest, 0.5) else { return Scale.roundEnd(highest * 1.04) }
        return Scale.roundEnd(max(highest, level.value) * 1.04)
    }

    func picture(_ title: String, width: Double, height: Double) -> Picture {
        let names = Double(phases.isEmpty ? 24 : 40)
        let plot = Plot(
            width: width, height: height, margins: Plot.Margins(top: names), x: (.linear, 0, max(duration, 1e-9)),
            y: (.linear, 0, top))
        return Picture(title, width: width, height: height) { markup in
            plot.drawY(&markup, unit: "sessions", label: AxisText.number)
            drawLayers(&markup, plot)
            drawPhases(&markup, plot)
            drawLevel(&markup, plot)
            drawLabels(&markup, plot)
            let unit = TimeUnit(largest: duration * 1e6)
            plot.drawX(&markup, unit: "time (\(unit.name))", ticks: plot.x.ticks(width > 600 ? 10 : 5)) {
                unit.label($0 * 1e6)
            }
        }
    }

    private func drawLayers(_ markup: inout Markup, _ plot: Plot) {
        var below = [Double](repeating: 0, count: layers.map(\.values.count).max() ?? 0)
        for layer in layers {
            guard !below.isEmpty else { return }
            let above = below.indices.map { below[$0] + (layer.values[safe: $0] ?? 0) }
            let path = outline(below, above, plot)
            let mean = "\(layer.name): \(HumanText.digits(layer.mean)) sessions on average"
            markup.element("g") { group in
                group.element("title", text: mean)
                group.element("path", ["class": "\(layer.ink.fill) edge", "d": path])
                if let texture = layer.ink.texture {
                    group.element("path", ["fill": "url(#\(texture))", "d": path])
                }
            }
            below = above
        }
    }

    /// Along the tops to the right, and along the bottoms back. Steps that hardly differ are one.
    private func outline(_ below: [Double], _ above: [Double], _ plot: Plot) -> String {
        func x(_ index: Int) -> String { px(plot.x.position(min(Double(index) * interval, duration))) }
        var path = "M\(x(0)) \(px(plot.y.position(above[0])))"
        var last = ""
        for index in above.indices {
            let height = px(plot.y.position(above[index]))
            if height != last, index > 0 { path += "H\(x(index))V\(height)" }
            last = height
        }
        path += "H\(x(above.count))"
        last = ""
        for index in below.indices.reversed() {
            let height = px(plot.y.position(below[index]))
            if height != last { path += (last.isEmpty ? "" : "H\(x(index + 1))") + "V\(height)" }
            last = height
        }
        return path + "H\(x(0))Z"
    }

    private func drawPhases(_ markup: inout Markup, _ plot: Plot) {
        var free = -Double.infinity
        for (index, phase) in phases.enumerated() {
            let place = plot.x.position(phase.start)
            if index > 0 {
                markup.element(
                    "line",
                    [
                        "class": "axis phase", "x1": px(place), "x2": px(place), "y1": px(plot.y.end - 10),
                        "y2": px(plot.y.start),
                    ])
            }
            let start = max(place + 4, free)
            // Names are bold.
            let width = Plot.width(of: phase.name) * 1.1
            guard start + width <= plot.size.width else { continue }
            free = start + width + 10
            markup.element("text", ["class": "strong", "x": px(start), "y": px(plot.y.end - 18)], text: phase.name)
        }
    }

    private func drawLevel(_ markup: inout Markup, _ plot: Plot) {
        guard let level else { return }
        guard level.value <= top else {
            markup.element(
                "text", ["class": "end halo", "x": px(plot.x.end), "y": px(plot.y.end + 12)],
                text: "\(level.name), above this picture")
            return
        }
        let place = plot.y.position(level.value)
        markup.element(
            "line", ["class": "cores", "x1": px(plot.x.start), "x2": px(plot.x.end), "y1": px(place), "y2": px(place)])
        markup.element(
            "text", ["class": "strong end halo", "x": px(plot.x.end - 2), "y": px(place - 5)], text: level.name)
    }

    /// Each layer's name where it is thick, if there is room for it beside the others'.
    private func drawLabels(_ markup: inout Markup, _ plot: Plot) {
        var below = [Double](repeating: 0, count: layers.map(\.values.count).max() ?? 0)
        var taken: [Label] = []
        for layer in layers {
            let label = places(of: layer, above: below, plot).first { place in !taken.contains { $0.overlaps(place) } }
            for index in below.indices { below[index] += layer.values[safe: index] ?? 0 }
            guard let label else { continue }
            taken.append(label)
            markup.element(
                "text", ["class": "strong middle halo", "x": px(label.middle), "y": px(label.line)], text: layer.name)
        }
    }

    /// Where a layer's name may stand: in the middle of where it is thick, or higher or lower there; empty if it is
    /// thinner than a line of text.
    private func places(of layer: Layer, above below: [Double], _ plot: Plot) -> [Label] {
        guard let run = layer.thickestRun else { return [] }
        let index = (run.lowerBound + run.upperBound) / 2
        let bottom = plot.y.position(below[index]), top = plot.y.position(below[index] + layer.values[index])
        guard bottom - top >= 17 else { return [] }
        let half = Plot.width(of: layer.name) / 2 + 6
        let middle = plot.x.position((Double(run.lowerBound) + Double(run.upperBound)) / 2 * interval)
        let place = min(max(middle, plot.x.start + half), plot.x.end - half)
        let heights = bottom - top >= 50 ? [0.5, 0.75, 0.25] : [0.5]
        return heights.map { Label(middle: place, half: half, line: bottom + (top - bottom) * $0 + 4) }
    }

    /// The place of a layer's name.
    private struct Label {
        var middle: Double
        /// Half of its width.
        var half: Double
        /// The line that its letters stand on.
        var line: Double

        func overlaps(_ other: Label) -> Bool {
            abs(middle - other.middle) < half + other.half && abs(line - other.line) < 16
        }
    }
}

extension StackedAreas.Layer {
    /// The longest stretch in which the layer is at least half as thick as anywhere.
    fileprivate var thickestRun: Range<Int>? {
        guard let most = values.max(), most > 0 else { return nil }
        var longest: Range<Int>?
        var start = 0
        for index in 0...values.count where index == values.count || values[index] < most / 2 {
            if index - start > longest?.count ?? 0 { longest = start..<index }
            start = index + 1
        }
        return longest
    }
}

extension Array {
    /// The element, or nil where there is none.
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
