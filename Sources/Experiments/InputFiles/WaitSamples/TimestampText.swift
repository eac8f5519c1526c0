/// The instant of a sample, in microseconds since some epoch: only differences count.
enum TimestampText {
    /// PostgreSQL's timestamptz (`2026-11-21 09:26:50.188841+00`), ISO 8601 with a `T`, or a number of seconds.
    static func microseconds(_ text: String) -> Int64? {
        if let seconds = number(text, in: 0...1e11) { return Int64(seconds * 1e6) }
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]),
            let day = digits(bytes[8..<10]), let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
            let second = digits(bytes[17..<19]), (1...12).contains(month),
            (1...days(in: month, of: year)).contains(day), hour < 25,
            minute < 60, second < 61, let offset = offset(bytes[19...])
        else { return nil }
        let time = (daysSince0(year, month, day) * 24 + hour) * 3_600 + minute * 60 + second
        return (time - offset) * 1_000_000 + fraction(bytes[19...])
    }

    /// The instant in a row of counters, which are read one after the other.
    static func instant(
        _ row: CSVReader.Row, _ column: Int, after previous: Int64?, in file: InputFile
    ) throws(InputProblem) -> Int64 {
        guard let instant = microseconds(row.fields[column]) else {
            throw file.problem(row.line, "not a time", seen: row.fields[column], expected: example)
        }
        guard instant >= previous ?? instant else {
            throw file.problem(
                row.line, "time went backwards between rows", seen: row.fields[column],
                expected: "rows in order of time")
        }
        return instant
    }

    /// What is expected, for messages.
    static let example = "such as 2026-11-21 09:26:50.188841+00"

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard !bytes.isEmpty, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    /// Microseconds of `.188841`.
    private static func fraction(_ bytes: ArraySlice<UInt8>) -> Int64 {
        guard bytes.first == UInt8(ascii: ".") else { return 0 }
        let digits = bytes.dropFirst().prefix { (48...57).contains($0) }.prefix(6)
        let padded = Array(digits) + [UInt8](repeating: 48, count: 6 - digits.count)
        return padded.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    /// Seconds of `+05:30`; zero without a zone; nil for what is no zone.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        var rest = bytes
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { (48...57).contains($0) } }
        guard let sign = rest.first else { return 0 }
        if sign == UInt8(ascii: "Z") { return rest.count == 1 ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let parts = rest.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy({ (1...4).contains($0.count) }) else { return nil }
        var seconds: Int64 = 0
        for (index, part) in parts.enumerated() {
            guard let value = digits(part) else { return nil }
            // +0530 is hours and minutes in one.
            let isJoined = index == 0 && part.count > 2
            seconds += isJoined ? value / 100 * 3_600 + value % 100 * 60 : value * [3_600, 60, 1][index]
        }
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        let next = month == 12 ? daysSince0(year + 1, 1, 1) : daysSince0(year, month + 1, 1)
        return next - daysSince0(year, month, 1)
    }

    /// Days of the Gregorian calendar since 1 March of the year 0 (Hinnant's days_from_civil).
    private static func daysSince0(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    }
}
