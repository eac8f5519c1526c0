import Foundation

/// What contenders took, a line each.
struct BenchmarkTable: CustomStringConvertible {
    let title: String
    /// What the costs are divided by: "customer", "wake-up".
    let unit: String
    private var lines: [String] = []

    init(title: String, unit: String) {
        self.title = title
        self.unit = unit
    }

    /// Adds a line: a median time in seconds, and how many units were done in it.
    mutating func add(_ name: String, seconds: Double, count: UInt64, note: String) {
        let columns = String(format: "%10.4f s %10.1f ns/%@", seconds, seconds / Double(count) * 1e9, unit)
        lines.append("  \(name.padding(toLength: 14, withPad: " ", startingAt: 0)) \(columns)   \(note)")
    }

    var description: String { ([title] + lines).joined(separator: "\n") }
}

/// What a ratio has to be.
enum Requirement {
    case atLeast(Double)
    case atMost(Double)

    func isMet(by ratio: Double) -> Bool {
        switch self {
        case .atLeast(let bound): ratio >= bound
        case .atMost(let bound): ratio <= bound
        }
    }

    var text: String {
        switch self {
        case .atLeast(let bound): "at least \(bound)"
        case .atMost(let bound): "at most \(bound)"
        }
    }
}

/// Prints a ratio and what is required of it; true if it is met.
func verdict(_ name: String, _ ratio: Double, required: Requirement) -> Bool {
    let isMet = required.isMet(by: ratio)
    let figure = String(format: "%.2f", ratio)
    print("  \(name): \(figure), required \(required.text): \(isMet ? "met" : "MISSED")\n")
    return isMet
}

/// Nanoseconds as text in microseconds.
func microseconds(_ nanoseconds: Double) -> String { String(format: "%.2f us", nanoseconds / 1e3) }
