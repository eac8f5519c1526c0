/// A number with a unit, such as `2.5ms`, taken apart without loss.
struct UnitText {
    /// A unit and how many of the smallest unit it is.
    typealias Unit = (name: String, size: Int64)

    enum Failure: Error, Equatable {
        case notANumber
        case unitMissing
        case unitUnknown(String)
        case tooLarge
    }

    /// The units of durations in nanoseconds; names are case-sensitive.
    static let durationUnits: [Unit] = [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("min", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ]
    /// The units of sizes in bytes; names are case-sensitive, as PostgreSQL's.
    static let sizeUnits: [Unit] = [
        ("B", 1), ("kB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("TB", 1 << 40),
    ]

    /// The value in the smallest unit, with its fraction. A lone `0` needs no unit.
    static func parseReal(_ text: String, units: [Unit]) throws(Failure) -> Double {
        let trimmed = text.drop { $0 == " " }
        let digits = trimmed.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
        guard let number = Double(digits), number.isFinite else { throw .notANumber }
        var name = trimmed.dropFirst(digits.count).drop { $0 == " " }
        while name.last == " " { name.removeLast() }
        if name.isEmpty {
            guard number == 0 else { throw .unitMissing }
            return 0
        }
        guard let unit = units.first(where: { $0.name == name }) else { throw .unitUnknown(String(name)) }
        return number * Double(unit.size)
    }
}
