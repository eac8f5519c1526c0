/// Numbers as a person reads them: few digits, a unit, commas between thousands.
enum HumanText {
    /// What stands for a value that does not exist.
    static let none = "-"

    /// A time in the unit that keeps it above one, with three digits: `4.08 ms`.
    static func duration(_ microseconds: Double?) -> String {
        guard let microseconds else { return none }
        if microseconds == 0 { return "0 us" }
        let unit = unit(of: microseconds)
        return "\(digits(microseconds / unit.size)) \(unit.name)"
    }

    /// Two times in the unit of the later: `4.01 .. 4.15 ms`.
    static func durations(_ low: Double, _ high: Double) -> String {
        let unit = unit(of: high)
        return "\(digits(low / unit.size)) .. \(digits(high / unit.size)) \(unit.name)"
    }

    private static func unit(of microseconds: Double) -> (size: Double, name: String) {
        // Halves of the last digit shown count up: 999.7 us is 1.00 ms.
        switch abs(microseconds) {
        case ..<0.9995: (1e-3, "ns")
        case ..<999.5: (1, "us")
        case ..<999_500: (1e3, "ms")
        default: (1e6, "s")
        }
    }

    /// Three significant digits, or all those before the point: `0.98`, `38.0`, `10,003`.
    static func digits(_ value: Double) -> String {
        switch abs(value) {
        case ..<9.995: fixed(value, 2)
        case ..<99.95: fixed(value, 1)
        default: grouped(value)
        }
    }

    /// A fraction as a percentage with one decimal: `92.1 %`.
    static func percent(_ fraction: Double?) -> String {
        guard let fraction else { return none }
        if fraction > 0, fraction < 0.0005 { return "<0.1 %" }
        return fixed(fraction * 100, 1) + " %"
    }

    /// A signed fraction as a percentage: `+2.5 %`.
    static func signedPercent(_ fraction: Double) -> String {
        (fraction < 0 ? "-" : "+") + fixed(abs(fraction) * 100, 1) + " %"
    }

    /// Exactly `decimals` digits after the point.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return none }
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = Int64((abs(value) * scale).rounded())
        let (whole, part) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
        let sign = value < 0 && scaled != 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(whole) }
        let digits = String(part)
        return "\(sign)\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
    }

    /// A whole number with commas between thousands.
    static func grouped(_ value: Double) -> String {
        let digits = fixed(value, 0)
        guard digits != none else { return none }
        var text = ""
        for (index, digit) in digits.reversed().enumerated() {
            if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// A number of things: `1 core`, `2,000 cores`.
    static func count(_ count: Int, _ noun: String) -> String {
        "\(grouped(Double(count))) \(noun)\(count == 1 ? "" : "s")"
    }

    /// A rate in few columns: `17.5k`.
    static func rate(_ value: Double) -> String {
        switch value {
        case ..<9_999.5: digits(value)
        case ..<999_500: fixed(value / 1e3, value < 99_950 ? 1 : 0) + "k"
        default: fixed(value / 1e6, 1) + "M"
        }
    }
}
