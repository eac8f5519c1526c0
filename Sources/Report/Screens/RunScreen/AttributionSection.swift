import Experiments
import Instrumentation
import SimTime
import WaitEvents

extension RunSections {
    /// What the holders of locks did while sessions waited for them.
    func attribution() -> [Line] {
        var table = TextTable([
            .left("waiting in"), .right("sessions"), .folded("", at: ", "), .right("share"), .bar("", widest: 40),
        ])
        for event in events() {
            let sessions = waiting(in: event)
            let holders = focus.holders(of: event).filter { $0.share >= 0.001 }
            for (index, holder) in holders.enumerated() {
                table.append([
                    .text(index == 0 ? event.description : ""),
                    .text(index == 0 ? HumanText.digits(sessions) : ""),
                    .text("\(glyphs.from) \(HolderText.phrase(holder.activity))"),
                    .text(HumanText.percent(holder.share)),
                    .bar(holder.share, style(of: holder.activity)),
                ])
            }
        }
        guard !table.rows.isEmpty else { return [] }
        return [.heading("Who waits for whom" + inFocus)] + table.lines(fitting: width, glyphs: glyphs)
    }

    /// Events in which at least a hundredth of a session waits, the most waited for first.
    private func events() -> [WaitEventName] {
        var waits: [(event: WaitEventName, sessions: Double)] = []
        for row in focus.span.sum.attribution where !waits.contains(where: { $0.event == row.event }) {
            waits.append((row.event, waiting(in: row.event)))
        }
        return waits.filter { $0.sessions >= 0.01 }.stableSorted { $0.sessions > $1.sessions }.map(\.event)
    }

    private func waiting(in event: WaitEventName) -> Double {
        focus.span.sum.attribution.filter { $0.event == event }
            .reduce(0) { $0 + focus.span.share(of: $1.total) }
    }

    private func style(of activity: HolderActivity) -> Style {
        switch activity {
        case .event(let event): Style.of(event.type.rawValue)
        case .cpu, .ready: .cpu
        case .commitDelay, .asleepWithoutEvent: .timeout
        case .noHolder: .dim
        case .waitingForInsertions: .lock
        }
    }
}
