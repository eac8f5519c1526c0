/// A rectangle with two axes, into which curves and columns are drawn.
struct Plot {
    let x: Scale
    let y: Scale
    let size: (width: Double, height: Double)

    /// Room for axis labels on each side.
    struct Margins {
        var left = 52.0
        var right = 14.0
        var top = 14.0
        var bottom = 40.0
    }

    init(
        width: Double, height: Double, margins: Margins = Margins(), x: (kind: Scale.Kind, low: Double, high: Double),
        y: (kind: Scale.Kind, low: Double, high: Double)
    ) {
        size = (width, height)
        self.x = Scale(x.kind, x.low, x.high, from: margins.left, to: width - margins.right)
        self.y = Scale(y.kind, y.low, y.high, from: height - margins.bottom, to: margins.top)
    }

    /// A value pair's place, as paths write it.
    func point(_ x: Double, _ y: Double) -> String { "\(px(self.x.position(x))),\(px(self.y.position(y)))" }

    /// Grid lines and labels of the vertical axis, and what it measures above it.
    func drawY(_ markup: inout Markup, unit: String, ticks count: Int = 5, label: (Double) -> String) {
        for tick in y.ticks(count) {
            let place = px(y.position(tick))
            markup.element(
                "line", ["class": "grid", "x1": px(x.start), "x2": px(x.end), "y1": place, "y2": place])
            markup.element(
                "text", ["class": "end", "x": px(x.start - 7), "y": px(y.position(tick) + 4)], text: label(tick))
        }
        markup.element("text", ["x": px(4), "y": px(y.end - 10)], text: unit)
    }

    /// The horizontal axis with its labels, and what it measures below it.
    func drawX(_ markup: inout Markup, unit: String, ticks: [Double], label: (Double) -> String) {
        markup.element(
            "line", ["class": "axis", "x1": px(x.start), "x2": px(x.end), "y1": px(y.start), "y2": px(y.start)])
        var free = -Double.infinity
        for tick in ticks where tick <= x.high * 1.0001 {
            let text = label(tick)
            let place = x.position(tick)
            let half = Plot.width(of: text) / 2
            // Labels that would touch the one before stay away.
            guard place - half >= free else { continue }
            free = place + half + 8
            markup.element(
                "line", ["class": "axis", "x1": px(place), "x2": px(place), "y1": px(y.start), "y2": px(y.start + 4)])
            let centre = min(place, size.width - half - 1)
            markup.element("text", ["class": "middle", "x": px(centre), "y": px(y.start + 17)], text: text)
        }
        markup.element(
            "text", ["class": "middle", "x": px((x.start + x.end) / 2), "y": px(y.start + 34)], text: unit)
    }

    /// About how wide a label is; fonts differ.
    static func width(of text: String) -> Double { Double(text.count) * 7.4 }
}

/// The unit in which an axis shows times, one for all of its labels.
struct TimeUnit {
    let name: String
    let microseconds: Double

    /// The largest unit of which `largest` has at least one.
    init(largest microseconds: Double) {
        switch microseconds {
        case ..<1: (name, self.microseconds) = ("ns", 1e-3)
        case ..<1e3: (name, self.microseconds) = ("us", 1)
        case ..<1e6: (name, self.microseconds) = ("ms", 1e3)
        default: (name, self.microseconds) = ("s", 1e6)
        }
    }

    func label(_ microseconds: Double) -> String { AxisText.number(microseconds / self.microseconds) }
}

/// Numbers beside axes: no more digits than they need.
enum AxisText {
    static func number(_ value: Double) -> String {
        if abs(value) >= 10_000 { return HumanText.rate(value).replacing(".0", with: "") }
        if abs(value) >= 1_000 { return HumanText.grouped(value) }
        let text = HumanText.fixed(value, 3)
        guard text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }
        return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
    }

    /// A duration alone, such as a logarithmic axis's `2 ms`.
    static func duration(_ microseconds: Double) -> String {
        let unit = TimeUnit(largest: microseconds * 1.0001)
        return "\(unit.label(microseconds)) \(unit.name)"
    }
}
