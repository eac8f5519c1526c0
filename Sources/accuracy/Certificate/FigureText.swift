import Foundation

/// Numbers as the certificate prints them.
enum FigureText {
    /// Three significant digits for small numbers, whole ones with separators for large.
    static func number(_ value: Double) -> String {
        if abs(value) >= 1000 { return grouped(value) }
        if abs(value) >= 100 || value == value.rounded() { return String(format: "%.0f", value) }
        return String(format: abs(value) >= 10 ? "%.1f" : "%.2f", value)
    }

    /// A fraction as a percentage without a sign.
    static func percent(_ fraction: Double) -> String {
        let text = String(format: "%.1f", fraction * 100)
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
    }

    /// An error with its sign.
    static func signed(_ fraction: Double?) -> String {
        fraction.map { String(format: "%+.1f %%", $0 * 100) } ?? ""
    }

    /// Target, result, error and band in one line.
    static func line(_ target: Target) -> String {
        "\(number(target.result)) for \(number(target.target)) (\(signed(target.error)), band \(target.bandText))"
    }

    private static func grouped(_ value: Double) -> String {
        let digits = Array(String(format: "%.0f", abs(value)))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0 && (digits.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + text
    }
}
