/// Reads values of a JSON report that another program wrote, and says file, line and key of what is not as expected.
struct JSONReader {
    let file: InputFile
    let root: JSONNode

    /// - Parameter beginsAt: lines before the first that begins with it are skipped: programs warn there.
    init(_ file: InputFile, format: String, beginsAt start: String) throws(InputProblem) {
        var bytes = file.bytes
        guard let begin = Self.line(beginningWith: start, in: bytes) else {
            throw file.incomplete("this is not \(format)", expected: "a line that begins with {")
        }
        // Line numbers stay as they are in the file.
        for index in 0..<begin where bytes[index] != UInt8(ascii: "\n") { bytes[index] = UInt8(ascii: " ") }
        do throws(JSONSyntaxError) {
            self.init(file, try JSONParser.parse(bytes))
        } catch {
            throw InputProblem(
                .root / "line \(error.line)", error.message, notes: ["expected \(format)"], file: file.name)
        }
    }

    private static func line(beginningWith start: String, in bytes: [UInt8]) -> Int? {
        bytes.indices.first { index in
            (index == 0 || bytes[index - 1] == UInt8(ascii: "\n")) && bytes[index...].starts(with: start.utf8)
        }
    }

    init(_ file: InputFile, _ root: JSONNode) {
        self.file = file
        self.root = root
    }

    /// A number; a missing key or a value outside of the range is an error.
    func required(_ key: String, in range: ClosedRange<Double>) throws(InputProblem) -> Double {
        guard let value = try optional(key, in: range) else {
            throw file.problem(
                root.line, "the key \"\(key)\" is missing", seen: nil as String?, expected: plainText(range))
        }
        return value
    }

    /// A number, or nil if there is no such key.
    func optional(_ key: String, in range: ClosedRange<Double>) throws(InputProblem) -> Double? {
        guard let node = root[key] else { return nil }
        guard case .number(let text) = node.kind, let value = number(text, in: range) else {
            throw file.problem(node.line, "\"\(key)\" is wrong", seen: node.inlineText, expected: plainText(range))
        }
        return value
    }

    /// A string's text.
    static func text(_ node: JSONNode) -> String? {
        if case .string(let text) = node.kind { return text }
        return nil
    }
}

extension JSONNode {
    /// Where it stands in its file.
    var line: Int {
        if case .file(let line, _) = place { return line }
        return 1
    }
}
