import Experiments

/// A diagnosis as one JSON object.
public enum DiagnosisJSON {
    /// The object as text.
    public static func text(of diagnosis: Diagnosis) -> String {
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
            ("resembles", .bool(diagnosis.resembles)),
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
}
