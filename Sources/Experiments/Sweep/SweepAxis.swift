/// One `--vary PATH=V1,V2,...`: a path of the scenario and the values that it takes in turn.
public struct SweepAxis: Sendable, Equatable {
    /// The path, as `--set` takes it.
    public var path: String
    /// The values, each as it would stand behind `--set PATH=`; no two are the same text.
    public var values: [String]

    /// An axis of these values.
    public init(path: String, values: [String]) {
        self.path = path
        self.values = values
    }

    /// The last part of the path.
    public var shortName: String { path.split(separator: ".").last.map(String.init) ?? path }

    /// What a reader is shown: the short name, or of a count, which could be anything's, what is counted.
    public var title: String { path.hasSuffix(".count") ? String(path.dropLast(6)) : shortName }

    /// Takes an option apart.
    ///
    /// Values are split at commas outside of brackets and quotes; each may be a range `A..B:STEP`. Throws an
    /// `InputError` of kind `usage` if the text has no such form.
    public init(option text: String) throws(InputError) {
        let (path, list) = try Self.parts(of: text)
        var values: [String] = []
        for item in splitOutsideBrackets(list) {
            do throws(ValueRange.Failure) {
                values += try ValueRange(item)?.values ?? [item]
            } catch {
                throw Self.usage(text, error.message)
            }
        }
        if values.contains("") { throw Self.usage(text, "a value is empty") }
        if let twice = firstDuplicate(values) { throw Self.usage(text, "the value \(twice) is given twice") }
        if ["seed", "repeats"].contains(path) {
            throw Self.usage(text, "\(path) cannot be varied: every point runs the same seeds; use --\(path)")
        }
        self.init(path: path, values: values)
    }

    /// The path and what stands behind the equals sign.
    static func parts(of text: String) throws(InputError) -> (path: String, list: String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw usage(text, "expected PATH=V1,V2,... or PATH=A..B:STEP")
        }
        let path = SchemaPath(String(text[..<equals])).canonical.description
        return (path, String(text[text.index(after: equals)...]))
    }

    static func usage(_ text: String, _ what: String) -> InputError {
        InputError(.usage, file: "--vary", what, notes: [seenNote(text)])
    }
}

/// The parts of `text` between commas that stand in no bracket and in no quotes, without blanks around them.
private func splitOutsideBrackets(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    for character in text {
        if character == ",", depth == 0, !isQuoted {
            parts.append("")
            continue
        }
        parts[parts.count - 1].append(character)
        if isQuoted {
            if character == "\"", !isEscaped { isQuoted = false }
            isEscaped = character == "\\" && !isEscaped
        } else {
            if character == "\"" { isQuoted = true }
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
        }
    }
    return parts.map(\.trimmingBlanks)
}

/// The first element that has come before.
func firstDuplicate(_ values: [String]) -> String? {
    var seen: Set<String> = []
    return values.first { !seen.insert($0).inserted }
}
