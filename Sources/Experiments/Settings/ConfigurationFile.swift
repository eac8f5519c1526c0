/// One assignment in a postgresql.conf.
struct ConfigurationEntry: Equatable {
    var name: String
    var value: String
    var file: String
    var line: Int
    /// True if it is no line of a file but what a running server shows, which may be fixed since the cluster was made.
    var isShownByServer = false
}

/// Reads a postgresql.conf as guc-file.l does: comments, quotes, `include`, `include_if_exists` and `include_dir`.
///
/// Entries come in the order in which they take effect; the last one of a name wins. A postgresql.auto.conf is read
/// only if it is included.
struct ConfigurationFile {
    /// PostgreSQL's limit to nested includes (CONF_FILE_MAX_DEPTH).
    private static let includeDepthLimit = 10

    private let files: FileAccess
    private(set) var entries: [ConfigurationEntry] = []

    private init(files: FileAccess) { self.files = files }

    /// All entries of the file and of those that it includes; nil if the file cannot be read.
    static func read(_ path: String, files: FileAccess) throws(InputProblem) -> [ConfigurationEntry]? {
        var reader = ConfigurationFile(files: files)
        guard let bytes = files.read(path) else { return nil }
        try reader.read(bytes, file: path, depth: 0)
        return reader.entries
    }

    private mutating func read(_ bytes: [UInt8], file: String, depth: Int) throws(InputProblem) {
        var number = 0
        let bytes = InputFile.withoutMark(bytes)
        // Lines are split at bytes: CRLF is one Character and would hide its line feed.
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard let text = String(validating: line, as: UTF8.self) else {
                throw InputProblem(
                    .root / "line \(number)", "this is no postgresql.conf: invalid UTF-8", file: file)
            }
            var scanner = ConfigurationLine(text)
            guard let (name, value) = try scanner.assignment(file: file, line: number) else { continue }
            let entry = ConfigurationEntry(name: name, value: value, file: file, line: number)
            try take(entry, depth: depth)
        }
    }

    private mutating func take(_ entry: ConfigurationEntry, depth: Int) throws(InputProblem) {
        switch entry.name.lowercased() {
        case "include": try include(entry.value, from: entry, depth: depth, isOptional: false)
        case "include_if_exists": try include(entry.value, from: entry, depth: depth, isOptional: true)
        case "include_dir":
            let directory = FileAccess.path(entry.value, besides: entry.file)
            guard let names = files.list(directory) else {
                throw entry.problem("could not open configuration directory \"\(entry.value)\"").asMissingFile
            }
            for name in names.sorted() where name.hasSuffix(".conf") && !name.hasPrefix(".") {
                try include(directory + "/" + name, from: entry, depth: depth, isOptional: false, isResolved: true)
            }
        default: entries.append(entry)
        }
    }

    private mutating func include(
        _ name: String, from entry: ConfigurationEntry, depth: Int, isOptional: Bool, isResolved: Bool = false
    ) throws(InputProblem) {
        let path = isResolved ? name : FileAccess.path(name, besides: entry.file)
        guard depth < Self.includeDepthLimit else {
            throw entry.problem("could not open configuration file \"\(name)\": maximum nesting depth exceeded")
        }
        if let bytes = files.read(path) {
            try read(bytes, file: path, depth: depth + 1)
        } else if !isOptional {
            throw entry.problem("could not open configuration file \"\(name)\"").asMissingFile
        }
    }
}

extension ConfigurationEntry {
    /// A problem in this line.
    func problem(_ what: String, notes: [String?] = []) -> InputProblem {
        InputProblem(SchemaPath.root / "line \(line)", what, notes: notes, file: file)
    }
}
