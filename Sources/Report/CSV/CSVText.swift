import SimTime

/// One field of a row. RFC 4180 has no NULL; it is an empty field here, as PostgreSQL's COPY writes it.
enum CSVField {
    case null
    case text(String)
    case integer(UInt64)
    case number(Double)

    static func optional(_ value: Double?) -> CSVField { value.map(number) ?? .null }
    static func microseconds(_ value: Nanoseconds) -> CSVField { .number(value.microseconds) }
    static func microseconds(_ value: TotalTime) -> CSVField { .number(value.microseconds) }
}

/// CSV as RFC 4180 quotes it: a header row, then rows of as many fields.
///
/// Lines end in a line feed alone, as PostgreSQL's COPY ends them on Unix, so that `cut` and `awk` see clean fields.
struct CSVText {
    /// What was written so far, header included.
    private(set) var text = ""
    private let columns: Int

    init(header: [String]) {
        columns = header.count
        append(header.map(CSVField.text))
    }

    /// - Precondition: one field a column.
    mutating func append(_ fields: [CSVField]) {
        precondition(fields.count == columns, "a row has \(fields.count) fields for \(columns) columns")
        for (index, field) in fields.enumerated() {
            if index > 0 { text += "," }
            text += Self.format(field)
        }
        text += "\n"
    }

    static func format(_ field: CSVField) -> String {
        switch field {
        case .null: ""
        case .text(let value): quoted(value)
        case .integer(let value): String(value)
        case .number(let value): NumberText.exact(value) ?? ""
        }
    }

    /// Compares bytes: a carriage return and the line feed after it are one `Character`.
    private static func quoted(_ value: String) -> String {
        let special = value.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        guard special else { return value }
        return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
