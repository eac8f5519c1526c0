import SimTime

/// The per-transaction log of `pgbench --log`.
enum PgbenchLog {
    /// When each transaction was started, in order and relative to the first.
    ///
    /// A line is `client_id transaction_no time script_no time_epoch time_us [schedule_lag] [retries]`: completion and
    /// latency in microseconds; the latency counts from the scheduled start if there is a rate (pgbench.c, doLog).
    static func starts(_ bytes: [UInt8], file: String) throws(InputProblem) -> [Nanoseconds] {
        var starts: [Int64] = []
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let fields = line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") })
                .map { String(decoding: $0, as: UTF8.self) }
            if fields.isEmpty { continue }
            // Skipped and failed transactions have a word for their latency.
            if fields.count >= 6, fields[2] == "skipped" || fields[2] == "failed" { continue }
            guard fields.count >= 6, let latency = Int64(fields[2]), let seconds = Int64(fields[4]),
                let microseconds = Int64(fields[5]), (0...1_000_000_000_000).contains(latency),
                (0...1_000_000_000_000).contains(seconds), (0..<1_000_000).contains(microseconds)
            else {
                let text = String(decoding: line.prefix(60), as: UTF8.self)
                throw InputProblem(
                    SchemaPath.root / "line \(number)", "not a line of a pgbench transaction log",
                    notes: [
                        seenNote(text),
                        "allowed: client transaction latency script seconds microseconds",
                    ],
                    file: file)
            }
            starts.append(seconds * 1_000_000 + microseconds - latency)
        }
        guard let first = starts.min(), let last = starts.max() else {
            throw InputProblem(.root, "there is no transaction in this pgbench log", file: file)
        }
        guard last - first <= SchemaType.longestDuration.count / 1_000 else {
            throw InputProblem(.root, "this pgbench log spans more than a year", file: file)
        }
        return starts.sorted().map { Nanoseconds.microseconds($0 - first) }
    }
}
