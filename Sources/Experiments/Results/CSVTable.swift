import Foundation
import SwiftCSV

/// A CSV file (RFC 4180) as text: a header row and rows of as many fields.
public struct CSVTable: Sendable, Equatable {
    /// The file as the user named it, for messages.
    public var file: String
    /// The columns' names.
    public var header: [String]
    /// The rows; each has a field for every column.
    public var rows: [[String]]

    /// What the hash of a scenario ends with in rows of a repeat that was interrupted.
    public static let interruptedSuffix = "-interrupted"

    /// A table of these rows.
    public init(file: String, header: [String], rows: [[String]]) {
        self.file = file
        self.header = header
        self.rows = rows
    }

    /// Reads a file; throws an `InputError` of kind `missing` if it cannot be read, of kind `content` if it is no
    /// CSV.
    public init(file: String, files: FileAccess = .disk) throws(InputError) {
        guard let bytes = files.read(file) else {
            throw InputError(.missing, file: file, "cannot read such a file")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InputError(.content, file: file, "not a CSV file", notes: ["not UTF-8"])
        }
        try self.init(file: file, text: text)
    }

    /// Takes a file's text apart.
    public init(file: String, text: String) throws(InputError) {
        let lines = try Self.lines(file: file, text: text)
        guard let header = lines.first, header.contains(where: { !$0.isEmpty }) else {
            throw InputError(.content, file: file, "the file is empty; expected CSV")
        }
        self.init(file: file, header: header, rows: [])
        for (index, line) in lines.enumerated().dropFirst() {
            // A blank line, such as one at the end, is no row.
            if line == [""], header.count > 1 { continue }
            guard line.count == header.count else {
                throw error(
                    row: index - 1, "this row has \(line.count) fields",
                    notes: [
                        "the header has \(header.count)", seenNote(line.joined(separator: ",")),
                    ])
            }
            rows.append(line)
        }
    }

    private static func lines(file: String, text: String) throws(InputError) -> [[String]] {
        do {
            let reader = try CSV<Enumerated>(string: text, delimiter: .comma, loadColumns: false, rowLimit: 0)
            let lines = Lines()
            try reader.enumerateAsArray(startAt: 0, rowLimit: nil) { lines.all.append($0) }
            return lines.all
        } catch {
            let reason = (error as? CSVParseError).map(\.text) ?? "\(error)"
            throw InputError(.content, file: file, "not a CSV file", notes: [reason])
        }
    }

    /// The reader's callback escapes, so what it collects needs a place of its own.
    private final class Lines { var all: [[String]] = [] }

    /// The number of the column of that name.
    public func column(_ name: String) -> Int? { header.firstIndex(of: name) }

    /// An error about one row; `row` counts from 0 behind the header.
    func error(row: Int, _ what: String, notes: [String?] = []) -> InputError {
        InputError(.content, file: file, [InputProblem(.root / "line \(row + 2)", what, notes: notes)])
    }

    /// An error about the whole file.
    func error(_ what: String, notes: [String?] = []) -> InputError {
        InputError(.content, file: file, what, notes: notes)
    }
}

extension CSVParseError {
    /// What is wrong.
    fileprivate var text: String {
        switch self {
        case .generic(let message), .quotation(let message): message
        }
    }
}
