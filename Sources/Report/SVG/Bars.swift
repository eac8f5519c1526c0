/// Horizontal bars made of parts, each bar with its label and its total.
struct Bars {
    struct Part {
        var name: String
        var ink: Ink
        var value: Double
    }

    struct Bar {
        var label: String
        var remark: String
        var parts: [Part]
        var total: Double { parts.reduce(0) { $0 + $1.value } }
    }

    var bars: [Bar]
    /// Says what a part is, from its value and its share of its bar.
    var describe: (Part, Double) -> String

    private static let rowHeight = 46.0

    func picture(_ title: String, width: Double) -> Picture {
        let longest = bars.map(\.total).max() ?? 1
        let height = Self.rowHeight * Double(max(bars.count, 1)) + 4
        return Picture(title, width: width, height: height) { markup in
            for (index, bar) in bars.enumerated() {
                draw(bar, top: Double(index) * Self.rowHeight, longest: max(longest, 1e-12), width: width, &markup)
            }
        }
    }

    private func draw(_ bar: Bar, top: Double, longest: Double, width: Double, _ markup: inout Markup) {
        markup.element("text", ["class": "strong", "x": "0", "y": px(top + 13)], text: bar.label)
        markup.element("text", ["class": "end", "x": px(width), "y": px(top + 13)], text: bar.remark)
        var left = 0.0
        for part in bar.parts where part.value > 0 {
            let length = part.value / longest * width
            draw(part, of: bar, left: left, top: top + 19, length: length, &markup)
            left += length
        }
    }

    private func draw(_ part: Part, of bar: Bar, left: Double, top: Double, length: Double, _ markup: inout Markup) {
        let text = describe(part, bar.total > 0 ? part.value / bar.total : 0)
        markup.element("g") { group in
            group.element("title", text: text)
            let fills =
                [("class", "\(part.ink.fill) edge")] + (part.ink.texture.map { [("fill", "url(#\($0))")] } ?? [])
            for fill in fills {
                group.element(
                    "rect",
                    [
                        fill.0: fill.1, "x": px(left), "y": px(top), "width": px(max(length, 0.5)), "height": "20",
                    ])
            }
            guard Plot.width(of: text) + 10 <= length else { return }
            group.element("text", ["class": "strong halo", "x": px(left + 6), "y": px(top + 14)], text: text)
        }
    }
}
