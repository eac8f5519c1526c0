import Experiments

/// A diagnosis as a person reads it.
public enum DiagnosisScreen {
    /// The text, ending in a line feed.
    public static func text(of diagnosis: Diagnosis, on capabilities: TerminalCapabilities) -> String {
        let report = DiagnosisSections(diagnosis: diagnosis, width: capabilities.width, glyphs: capabilities.glyphs)
        return capabilities.painted(sections: [report.verdict(), report.ranking(), report.waits(), report.test()])
    }
}

/// The sections of the report.
private struct DiagnosisSections {
    /// The most candidates and events that are shown.
    private static let shown = 8

    let diagnosis: Diagnosis
    let width: Int
    let glyphs: Glyphs

    func verdict() -> [Line] {
        let nearest = diagnosis.candidates[0]
        let active = diagnosis.signature.averageActive.map { ", \(HumanText.digits($0)) sessions active" } ?? ""
        let warning = "No incident resembles these samples; this one differs least."
        return Line([
            Fragment(nearest.incident.title, .strong),
            Fragment("  nearest, at distance \(HumanText.digits(nearest.distance))\(active)", .dim),
        ]).folded(to: width)
            + (diagnosis.resembles ? [] : wrapped(warning, width: width, style: .warning))
            + wrapped(nearest.incident.description, width: width)
    }

    func ranking() -> [Line] {
        var table = TextTable([.left("incident"), .right("distance"), .right("support")])
        for candidate in diagnosis.candidates.prefix(Self.shown) {
            table.append([
                .text(candidate.incident.title), .text(HumanText.digits(candidate.distance)),
                .text(HumanText.percent(candidate.support)),
            ])
        }
        let support =
            diagnosis.blockLength.map { length in
                let drawn = length == 1 ? "one by one" : "in blocks of \(length) neighbours"
                return "Support: how often it is the nearest when the instants are drawn anew, \(drawn)."
            } ?? "A profile has no instants: how sure this is cannot be told."
        return [.heading("Candidates", "distance 0: the same waits, 1: none in common")]
            + table.lines(fitting: width, glyphs: glyphs) + wrapped(support, width: width, style: .dim, indent: "  ")
    }

    func waits() -> [Line] {
        let simulated = diagnosis.candidates[0].incident.signature.events
        let sampled = diagnosis.signature.events
        var table = TextTable([.left("wait event"), .right("sampled"), .right("nearest")])
        let events = Set(sampled.keys).union(simulated.keys).sorted {
            (sampled[$1] ?? 0, simulated[$1] ?? 0, $0) < (sampled[$0] ?? 0, simulated[$0] ?? 0, $1)
        }
        for event in events.prefix(Self.shown) where max(sampled[event] ?? 0, simulated[event] ?? 0) >= 0.001 {
            table.append([
                .text(event, .of(eventNamed: event)), .text(HumanText.percent(sampled[event] ?? 0)),
                .text(HumanText.percent(simulated[event] ?? 0)),
            ])
        }
        return [.heading("Waits", "share of active sessions")] + table.lines(fitting: width, glyphs: glyphs)
    }

    func test() -> [Line] {
        guard let test = diagnosis.test else { return [] }
        let title = Line.heading("To tell \(test.first) from \(test.second)")
        guard let measure = test.measure, let expected = test.expected, let threshold = test.threshold else {
            return [title]
                + wrapped("Nothing that the server shows differs by a quarter.", width: width, indent: "  ")
        }
        let (first, second) = (HumanText.digits(expected.first), HumanText.digits(expected.second))
        let side = expected.first > expected.second ? "above" : "below"
        return [title]
            + wrapped("Measure the \(measure.name): \(measure.how).", width: width, indent: "  ")
            + wrapped(
                "It is \(first) in \(test.first) and \(second) in \(test.second): "
                    + "\(side) \(HumanText.digits(threshold)) speaks for the first.", width: width, indent: "  ")
    }
}
