/// A table whose columns are as wide as their widest cell; columns of bars share what the terminal has left.
struct TextTable {
    enum Column {
        case left(String)
        /// Left-aligned too; what does not fit loses letters in front of its last word.
        case name(String)
        /// Left-aligned too; what does not fit goes on in further lines, which begin at the blank of a separator.
        case folded(String, at: String)
        case right(String)
        /// `widest` is the most that the column takes of a wide terminal.
        case bar(String, widest: Int)
    }

    enum Cell {
        case text(Fragment)
        /// A bar that fills this fraction of its column.
        case bar(Double, Style)

        static func text(_ text: String, _ style: Style = .plain) -> Cell { .text(Fragment(text, style)) }
        static var empty: Cell { .text("") }
    }

    private static let gap = "  "
    let columns: [Column]
    private(set) var rows: [[Cell]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// - Precondition: one cell a column.
    mutating func append(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "a row has \(cells.count) cells for \(columns.count) columns")
        rows.append(cells)
    }

    /// The columns of a terminal from which on a table has its usual form.
    static let usualWidth = 80

    /// The lines for a terminal of `width` columns. In a narrow one bars go first; lines that are still too long go on
    /// in further ones when they are painted, as figures must not be cut.
    func lines(fitting width: Int, glyphs: Glyphs) -> [Line] {
        let table = width < Self.usualWidth ? withoutBars : self
        return table.lines(width: max(width, Self.usualWidth), glyphs: glyphs)
    }

    /// Without the columns of bars that have no title.
    private var withoutBars: TextTable {
        let kept = columns.indices.filter { !(columns[$0].isBar && columns[$0].title.isEmpty) }
        var table = TextTable(kept.map { columns[$0] })
        for row in rows { table.append(kept.map { row[$0] }) }
        return table
    }

    /// The header, unless all titles are empty, and the rows, indented by a gap.
    func lines(width: Int, glyphs: Glyphs) -> [Line] {
        let widths = columnWidths(total: width)
        let titles = columns.map { Cell.text($0.title, .dim) }
        let header = columns.allSatisfy { $0.title.isEmpty } ? [] : [titles]
        return (header + rows.flatMap { unfolded($0, widths) }).map { line($0, widths, glyphs) }
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ glyphs: Glyphs) -> Line {
        var fragments: [Fragment] = []
        for (index, cell) in cells.enumerated() {
            let fragment = fragment(of: cell, in: columns[index], width: widths[index], glyphs)
            let padding = Fragment(String(repeating: " ", count: max(widths[index] - fragment.width, 0)))
            fragments.append(Fragment(Self.gap))
            fragments += columns[index].alignsRight ? [padding, fragment] : [fragment, padding]
        }
        return Line(fragments)
    }

    /// The row, and a row for each further line of its folded cells.
    private func unfolded(_ cells: [Cell], _ widths: [Int]) -> [[Cell]] {
        var rows = [cells]
        for (index, cell) in cells.enumerated() {
            guard case .folded(_, let separator) = columns[index], case .text(let fragment) = cell else { continue }
            let lines = folded(fragment.text, at: separator, width: widths[index])
            for (number, line) in lines.enumerated() {
                if number == rows.count { rows.append(columns.map { _ in .empty }) }
                rows[number][index] = .text(line, fragment.style)
            }
        }
        return rows
    }

    private func fragment(of cell: Cell, in column: Column, width: Int, _ glyphs: Glyphs) -> Fragment {
        switch cell {
        case .text(let fragment) where fragment.width > width:
            if case .name = column { fragment.cutInside(to: width, glyphs) } else { fragment.cut(to: width, glyphs) }
        case .text(let fragment): fragment
        case .bar(let fraction, let style): Fragment(glyphs.bar(fraction, width: width), style)
        }
    }

    private func columnWidths(total: Int) -> [Int] {
        var widths = columns.indices.map { index in
            ([columns[index].title.count] + rows.map { textWidth($0[index]) }).max() ?? 0
        }
        let texts = columns.indices.filter { !columns[$0].isBar }.reduce(0) { $0 + widths[$1] }
        let left = total - texts - columns.count * Self.gap.count
        for (index, column) in columns.enumerated() {
            guard case .bar(let title, let widest) = column else { continue }
            widths[index] = max(min(left / columns.count(where: \.isBar), widest), title.count, 4)
        }
        let excess = widths.reduce(columns.count * Self.gap.count, +) - total
        if excess > 0, let longest = widestText(widths) { widths[longest] = max(widths[longest] - excess, 8) }
        return widths
    }

    /// The left-aligned column that takes the most room: it holds names, and can be cut without losing a figure.
    private func widestText(_ widths: [Int]) -> Int? {
        columns.indices.filter { columns[$0].holdsNames && widths[$0] > 8 }
            .max { widths[$0] < widths[$1] }
    }

    private func textWidth(_ cell: Cell) -> Int {
        if case .text(let fragment) = cell { fragment.width } else { 0 }
    }
}

extension TextTable.Column {
    fileprivate var title: String {
        switch self {
        case .left(let title), .name(let title), .folded(let title, _), .right(let title), .bar(let title, _): title
        }
    }

    fileprivate var holdsNames: Bool {
        switch self {
        case .left, .name, .folded: true
        case .right, .bar: false
        }
    }

    fileprivate var alignsRight: Bool { if case .right = self { true } else { false } }

    fileprivate var isBar: Bool { if case .bar = self { true } else { false } }
}
