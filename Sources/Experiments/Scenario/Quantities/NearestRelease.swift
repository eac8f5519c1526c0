import WaitEvents

extension PostgresRelease {
    /// The simulated release that is nearest to the one that `text` begins with, such as `14`, `16.3` or `9.4.1`; of
    /// two as near the later one. Nil if the text begins with no number.
    public static func nearest(to text: String) -> PostgresRelease? {
        guard let wanted = ordinal(text) else { return nil }
        return allCases.reversed().min { abs(ordinal($0.rawValue)! - wanted) < abs(ordinal($1.rawValue)! - wanted) }
    }

    /// A major release's place in the order of all: 10 followed 9.6, before which the second number counted.
    private static func ordinal(_ text: String) -> Int? {
        let numbers = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }.split(separator: ".").map { Int($0) }
        guard let first = numbers.first, let major = first, major < 1_000_000 else { return nil }
        guard major == 9 else { return major }
        let second = numbers.count > 1 ? numbers[1] ?? 0 : 0
        return 9 - max(6 - second, 0)
    }
}
