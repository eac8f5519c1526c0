/// Ranges of what other programs measure. Whatever lies outside is no measurement, and would break arithmetic.
enum Plausible {
    /// A latency in nanoseconds: up to an hour.
    static let latency = 0.0...3.6e12
    /// Operations or transactions a second.
    static let rate = 0.0...1e9
    /// A count, or a sum of bytes.
    static let count = 0.0...1e15
}

/// A decimal number in a range; nil for anything else, infinities, NaN and C's hexadecimal form included.
func number(_ text: some StringProtocol, in range: ClosedRange<Double>) -> Double? {
    guard let value = Double(text), range.contains(value), !text.utf8.contains(where: { $0 | 0x20 == 0x78 }) else {
        return nil
    }
    return value
}

/// A number as people write it: whole ones without a decimal point.
func plainText(_ number: Double) -> String { Int64(exactly: number).map(String.init) ?? "\(number)" }

/// `a number from 0 to 1000000000`.
func plainText(_ range: ClosedRange<Double>) -> String {
    "a number from \(plainText(range.lowerBound)) to \(plainText(range.upperBound))"
}
