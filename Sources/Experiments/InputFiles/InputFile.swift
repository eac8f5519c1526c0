/// A file that another program wrote and that the user hands to `calibrate` or `diagnose`.
public struct InputFile: Sendable {
    /// The path as the user gave it, for messages.
    public var name: String
    /// Its contents.
    public var bytes: [UInt8]

    /// A file of that name and contents.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = Self.withoutMark(bytes)
    }

    /// The bytes but for the mark that Windows' editors put before UTF-8.
    static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// Reads a file.
    /// - Throws: an `InputError` of kind `missing` if it cannot be read, of kind `content` if it is no plain text.
    public static func read(_ path: String, files: FileAccess = .disk) throws(InputError) -> InputFile {
        guard let bytes = files.read(path) else {
            let what = files.list(path) == nil ? "cannot read this file" : "this is a folder"
            throw InputError(.missing, file: path, what, notes: ["allowed: a regular file of at most 256 MB"])
        }
        let file = InputFile(name: path, bytes: bytes)
        if let problem = file.foreignEncoding { throw InputError(.content, file: path, [problem]) }
        return file
    }
}

/// A line of text and its number, from 1.
struct InputLine: Equatable {
    var number: Int
    var text: String

    /// What stands between blanks.
    var words: [Substring] { text.split { $0 == " " || $0 == "\t" } }

    /// Neither blank nor empty.
    var isFilled: Bool { text.contains { $0 != " " && $0 != "\t" } }
}

extension InputFile {
    /// All lines, without their ends; bytes that are no UTF-8 show as U+FFFD.
    var lines: [InputLine] {
        // Split at bytes: CRLF is one Character and would hide its line feed.
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().map { index, line in
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            return InputLine(number: index + 1, text: String(decoding: text, as: UTF8.self))
        }
    }

    /// What is wrong in a line.
    /// - Parameter expected: what should stand there instead.
    func problem(_ line: Int, _ what: String, seen: (some StringProtocol)?, expected: String) -> InputProblem {
        let shown = seen.map { "seen " + jsonQuoted(String($0.prefix(60))) }
        return InputProblem(
            .root / "line \(line)", what, notes: [shown, "expected \(expected)"], file: name)
    }

    /// What is wrong at the end of the file, where something is missing.
    func incomplete(_ what: String, expected: String) -> InputProblem {
        let lines = 1 + bytes.dropLast().count { $0 == UInt8(ascii: "\n") }
        return problem(lines, what, seen: nil as String?, expected: expected)
    }
}
