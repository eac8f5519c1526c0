import Experiments

/// A diagnosis for people and for programs.
public enum DiagnosisText {
    /// The most candidates and events that people are shown.
    private static let shown = 8

    /// The report as text, ending in a line feed.
    public static func text(of diagnosis: Diagnosis, on capabilities: TerminalCapabilities) -> String {
        let page = Page(diagnosis: diagnosis, width: capabilities.width, glyphs: capabilities.glyphs)
        return [page.verdict(), page.ranking(), page.waits(), page.test()].filter { !$0.isEmpty }
            .map { $0.map { $0.painted(colour: capabilities.colour) + "\n" }.joined() }
            .joined(separator: "\n")
    }

    /// The report as one JSON object.
    public static func json(of diagnosis: Diagnosis) -> String {
        let candidates = diagnosis.candidates.map { candidate in
            OrderedJSON.object([
                ("scenario", .string(candidate.incident.scenario)),
                ("phase", candidate.incident.phase.map(OrderedJSON.string) ?? .null),
                ("distance", .number(candidate.distance)), ("support", .optional(candidate.support)),
            ])
        }
        let waits = diagnosis.signature.events.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { event in
            OrderedJSON.object([
                ("wait_event", .string(event.key)), ("sampled", .number(event.value)),
                ("nearest", .number(diagnosis.candidates[0].incident.signature.events[event.key] ?? 0)),
            ])
        }
        return OrderedJSON.object([
            ("distance", .string("root of Jensen-Shannon divergences: half shares of events, half sessions in each")),
            ("average_active_sessions", .optional(diagnosis.signature.averageActive)),
            ("support_block_length", diagnosis.blockLength.map { .integer(UInt64($0)) } ?? .null),
            ("candidates", .array(candidates)), ("waits", .array(waits)),
            ("test", diagnosis.test.map(json) ?? .null),
        ]).text()
    }

    private static func json(_ test: DistinguishingTest) -> OrderedJSON {
        .object([
            ("first", .string(test.first)), ("second", .string(test.second)),
            ("measure", test.measure.map { .string($0.name) } ?? .null),
            ("how", test.measure.map { .string($0.how) } ?? .null),
            ("expected_first", .optional(test.expected?.first)), ("expected_second", .optional(test.expected?.second)),
            ("threshold", .optional(test.threshold)),
        ])
    }

    private struct Page {
        let diagnosis: Diagnosis
        let width: Int
        let glyphs: Glyphs

        func verdict() -> [Line] {
            let nearest = diagnosis.candidates[0]
            let active = diagnosis.signature.averageActive.map { ", \(HumanText.digits($0)) sessions active" } ?? ""
            return Line([
                Fragment(nearest.incident.title, .strong),
                Fragment("  nearest, at distance \(HumanText.digits(nearest.distance))\(active)", .dim),
            ]).folded(to: width) + wrapped(nearest.incident.description, width: width)
        }

        func ranking() -> [Line] {
            var table = TextTable([.left("incident"), .right("distance"), .right("support")])
            for candidate in diagnosis.candidates.prefix(shown) {
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
            return [heading("Candidates", "distance 0: the same waits, 1: none in common")]
                + table.lines(width: width, glyphs: glyphs) + wrapped(support, width: width, style: .dim, indent: "  ")
        }

        func waits() -> [Line] {
            let simulated = diagnosis.candidates[0].incident.signature.events
            let sampled = diagnosis.signature.events
            var table = TextTable([.left("wait event"), .right("sampled"), .right("nearest")])
            let events = Set(sampled.keys).union(simulated.keys).sorted {
                (sampled[$1] ?? 0, simulated[$1] ?? 0, $0) < (sampled[$0] ?? 0, simulated[$0] ?? 0, $1)
            }
            for event in events.prefix(shown) where max(sampled[event] ?? 0, simulated[event] ?? 0) >= 0.001 {
                let type = event.contains(":") ? event.split(separator: ":").first.map(String.init) : nil
                table.append([
                    .text(event, .of(type)), .text(HumanText.percent(sampled[event] ?? 0)),
                    .text(HumanText.percent(simulated[event] ?? 0)),
                ])
            }
            return [heading("Waits", "share of active sessions")] + table.lines(width: width, glyphs: glyphs)
        }

        func test() -> [Line] {
            guard let test = diagnosis.test else { return [] }
            let title = heading("To tell \(test.first) from \(test.second)")
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

        private func heading(_ text: String, _ remark: String = "") -> Line {
            Line([Fragment(text, .heading), Fragment(remark.isEmpty ? "" : "  " + remark, .dim)])
        }
    }
}
