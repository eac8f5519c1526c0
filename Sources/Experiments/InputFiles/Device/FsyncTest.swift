/// What pg_test_fsync printed.
///
/// A line is a label and `423.366 ops/sec    2362 usecs/op`; releases before 9.3 print no microseconds, and localised
/// builds translate every word but the methods' names, and write numbers as their locale does. So only these names, the
/// rates and their order are relied upon.
/// Source: src/bin/pg_test_fsync/pg_test_fsync.c (test_sync, print_elapse).
struct FsyncTest: Sendable, Equatable {
    /// What one 8 kB write and its sync take, in nanoseconds, by `wal_sync_method`.
    var oneWrite: [String: Double] = [:]
    /// The same for two writes and one sync.
    var twoWrites: [String: Double] = [:]
    /// An 8 kB write that is not synced, in nanoseconds.
    var plainWrite: Double?

    static let methods: Set<String> = ["open_datasync", "fdatasync", "fsync", "fsync_writethrough", "open_sync"]
    private static let expected = "a rate such as \"423.366 ops/sec    2362 usecs/op\", or n/a"

    init(_ file: InputFile) throws(InputProblem) {
        var seen: [String: Int] = [:]
        for line in file.lines {
            let words = line.words
            guard let label = words.first.map(String.init) else { continue }
            // Results are indented, prose is not.
            guard line.text.first == " " || line.text.first == "\t" else { continue }
            if Self.methods.contains(label) {
                let round = seen[label, default: 0]
                guard let time = try Self.time(words, line, in: file), round < 2 else {
                    seen[label] = round + 1
                    continue
                }
                seen[label] = round + 1
                if round == 0 { oneWrite[label] = time } else { twoWrites[label] = time }
            } else if label == "write", words.count > 1, Self.rate(words[1]) != nil {
                plainWrite = try Self.time(words, line, in: file)
            }
        }
        guard !oneWrite.isEmpty else {
            throw file.incomplete(
                "no sync method has a rate in this pg_test_fsync output",
                expected: "lines such as \"        fdatasync     423.366 ops/sec    2362 usecs/op\"")
        }
    }

    /// Nanoseconds an operation; nil for a method that the platform has not.
    private static func time(
        _ words: [Substring], _ line: InputLine, in file: InputFile
    ) throws(InputProblem) -> Double? {
        guard words.count > 1 else { throw file.problem(line.number, "no rate", seen: line.text, expected: expected) }
        if isAbsent(words) { return nil }
        // The rate is the more precise of the two figures.
        guard let rate = rate(words[1]) else {
            throw file.problem(line.number, "not a rate", seen: words[1], expected: expected)
        }
        try checkUnits(words, rate: rate, line, in: file)
        return 1e9 / rate
    }

    /// A rate, with the point or the comma of any locale: pg_test_fsync does not group thousands.
    static func rate(_ word: Substring) -> Double? {
        number(String(word.map { $0 == "," ? "." : $0 }), in: 1e-3...1e9)
    }

    /// Whether a method has words instead of a rate, such as `n/a`, which are translated.
    private static func isAbsent(_ words: [Substring]) -> Bool {
        !words.dropFirst().joined().contains(where: \.isNumber)
            && !words.contains { rateUnits.contains($0.lowercased()) }
    }

    /// What a rate and a time are called, in English and in the languages of PostgreSQL 15 that use Latin letters; the
    /// Italian translation has operations a second twice.
    private static let rateUnits: Set<String> = [
        "ops/sec", "ops/seg", "ops/sek", "ops/s", "op./s", "operazioni/sec",
    ]
    private static let timeUnits: Set<String> = [
        "usecs/op", "usegs/op", "useks/op", "us/op", "\u{B5}s/op.", "operazioni/sec",
    ]

    /// A unit that is neither known nor in other letters than ours is no translation, and times that do not go with the
    /// rate are in no microseconds, whatever they are called.
    private static func checkUnits(
        _ words: [Substring], rate: Double, _ line: InputLine, in file: InputFile
    ) throws(InputProblem) {
        for (index, known) in [(2, rateUnits), (4, timeUnits)] where words.count > index {
            let unit = words[index].lowercased()
            guard known.contains(unit) || unit.unicodeScalars.contains(where: { $0.value > 0xFF }) else {
                throw file.problem(line.number, "unknown unit", seen: words[index], expected: expected)
            }
        }
        guard words.count > 3 else { return }
        guard let time = number(words[3], in: Plausible.latency), abs(1e6 / rate - time) <= 1 + time / 100 else {
            throw file.problem(
                line.number, "this time does not go with the rate", seen: words[3],
                expected: "\(plainText((1e6 / rate).rounded())) usecs/op")
        }
    }
}
