/// Why what the user gave cannot be used: one or more problems, all in one scenario, other file, or option.
public struct InputError: Error, Sendable, CustomStringConvertible {
    /// Sorts of errors, by the command's exit status.
    public enum Kind: Sendable {
        /// The syntax of an option is wrong (64).
        case usage
        /// A file's contents are wrong, or the value of an option (65).
        case content
        /// There is no such file or scenario, or it or a file that it names cannot be read (66).
        case missing
    }

    /// What the command's exit status depends on.
    public var kind: Kind
    /// The scenario or file as the user named it; of an option its name, such as `--vary`.
    public var file: String
    /// Everything that is wrong, as far as it could be found; at least one.
    public var problems: [InputProblem]

    /// A file that is missing outweighs contents that are wrong.
    init(_ kind: Kind, file: String, _ problems: [InputProblem]) {
        self.kind = kind == .content && problems.contains(where: \.isMissingFile) ? .missing : kind
        self.file = file
        self.problems = problems
    }

    /// One thing that is wrong with the file or option as a whole.
    init(_ kind: Kind, file: String, _ what: String, notes: [String?] = []) {
        self.init(kind, file: file, [InputProblem(.root, what, notes: notes)])
    }

    /// One line a problem: `FILE: PATH.IN.FILE: what is wrong (value seen; what is allowed; nearest valid key)`.
    public var lines: [String] { problems.map { "\($0.file ?? file): \($0)" } }

    /// The lines as one text.
    public var description: String { lines.joined(separator: "\n") }
}

/// One thing that is wrong with a file or an option.
public struct InputProblem: Error, Sendable, CustomStringConvertible {
    /// The file, if it is not the error's own.
    public var file: String?
    /// Such as `clients.0.count` or `line 4`; empty for the whole.
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
    var asMissingFile: InputProblem {
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
