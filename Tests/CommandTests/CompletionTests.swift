import Foundation
import Testing

/// What bash offers with the script that `walsim --generate-completion-script bash` prints, asked as bash asks.
@Suite("Completions in bash")
struct CompletionTests {
    private static let folder = FileManager.default.temporaryDirectory.appending(path: "walsim-completions")

    /// The offers for the last of some words.
    private func offers(_ words: String...) throws -> [String] {
        let script = """
            source <("$0" --generate-completion-script bash)
            PATH=$(dirname "$0"):$PATH
            COMP_WORDS=(walsim "$@"); COMP_CWORD=$#; COMP_LINE="walsim $*"; COMP_POINT=${#COMP_LINE}
            _walsim walsim "${COMP_WORDS[$COMP_CWORD]}" "${COMP_WORDS[$COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let outcome = try Command(binary: "/bin/bash", folder: Self.folder.path)
            .run(["-c", script, Command.binary] + words)
        return outcome.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.sorted()
    }

    init() throws {
        let nested = Self.folder.appending(path: "my folder")
        try FileManager.default.createDirectory(at: nested, withIntermediateDirectories: true)
        for file in ["burst-of-mine.json", "notes.txt", "my folder/deep.json"] {
            try Data("{}".utf8).write(to: Self.folder.appending(path: file))
        }
    }

    @Test("A scenario is a bundled one, a JSON file, or one in a folder") func scenarios() throws {
        #expect(try offers("run", "burst") == ["burst-insert", "burst-insert-stall", "burst-of-mine.json"])
        #expect(try offers("validate", "my").map { $0.replacing("\\", with: "") } == ["my folder/"])
        #expect(try offers("tune", "./b") == ["./burst-of-mine.json"])
    }

    @Test("Files are offered where files are read and written, folders where a folder is wanted") func files() throws {
        #expect(try offers("compare", "no") == ["notes.txt"])
        #expect(try offers("run", "burst-insert", "--trace", "burst") == ["burst-of-mine.json"])
        #expect(try offers("run", "burst-insert", "--out", "").map { $0.replacing("\\", with: "") } == ["my folder"])
        #expect(try offers("calibrate", "--conf", "no") == ["notes.txt"])
    }

    @Test("Metrics, releases and choices are offered by name") func names() throws {
        #expect(try offers("compare", "a.csv", "b.csv", "--metric", "txns") == ["txns_per_flush"])
        #expect(try offers("init", "--server-version", "1") == ["15", "16", "17", "18"])
        #expect(try offers("run", "burst-insert", "--format", "") == ["csv", "json", "table"])
    }
}
