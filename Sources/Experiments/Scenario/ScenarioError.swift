/// Why a scenario cannot be used: one or more problems, all in one file.
public struct ScenarioError: Error, Sendable, CustomStringConvertible {
    /// Sorts of errors, by the command's exit status.
    public enum Kind: Sendable {
        /// The syntax of an option is wrong (64).
        case usage
        /// The scenario, a file that it names, or a value of `--set` is wrong (65).
        case content
        /// There is no such scenario, or it or a file that it names cannot be read (66).
        case missing
    }

    /// What the command's exit status depends on.
    public var kind: Kind
    /// The scenario as the user named it.
    public var file: String
    /// Everything that is wrong, as far as it could be found; at least one.
    public var problems: [ScenarioProblem]

    /// A file that is missing outweighs contents that are wrong.
    init(_ kind: Kind, file: String, _ problems: [ScenarioProblem]) {
        self.kind = kind == .content && problems.contains(where: \.isMissingFile) ? .missing : kind
        self.file = file
        self.problems = problems
    }

    /// One line a problem: `FILE: PATH.IN.FILE: what is wrong (value seen; what is allowed; nearest valid key)`.
    public var lines: [String] { problems.map { "\($0.file ?? file): \($0)" } }

    /// The lines as one text.
    public var description: String { lines.joined(separator: "\n") }
}

/// One thing that is wrong with a scenario.
public struct ScenarioProblem: Error, Sendable, CustomStringConvertible {
    /// The file, if it is not the scenario's own.
    public var file: String?
    /// Such as `clients.0.count`; empty for the scenario as a whole.
    public var path: String
    /// What is wrong, in a few words.
    public var what: String
    /// The value seen, what is allowed, the nearest valid choice.
    public var notes: [String]
    /// Whether it is a file that cannot be read: the command's exit status is that of a missing file then.
    var isMissingFile = false

    init(_ path: SchemaPath, _ what: String, notes: [String?] = [], file: String? = nil) {
        self.file = file
        self.path = path.description
        self.what = what
        self.notes = notes.compactMap { $0 }
    }

    /// The same problem as that of a file which cannot be read.
    var asMissingFile: ScenarioProblem {
        var problem = self
        problem.isMissingFile = true
        return problem
    }

    /// `PATH.IN.FILE: what is wrong (notes)`.
    public var description: String {
        (path.isEmpty ? "" : shortened(path) + ": ") + what
            + (notes.isEmpty ? "" : " (" + notes.joined(separator: "; ") + ")")
    }

    /// Keys are as long as their writer likes.
    private func shortened(_ path: String) -> String {
        path.split(separator: ".", omittingEmptySubsequences: false).map { shortText(String($0)) }
            .joined(separator: ".")
    }
}

/// The way from the root of a scenario to a value: keys and list indexes.
struct SchemaPath: Sendable, Equatable, CustomStringConvertible {
    var parts: [String] = []

    static let root = SchemaPath()

    init() {}

    init(_ text: String) { parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }

    static func / (path: SchemaPath, part: String) -> SchemaPath {
        var longer = path
        longer.parts.append(part)
        return longer
    }

    static func / (path: SchemaPath, index: Int) -> SchemaPath { path / String(index) }

    var description: String { parts.joined(separator: ".") }
}

/// A text as messages show it: what is long is cut off.
func shortText(_ text: String) -> String { text.count > 60 ? String(text.prefix(57)) + "..." : text }

extension JSONNode {
    /// The value and where it was seen, for messages: `seen -1 in line 4`.
    var seen: String {
        "seen " + shortText(inlineText) + place.suffix + (brokenJSON.map { ", which is not JSON: \($0)" } ?? "")
    }

    /// Why an option's value that begins as JSON's objects and lists do was taken for a string.
    private var brokenJSON: String? {
        guard place == .option || place == .varyOption, case .string(let text) = kind,
            text.hasPrefix("{") || text.hasPrefix("[")
        else { return nil }
        do throws(JSONSyntaxError) {
            _ = try JSONParser.parse(text)
            return nil
        } catch {
            return error.message
        }
    }
}

extension SourcePlace {
    /// ` in line 4`, for messages.
    var suffix: String {
        switch self {
        case .file(let line, _): " in line \(line)"
        case .option: " in --set"
        case .varyOption: " in --vary"
        case .whereOption: " in --where"
        case .builtIn: ""
        }
    }
}
