/// A table of cells, each as dark as its value is high, with the value written in it where there is room.
struct HeatMap {
    /// Labels from left to right and from bottom to top.
    var columns: [String]
    var rows: [String]
    var columnName: String
    var rowName: String
    /// By row, then column; nil where there is no point.
    var values: [[Double?]]
    var label: (Double) -> String
    /// The cell to frame.
    var best: (row: Int, column: Int)?

    func picture(_ title: String, width: Double) -> Picture {
        let left = min(110, 18 + (rows.map(Plot.width(of:)).max() ?? 0))
        let cell = (width: (width - left - 6) / Double(max(columns.count, 1)), height: 30.0)
        let height = Double(rows.count) * cell.height + 66
        let known = values.joined().compactMap(\.self)
        let (low, high) = (known.min() ?? 0, known.max() ?? 1)
        return Picture(title, width: width, height: height) { markup in
            markup.element("text", ["x": "4", "y": "13"], text: rowName)
            for (index, name) in rows.enumerated() {
                let y = 22 + Double(rows.count - 1 - index) * cell.height
                markup.element("text", ["class": "end", "x": px(left - 7), "y": px(y + 19)], text: name)
                for (column, value) in values[index].enumerated() {
                    guard let value else { continue }
                    let share = high > low ? (value - low) / (high - low) : 1
                    let text = "\(columnName) \(columns[column]), \(rowName) \(name): \(label(value))"
                    Cell(
                        title: text, label: label(value), share: share,
                        isBest: best.map { $0 == (index, column) } ?? false, x: left + Double(column) * cell.width,
                        y: y, width: cell.width, height: cell.height
                    ).draw(&markup)
                }
            }
            drawColumns(&markup, left: left, y: 22 + Double(rows.count) * cell.height, cell.width, width)
        }
    }

    private struct Cell {
        var title: String
        var label: String
        /// Where its value lies between the least (0) and the greatest (1).
        var share: Double
        var isBest: Bool
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        func draw(_ markup: inout Markup) {
            markup.element("g") { group in
                group.element("title", text: title)
                group.element(
                    "rect",
                    [
                        "class": "\(Ink(.io).fill)\(isBest ? " best" : "")",
                        // The lightest is still to be told from paper.
                        "fill-opacity": HumanText.fixed(0.08 + 0.92 * share, 2),
                        "x": px(x + 1), "y": px(y + 1), "width": px(width - 2), "height": px(height - 2),
                    ])
                guard Plot.width(of: label) + 4 <= width else { return }
                group.element(
                    "text", ["class": "strong middle halo", "x": px(x + width / 2), "y": px(y + 19)], text: label)
            }
        }
    }

    private func drawColumns(_ markup: inout Markup, left: Double, y: Double, _ cell: Double, _ width: Double) {
        var free = 0.0
        for (index, name) in columns.enumerated() {
            let centre = left + (Double(index) + 0.5) * cell
            let half = Plot.width(of: name) / 2
            guard centre - half >= free, centre + half <= width else { continue }
            free = centre + half + 6
            markup.element("text", ["class": "middle", "x": px(centre), "y": px(y + 15)], text: name)
        }
        markup.element("text", ["class": "middle", "x": px((left + width) / 2), "y": px(y + 34)], text: columnName)
    }
}
