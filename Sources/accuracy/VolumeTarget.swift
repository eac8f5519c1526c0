import Foundation

/// One figure of a table of WAL volume with the simulated one beside it.
struct VolumeTarget {
    /// The table, and the figure in it.
    var table: String
    var figure: String
    var expected: Double
    var simulated: Double
    /// The greatest error, as a fraction.
    var band: Double
    /// What a count may be off by in any case: a few records of a rare type say nothing.
    var slack = 0.0

    /// A fraction: 0.02 is 2 % too much; 0 where nothing is expected.
    var error: Double { expected == 0 ? 0 : simulated / expected - 1 }
    var isKept: Bool { abs(simulated - expected) <= max(band * abs(expected), slack) }

    /// One line of the report.
    var line: String {
        let verdict = isKept ? "kept  " : "BROKEN"
        let columns = [
            Self.padded(number(expected), 15), Self.padded(number(simulated), 15),
            Self.padded(String(format: "%+.1f %%", error * 100), 9),
            Self.padded(String(format: "%.0f %%", band * 100), 5),
        ]
        return ([verdict] + columns).joined(separator: " ") + "  \(table)  \(figure)"
    }

    static let header = [
        "      ", padded("target", 15), padded("simulated", 15), padded("error", 9), padded("band", 5), " figure",
    ].joined(separator: " ")

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0)) + text
    }

    private func number(_ value: Double) -> String { String(format: value < 100 ? "%.2f" : "%.0f", value) }
}
