import Instrumentation

extension RunSections {
    /// More types than a workload of fixed records has: then pages are modelled, and their images are of interest.
    private static var mostFixedTypes: Int { 5 }

    /// WAL by type of record, as `pg_waldump --stats=record` shows it.
    func walRecords() -> [Line] {
        let rows = view.whole.span.sum.walRecords
        guard rows.count > Self.mostFixedTypes || rows.contains(where: { $0.fpiBytes > 0 }) else { return [] }
        let total = rows.reduce(into: WALRecordRow(type: "Total", count: 0, recordBytes: 0, fpiBytes: 0)) {
            $0.count += $1.count
            $0.recordBytes += $1.recordBytes
            $0.fpiBytes += $1.fpiBytes
        }
        var table = TextTable([
            .left("type"), .right("count"), .right("(%)"), .right("records"), .right("(%)"), .right("FPI"),
            .right("(%)"), .right("combined"), .right("(%)"),
        ])
        for row in rows { table.append(cells(row, of: total, .plain)) }
        table.append(cells(total, of: total, .strong))
        return [.heading("WAL records", "FPI: full-page images; shares are of each column")]
            + table.lines(fitting: width, glyphs: glyphs)
    }

    private func cells(_ row: WALRecordRow, of total: WALRecordRow, _ style: Style) -> [TextTable.Cell] {
        let combined = row.recordBytes + row.fpiBytes
        return [
            .text(row.type, style), .text(HumanText.grouped(Double(row.count))), share(row.count, of: total.count),
            .text(HumanText.size(row.recordBytes)), share(row.recordBytes, of: total.recordBytes),
            .text(HumanText.size(row.fpiBytes)), share(row.fpiBytes, of: total.fpiBytes),
            .text(HumanText.size(combined)), share(combined, of: total.recordBytes + total.fpiBytes),
        ]
    }

    private func share(_ part: UInt64, of whole: UInt64) -> TextTable.Cell {
        .text(whole > 0 ? HumanText.fixed(Double(part) / Double(whole) * 100, 1) : HumanText.none, .dim)
    }
}

extension HumanText {
    /// Bytes in the unit that keeps them above one, with three digits, as pg_size_pretty counts: `1.40 GB`.
    static func size(_ bytes: UInt64) -> String {
        var size = Double(bytes)
        var units = ["B", "kB", "MB", "GB", "TB"][...]
        while size >= 999.5, units.count > 1 {
            size /= 1024
            units = units.dropFirst()
        }
        return "\(units.first == "B" ? grouped(size) : digits(size)) \(units.first!)"
    }
}
