/// Reads rows of separated values (RFC 4180, with any of `, ; | tab` between fields) one at a time.
///
/// Unlike a general reader it knows the line that each row began in, which messages need, and never holds more than one
/// row, as samples of an hour may be hundreds of megabytes.
struct CSVReader {
    let file: InputFile
    /// The first row.
    private(set) var header: [String] = []
    /// The first row as it stands there.
    private var titles: [String] = []
    private let delimiter: UInt8
    private var position = 0
    private var line = 1

    /// A row, and the line that it begins in.
    struct Row {
        var line: Int
        var fields: [String]
    }

    /// - Parameter expected: the columns that the file should have, for messages.
    init(_ file: InputFile, expected: String) throws(InputProblem) {
        self.file = file
        delimiter = Self.delimiter(of: file.bytes)
        guard let row = try nextRow() else { throw file.incomplete("this file is empty", expected: expected) }
        titles = row.fields
        header = row.fields.map { $0.filter { $0 != " " }.lowercased() }
    }

    /// The first of these columns that the header has.
    func column(_ names: [String]) -> Int? {
        names.lazy.compactMap { header.firstIndex(of: $0) }.first
    }

    /// The next row with as many fields as the header; nil at the end. The header may come again, as where samples were
    /// appended one query's output after the other.
    mutating func next() throws(InputProblem) -> Row? {
        while let row = try nextRow() {
            if row.fields[0] == titles[0], row.fields == titles { continue }
            if row.fields.count == header.count { return row }
            // psql's footer, and the line of dashes under an aligned header.
            let text = row.fields.joined(separator: String(UnicodeScalar(delimiter)))
            if row.fields.count == 1, text.isEmpty || text.hasPrefix("(") || text.hasPrefix("-") { continue }
            throw file.problem(
                row.line, "this row has \(row.fields.count) fields", seen: text,
                expected: "\(header.count) as in the header")
        }
        return nil
    }

    private mutating func nextRow() throws(InputProblem) -> Row? {
        guard position < file.bytes.count else { return nil }
        var row = Row(line: line, fields: [])
        while true {
            row.fields.append(try field())
            guard position < file.bytes.count else { return row }
            let byte = file.bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                return row
            }
        }
    }

    /// Reads up to a delimiter or the end of the line, which stays unread.
    private mutating func field() throws(InputProblem) -> String {
        if position < file.bytes.count, file.bytes[position] == UInt8(ascii: "\"") { return try quotedField() }
        let start = position
        while position < file.bytes.count, !isEnd(file.bytes[position]) { position += 1 }
        var text = file.bytes[start..<position]
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        // psql's aligned tables.
        if delimiter == UInt8(ascii: "|") {
            text = text.drop { $0 == UInt8(ascii: " ") }
            while text.last == UInt8(ascii: " ") { text.removeLast() }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func quotedField() throws(InputProblem) -> String {
        let opening = line
        var text: [UInt8] = []
        position += 1
        while position < file.bytes.count {
            let byte = file.bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte != UInt8(ascii: "\"") {
                text.append(byte)
            } else if position < file.bytes.count, file.bytes[position] == byte {
                text.append(byte)
                position += 1
            } else {
                while position < file.bytes.count, !isEnd(file.bytes[position]) { position += 1 }
                return String(decoding: text, as: UTF8.self)
            }
        }
        throw file.problem(opening, "a quoted field has no end", seen: nil as String?, expected: "a closing quote")
    }

    private func isEnd(_ byte: UInt8) -> Bool { byte == delimiter || byte == UInt8(ascii: "\n") }

    /// What separates the fields of the first line.
    private static func delimiter(of bytes: [UInt8]) -> UInt8 {
        let candidates = [",", ";", "|", "\t"].map { Array($0.utf8)[0] }
        let header = bytes.prefix { $0 != UInt8(ascii: "\n") }
        return candidates.max { a, b in header.count { $0 == a } < header.count { $0 == b } } ?? candidates[0]
    }
}
