import Testing

@Suite("The sources are tidy")
struct TidyTests {
    /// Functions that are longer than others may be, and how long: none may grow, and none may join them.
    private static let longFunctions = [
        "Tests/PostgresTests/Locks/QueueTests.swift releaseOKConsequence": 50,
        "Tests/PostgresTests/Locks/QueueTests.swift wakeOrder": 51,
        "Tests/PostgresTests/Locks/RowLockTests.swift line": 54,
        "Tests/PostgresTests/Locks/SecondAttemptTests.swift absorbedWakeup": 45,
        "Tests/PostgresTests/Replication/SyncRepWaitTests.swift order": 42,
        "Tests/PostgresTests/WAL/BufferTests.swift bufferFullChain": 42,
        "Tests/ReportTests/RunScreenTests.swift golden": 62,
    ]

    /// Names that libraries and the language look for.
    private static let namesForOthers: Set<String> = [
        "Bench", "WalsimCommand", "_errorPrefix", "defaultValueDescription",
    ]

    /// Every source file by path, as lines.
    private let files: [(path: String, lines: [Substring])]

    init() throws {
        let repository = Repository()
        let paths = ["Sources", "Tests", "Scenarios"].flatMap { repository.files(below: $0, suffix: ".swift") }
        files = try (paths + ["Package.swift"]).map { path in
            (path, try repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).dropLast())
        }
    }

    @Test("Lines have at most 120 columns, and files 260 lines")
    func sizes() {
        #expect(files.count > 500)
        for (path, lines) in files {
            #expect(lines.count <= 260, "\(path) has \(lines.count) lines")
            for (index, line) in lines.enumerated() where line.utf8.count > 120 && line.count > 120 {
                Issue.record("\(path):\(index + 1) has \(line.count) columns")
            }
        }
    }

    @Test("Folders have at most 16 files: more than that nobody takes in at a glance")
    func folders() {
        let folders = Dictionary(grouping: files.map(\.path)) {
            $0.split(separator: "/").dropLast().joined(separator: "/")
        }
        #expect(folders.count > 80)
        for (folder, files) in folders.sorted(by: { $0.key < $1.key }) {
            #expect(files.count <= 16, "\(folder) has \(files.count) files")
        }
    }

    @Test("Functions have at most 40 lines, but for those that had more before this was looked after")
    func functions() {
        var known: [String: Int] = [:]
        for (path, lines) in files {
            for function in FunctionLength.all(in: lines) where function.lines > 40 {
                let place = "\(path) \(function.name)"
                known[place] = max(known[place] ?? 0, function.lines)
            }
        }
        for (place, lines) in known.sorted(by: { $0.key < $1.key }) {
            #expect(lines <= Self.longFunctions[place] ?? 40, "\(place) has \(lines) lines")
        }
        for place in Self.longFunctions.keys.sorted() {
            #expect(known[place] != nil, "\(place) is no longer too long: it need not be listed")
        }
    }

    @Test("Every name that is declared is used")
    func names() {
        var counts: [String: Int] = [:]
        var places: [String: String] = [:]
        // This file's list of names is no use of them.
        for (path, lines) in files where !path.hasSuffix("/TidyTests.swift") {
            for line in lines {
                for (word, isDeclared) in SourceWords.words(of: line) {
                    counts[word, default: 0] += 1
                    if isDeclared, !path.hasPrefix("Tests/") { places[word] = path }
                }
            }
        }
        #expect(places.count > 4_000)
        for (name, path) in places.sorted(by: { $0.key < $1.key }) where !Self.namesForOthers.contains(name) {
            #expect(counts[name]! > 1, "\(path) declares \(name), and nobody uses it")
        }
    }
}
