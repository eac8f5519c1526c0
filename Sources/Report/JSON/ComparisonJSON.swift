import Experiments
import Statistics

/// A comparison as one JSON object.
public enum ComparisonJSON {
    /// The object's text, ending in a line feed.
    public static func text(of result: ComparisonResult) -> String {
        OrderedJSON.object([
            ("walsim", .string(Walsim.version)),
            ("base", .string(result.base)),
            ("new", .string(result.new)),
            ("threshold", .number(result.threshold)),
            ("verdict", .string(result.verdict.rawValue)),
            ("different", .integer(UInt64(result.rows.count(where: \.isSignificant)))),
            ("regressions", .integer(UInt64(result.rows.count(where: \.isRegression)))),
            ("metrics", .array(result.rows.map(row))),
            ("warnings", .array(result.warnings.map { .string($0) })),
        ]).text() + "\n"
    }

    private static func row(_ row: ComparisonRow) -> OrderedJSON {
        var members: [(key: String, value: OrderedJSON)] = []
        if !row.table.isEmpty { members.append(("table", .string(row.table))) }
        members += row.place.map { ($0.column, .string($0.value)) }
        members += [
            ("metric", .string(row.metric)),
            ("unit", .string(row.unit)),
            ("base", side(row.base, row.counts.base)),
            ("new", side(row.new, row.counts.new)),
            ("change", .object([("relative", .optional(row.change)), ("ci95", interval(row.changeInterval))])),
            ("test", row.test.map { .string($0.rawValue) } ?? .null),
            ("p", .optional(row.pValue)),
            ("p_holm", .optional(row.adjustedPValue)),
            ("significant", .bool(row.isSignificant)),
            ("better_direction", .string(row.direction.rawValue)),
            ("verdict", .string(row.verdictText)),
            ("beyond_threshold", .bool(row.isRegression)),
        ]
        return .object(members)
    }

    private static func side(_ figure: MedianInterval, _ count: Int) -> OrderedJSON {
        .object([
            ("median", .number(figure.median)), ("interval", interval(figure.interval)),
            ("confidence", figure.interval == nil ? .null : .number(figure.confidence)),
            ("repeats", .integer(UInt64(count))),
        ])
    }

    private static func interval(_ interval: ConfidenceInterval?) -> OrderedJSON {
        interval.map { .array([.number($0.low), .number($0.high)]) } ?? .null
    }
}
