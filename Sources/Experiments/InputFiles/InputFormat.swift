/// The formats that calibrate reads, told apart by what a file contains, never by its name.
public enum InputFormat: String, Sendable, CaseIterable {
    case fsyncTest = "pg_test_fsync output"
    case fio = "fio's JSON report"
    case iostat = "iostat's JSON report"
    case pgbenchSummary = "a pgbench summary"
    case pgbenchTransactions = "a pgbench transaction log"
    case pgbenchIntervals = "a pgbench log with --aggregate-interval"
    case waitSamples = "samples of waits"
    case pgStatWAL = "pg_stat_wal as CSV"
    case waldump = "pg_waldump --stats"
    case configuration = "a postgresql.conf"

    /// The format of a file; nil if it looks like none of them.
    static func detect(_ file: InputFile) -> InputFormat? {
        // The beginning tells; a log may be hundreds of megabytes long.
        let head = InputFile(name: file.name, bytes: Array(file.bytes.prefix(65_536)))
        let lines = head.lines.filter(\.isFilled)
        guard let first = lines.first else { return nil }
        if lines.contains(where: { $0.text.hasPrefix("{") }) {
            if contains(head, "\"fio version\"") { return .fio }
            if contains(head, "\"sysstat\"") { return .iostat }
        }
        if let log = pgbenchLog(first) { return log }
        if lines.contains(where: isPgbench) { return .pgbenchSummary }
        if lines.contains(where: { $0.text.hasPrefix("Type ") && $0.text.contains("Combined size") }) {
            return .waldump
        }
        if lines.contains(where: isFsyncRate) { return .fsyncTest }
        let header = first.text.lowercased()
        if header.contains("wal_bytes") || header.contains("wal_sync") && header.contains(",") { return .pgStatWAL }
        if header.contains("pid"), header.contains("event") { return .waitSamples }
        var scanner = ConfigurationLine(first.text)
        if (try? scanner.assignment(file: file.name, line: 1)) != nil || first.text.hasPrefix("#") {
            return .configuration
        }
        return nil
    }

    /// Six numbers or more: the first is a client, or the start of an interval in seconds since 1970.
    private static func pgbenchLog(_ line: InputLine) -> InputFormat? {
        let words = line.words
        // A log that lacks columns is still one, and its reader says what is missing.
        if (3...5).contains(words.count), words.allSatisfy({ Double($0) != nil }) { return .pgbenchTransactions }
        guard words.count >= 6, let first = Double(words[0]), Double(words[1]) != nil, Double(words[4]) != nil,
            Double(words[5]) != nil
        else { return nil }
        return first >= 1e8 ? .pgbenchIntervals : .pgbenchTransactions
    }

    /// The summary itself may come after an hour of progress.
    private static func isPgbench(_ line: InputLine) -> Bool {
        ["pgbench (", "starting vacuum...", "progress: ", "transaction type: ", "number of clients: ", "tps = "]
            .contains { line.text.hasPrefix($0) }
    }

    private static func isFsyncRate(_ line: InputLine) -> Bool {
        let words = line.words
        // Of an interrupted test there may be no more than this.
        if line.text.hasPrefix("Compare file sync methods") || line.text.hasSuffix(" per test") { return true }
        guard words.count > 1, FsyncTest.methods.contains(String(words[0])) else { return false }
        return words[1].hasPrefix("n/a") || words.count > 2 && FsyncTest.rate(words[1]) != nil
    }

    /// What the same programs print if they are called in another way, and how they should be.
    private static func otherOutput(_ first: InputLine) -> String? {
        if first.text.hasPrefix("Linux "), first.text.contains(" CPU)") {
            return "iostat's report for people; call it as iostat -x -o JSON 1 60"
        }
        if first.text.hasPrefix("rmgr: ") {
            return "pg_waldump's list of records; call it as pg_waldump --stats=record"
        }
        return nil
    }

    private static func contains(_ file: InputFile, _ text: String) -> Bool {
        String(decoding: file.bytes, as: UTF8.self).contains(text)
    }

    /// The format of a file, which must be one of these.
    static func detect(_ file: InputFile, among allowed: [InputFormat]) throws(InputProblem) -> InputFormat {
        let expected = allowed.map(\.rawValue).joined(separator: ", or ")
        guard let format = detect(file) else {
            guard let first = file.lines.first(where: \.isFilled) else {
                throw file.problem(1, "this file is empty", seen: nil as String?, expected: expected)
            }
            let what = otherOutput(first).map { "this is \($0)" } ?? "this file is in no known format"
            throw file.problem(first.number, what, seen: first.text, expected: expected)
        }
        guard allowed.contains(format) else {
            throw file.problem(1, "this is \(format.rawValue)", seen: nil as String?, expected: expected)
        }
        return format
    }
}
