import Experiments
import Instrumentation
import SimTime
import Statistics
import WaitEvents

extension RunSections {
    /// How long waits for the lock last, beside how long the I/O takes that its holder does.
    func histograms() -> [Line] {
        let lock = focus.clientRows.first { $0.event?.description == "LWLock:WALWrite" && $0.waits.count > 0 }
        let io = focus.busiestIO.flatMap { $0.waits.count > 0 ? $0 : nil }
        let events = [lock, io].compactMap { $0 }
        guard !events.isEmpty else { return [] }
        let scale = DurationScale(events.map(\.waits))
        let bars = events.flatMap { [TextTable.Column.bar(title($0), widest: 40), .right("")] }
        var table = TextTable([.right("waits that last")] + bars)
        for row in scale.rows { table.append(cells(row, events, highest: scale.highest)) }
        let heading = Line.heading("Histograms" + inFocus, "share of waits by duration")
        return [heading] + table.lines(fitting: width, glyphs: glyphs)
    }

    private func cells(_ row: DurationScale.Row, _ events: [WaitEventRow], highest: Double) -> [TextTable.Cell] {
        guard case .waits(let lower, let upper, let fractions) = row else {
            return [.text("...", .dim)] + events.flatMap { _ in [TextTable.Cell.empty, .empty] }
        }
        let label = HumanText.durations(lower.microseconds, upper.microseconds)
        let bars = zip(events, fractions).flatMap { event, fraction -> [TextTable.Cell] in
            let percent = fraction > 0 ? HumanText.percent(fraction) : ""
            return [.bar(fraction / highest, Style.of(event.event?.type.rawValue)), .text(percent)]
        }
        return [.text(label)] + bars
    }

    private func title(_ row: WaitEventRow) -> String {
        let event = row.event?.description ?? ""
        return row.backendType == .clientBackend ? event : "\(event) (\(row.backendType.name))"
    }
}
