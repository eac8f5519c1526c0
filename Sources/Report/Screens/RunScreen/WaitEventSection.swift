import Experiments
import Instrumentation
import SimTime
import WaitEvents

extension RunSections {
    /// Where sessions are on average: client backends by time, then other processes; the idle ones last.
    func waitEvents() -> [Line] {
        var table = TextTable([
            .left("wait event"), .right("sessions"), .bar("", widest: 40), .right("share"), .right("waits/s"),
            .right("mean"), .right("p99"),
        ])
        let rows = sorted(focus.span.sum.waitEvents)
        let busy = rows.filter { $0.backendType == .clientBackend && !$0.event.isIdle }
        let longest = busy.map(\.total).max() ?? .zero
        for row in rows where row.backendType == .clientBackend { append(row, to: &table, longest) }
        for row in rows where row.backendType != .clientBackend { append(row, to: &table, longest) }
        let active = HumanText.digits(focus.active)
        return [.heading("Wait events" + inFocus, "sessions on average; \(active) of \(focus.clients) are active")]
            + table.lines(fitting: width, glyphs: glyphs) + withoutEvent()
    }

    /// What sessions without a wait event may be doing, and what all of them truly do.
    private func withoutEvent() -> [Line] {
        let states: [(ActivityState, String)] = [
            (.running, "running"), (.ready, "ready but off CPU"), (.spinning, "spinning"),
            (.asleepWithoutEvent, "asleep without event"),
        ]
        let parts = states.map { (focus.sessions($0.0), $0.1) }.filter { $0.0 >= 0.005 }
            .map { "\(HumanText.digits($0.0)) \($0.1)" }
        let legend = width < Self.wide ? "\(Self.none.short): \(Self.none.meaning). " : ""
        let truth = parts.isEmpty ? "" : "In truth: \(parts.joined(separator: ", "))."
        return wrapped(legend + truth, width: width, style: .dim, indent: "  ")
    }

    /// By time in the event, idle events last; equal times keep the release's order.
    private func sorted(_ rows: [WaitEventRow]) -> [WaitEventRow] {
        rows.filter { $0.total > .zero }.stableSorted { a, b in
            a.event.isIdle == b.event.isIdle ? a.total > b.total : b.event.isIdle
        }
    }

    /// Bars are relative to `longest`, the most time of any event that is not idle.
    private func append(_ row: WaitEventRow, to table: inout TextTable, _ longest: TotalTime) {
        let sessions = focus.span.averageSessions(row)
        let ofClients = row.backendType == .clientBackend
        let idle = row.event.isIdle
        let text: Style = idle ? .dim : .plain
        let share = ofClients && !idle && focus.active > 0 ? sessions / focus.active : nil
        let seconds = focus.span.sum.span.seconds
        let hasWaits = row.event != nil && row.waits.count > 0
        let rate = seconds > 0 ? HumanText.rate(Double(row.waits.count) / seconds) : HumanText.none
        table.append([
            .text(name(row), text), .text(HumanText.digits(sessions), text),
            .bar(share == nil ? 0 : row.total.seconds / longest.seconds, Style.of(row.event?.type.rawValue)),
            .text(share.map(HumanText.percent) ?? "", text), .text(hasWaits ? rate : "", text),
            .text(hasWaits ? HumanText.duration(row.waits.meanMicroseconds) : "", text),
            .text(hasWaits ? HumanText.duration(row.waits.percentileMicroseconds(99)) : "", text),
        ])
    }

    /// Narrower terminals have no room for a long name beside a bar of sensible length.
    private static let wide = 110
    private static let none = (short: "(none)", meaning: "on CPU, ready or unreported sleep")

    private func name(_ row: WaitEventRow) -> String {
        let none = width < Self.wide ? Self.none.short : "(none: \(Self.none.meaning))"
        guard row.backendType != .clientBackend else { return row.event?.description ?? none }
        // A main loop's name says enough without its class, and mostly without its process.
        let isLoop = row.event?.type == .activity
        let event = isLoop ? row.event?.event : row.event?.description
        if isLoop, let event, event.lowercased().hasPrefix(row.backendType.name) { return event }
        return "\(row.backendType.name) \(event ?? Self.none.short)"
    }
}
