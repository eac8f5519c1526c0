import Experiments
import Instrumentation
import WaitEvents

/// Pictures of parts of a whole.
extension RunPage {
    func attributionFigure() -> HTMLPage.Figure? {
        let rows = focus.span.sum.attribution
        var bars: [Bars.Bar] = []
        for event in Set(rows.map(\.event)) {
            let sessions = rows.filter { $0.event == event }.reduce(0) { $0 + focus.span.share(of: $1.total) }
            guard sessions >= 0.01 else { continue }
            let parts = focus.holders(of: event).map { holder in
                Bars.Part(
                    name: HolderText.phrase(holder.activity), ink: palette.ink(holder.activity.name),
                    value: holder.share * sessions)
            }
            bars.append(
                Bars.Bar(
                    label: event.description, remark: "\(HumanText.digits(sessions)) sessions wait on average",
                    parts: parts))
        }
        guard !bars.isEmpty else { return nil }
        bars.sort { ($1.total, $0.label) < ($0.total, $1.label) }
        let longest = bars[0].total
        bars = bars.prefix(12).filter { $0.total >= 0.005 * longest }
        let figure = Bars(bars: bars) { part, share in "\(part.name) \(HumanText.percent(share))" }
        return HTMLPage.Figure(
            title: "What the lock's holder did meanwhile" + inFocus,
            caption: """
                Each bar is a lock, as long as the number of sessions that wait for it; its parts are what the \
                lock's exclusive holder was doing during that waiting. PostgreSQL's own views show the wait and not \
                this chain: a wait for WALWrite is cured by whatever the longest part names.
                """,
            picture: figure.picture("Who waits for whom", width: 1040).inline("wide")
                + figure.picture("Who waits for whom", width: 380).inline("narrow"),
            shape: "wide", key: holderKey(bars))
    }

    /// The parts that are too short for their names in the picture have them here.
    private func holderKey(_ bars: [Bars.Bar]) -> HTMLPage.Key {
        var entries: [HTMLPage.Key.Entry] = []
        for part in bars.flatMap(\.parts) where !entries.contains(where: { $0.name == part.name }) {
            let sessions = bars.flatMap(\.parts).filter { $0.name == part.name }.reduce(0) { $0 + $1.value }
            if sessions >= 0.005 { entries.append(HTMLPage.Key.Entry(part.name, part.ink, HumanText.digits(sessions))) }
        }
        return HTMLPage.Key(entries: entries)
    }

    func walFigure() -> HTMLPage.Figure? {
        let span = view.whole.span.sum
        let rows = span.walRecords.filter { $0.count > 0 }
            .stableSorted { $0.recordBytes + $0.fpiBytes > $1.recordBytes + $1.fpiBytes }
        guard !rows.isEmpty else { return nil }
        let all = rows.reduce(0) { $0 + Double($1.recordBytes + $1.fpiBytes) }
        let bars = rows.prefix(7).map { row in
            let bytes = Double(row.recordBytes + row.fpiBytes)
            return Bars.Bar(
                label: row.type,
                remark: "\(HumanText.bytes(bytes)), \(HumanText.percent(bytes / max(all, 1))), "
                    + "\(HumanText.grouped(Double(row.count))) records",
                parts: [
                    Bars.Part(name: "records", ink: Ink(.io), value: Double(row.recordBytes)),
                    Bars.Part(name: "full-page images", ink: Ink(.timeout), value: Double(row.fpiBytes)),
                ])
        }
        let figure = Bars(bars: Array(bars)) { part, _ in "\(part.name) \(HumanText.bytes(part.value))" }
        var entries = [HTMLPage.Key.Entry("records", Ink(.io))]
        if rows.contains(where: { $0.fpiBytes > 0 }) {
            entries.append(HTMLPage.Key.Entry("full-page images", Ink(.timeout)))
        }
        return HTMLPage.Figure(
            title: "WAL volume by record type",
            caption: """
                Bytes of WAL records as pg_waldump's statistics count them, page headers and padding left out; \
                images of whole pages after a checkpoint are a part of their own. \
                \(rows.count > 7 ? "The seven largest of \(rows.count) types. " : "")\
                A commit writes \(HumanText.digits(view.whole.span.value("wal_bytes_per_txn") ?? 0)) bytes of WAL \
                in all.
                """, picture: figure.picture("WAL volume by record type", width: 450).inline(),
            key: HTMLPage.Key(entries: entries))
    }
}

extension HumanText {
    /// Bytes in the largest decimal unit of which there is one.
    static func bytes(_ bytes: Double) -> String {
        switch bytes {
        case ..<999.5: digits(bytes) + " B"
        case ..<999_500: digits(bytes / 1e3) + " kB"
        case ..<999_500_000: digits(bytes / 1e6) + " MB"
        default: digits(bytes / 1e9) + " GB"
        }
    }
}
