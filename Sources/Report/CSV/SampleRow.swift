import SimTime
import WaitEvents

/// One sample of one session, with the columns that `pg_wait_sampling_history` has.
///
/// Samples are too many to keep: rows are formatted one at a time, to be streamed into a file.
public struct SampleRow: Sendable {
    /// The process, numbered as the simulated server numbers them.
    public var pid: Int
    /// Time since t = 0.
    public var at: Nanoseconds
    /// nil: active and showing no wait event.
    public var event: WaitEventName?
    /// pg_stat_statements' query identifier; 0 for background processes.
    public var queryID: Int64

    /// A row of these columns.
    public init(pid: Int, at: Nanoseconds, event: WaitEventName?, queryID: Int64) {
        self.pid = pid
        self.at = at
        self.event = event
        self.queryID = queryID
    }

    /// The file's name in the output folder.
    public static let fileName = "samples.csv"

    /// The header line, with its line feed.
    public static var headerLine: String {
        CSVText(header: ResultTable.identity + ["pid", "ts", "event_type", "event", "queryid"]).text
    }

    /// The row as a line with its line feed. `scenario` and `hash` name the run, `seed` its repeat.
    public func line(scenario: String, hash: String, seed: UInt64) -> String {
        let fields: [CSVField] = [
            .text(String(pid)), .text(Self.timestamp(at)), event.map { .text($0.type.rawValue) } ?? .null,
            event.map { .text($0.event) } ?? .null, .text(String(queryID)),
        ]
        return Self.prefix(scenario: scenario, hash: hash, seed: seed)
            + fields.map(CSVText.format).joined(separator: ",") + "\n"
    }

    /// What every line of a repeat begins with.
    public static func prefix(scenario: String, hash: String, seed: UInt64) -> String {
        let fields: [CSVField] = [.text(scenario), .text(hash), .integer(seed)]
        return fields.map { CSVText.format($0) + "," }.joined()
    }

    /// Virtual time as a `timestamptz`: t = 0 is PostgreSQL's epoch, 2000-01-01, to the microsecond.
    static func timestamp(_ at: Nanoseconds) -> String {
        let microseconds = max(at.count / 1_000, 0)
        let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let (days, ofDay) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let time = [ofDay / 3_600, ofDay / 60 % 60, ofDay % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(date(daysSince2000: days)) \(time).\(padded(fraction, 6))+00"
    }

    private static func date(daysSince2000 days: Int64) -> String {
        var (year, left) = (Int64(2000), days)
        while left >= daysIn(year) {
            left -= daysIn(year)
            year += 1
        }
        var month = 0
        let february: Int64 = daysIn(year) == 366 ? 29 : 28
        let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while left >= lengths[month] {
            left -= lengths[month]
            month += 1
        }
        return "\(year)-\(padded(Int64(month + 1), 2))-\(padded(left + 1, 2))"
    }

    private static func daysIn(_ year: Int64) -> Int64 {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}
