/// What pgbench prints at the end of a run.
///
/// Sources: src/bin/pgbench/pgbench.c (printResults). Releases up to 13 print `tps` twice, including and excluding the
/// time to connect; the latter is taken.
struct PgbenchSummary: Sendable, Equatable {
    /// `<builtin: TPC-B (sort of)>`, or the script's path.
    var script = ""
    var clients: Int
    var threads: Int
    /// Transactions that were processed; nil if the line is missing.
    var transactions: Double?
    /// Committed transactions a second, without the time to connect.
    var tps: Double
    /// Mean latency in nanoseconds, from the scheduled start if there was a rate.
    var latency: Double?
    /// Standard deviation of latency in nanoseconds (needs `--progress` or `--log` to be printed).
    var deviation: Double?
    /// True for a run with `--rate`: throughput says nothing about the server's speed then.
    var hasRate = false
    /// `-M`: `simple`, `extended` or `prepared`.
    var queryMode = "simple"
    /// Why it is no closed loop of commits; nil if it may be one.
    var oddity: PgbenchOddity?

    /// All runs that were printed into one file, in its order.
    static func all(_ file: InputFile) throws(InputProblem) -> [PgbenchSummary] {
        let lines = file.lines
        // What is printed before a summary, such as progress, says nothing about the one above.
        var starts = lines.indices.filter { lines[$0].text.hasPrefix("transaction type: ") }
        starts = [0] + starts.dropFirst()
        var all: [PgbenchSummary] = []
        for (start, end) in zip(starts, starts.dropFirst() + [lines.count]) {
            all.append(try PgbenchSummary(lines[start..<end], of: file))
        }
        return all
    }

    private init(_ lines: ArraySlice<InputLine>, of file: InputFile) throws(InputProblem) {
        var fields = Fields()
        for line in lines { try fields.take(line, in: file) }
        let last = lines.last(where: \.isFilled)?.number ?? 1
        guard let clients = fields.clients else {
            throw file.problem(
                last, "the number of clients is missing", seen: nil as String?,
                expected: "a line \"number of clients: 8\"")
        }
        guard let tps = fields.tps else {
            throw file.problem(
                last, "the throughput is missing", seen: nil as String?,
                expected: "a line \"tps = 810.958376 (without initial connection time)\"")
        }
        self.clients = clients
        self.tps = tps
        threads = min(fields.threads ?? 1, clients)
        script = fields.script
        transactions = fields.transactions
        latency = fields.latency
        deviation = fields.deviation
        hasRate = fields.hasRate
        queryMode = fields.queryMode
        oddity = fields.oddity
    }

    private struct Fields {
        var script = ""
        var queryMode = "simple"
        var clients: Int?
        var threads: Int?
        var transactions: Double?
        var tps: Double?
        var latency: Double?
        var deviation: Double?
        var hasRate = false
        var tpsWithConnecting: Double?
        var connects = false
        var failed = 0.0
        var isAborted = false

        var oddity: PgbenchOddity? {
            // A connection at the beginning takes milliseconds of a run of seconds.
            let connects = connects || tps ?? 0 > 1.25 * (tpsWithConnecting ?? .infinity)
            if connects { return .connects }
            if script == "<builtin: select only>" || script == "SELECT only" { return .reads }
            if isAborted { return .aborted }
            return failed > PgbenchOddity.mostFailures * (failed + (transactions ?? .infinity)) ? .fails : nil
        }

        /// What is said without a number.
        private mutating func note(_ text: String) {
            if text.hasPrefix("transaction type: ") { script = String(text.dropFirst(18)) }
            if text.hasPrefix("query mode: ") { queryMode = String(text.dropFirst(12)) }
            if text.hasPrefix("rate limit schedule lag") { hasRate = true }
            if text.hasSuffix("(including reconnection times)") { connects = true }
            if text.hasSuffix("the above results are incomplete.") { isAborted = true }
        }

        mutating func take(_ line: InputLine, in file: InputFile) throws(InputProblem) {
            let text = line.text
            /// - Parameter unit: what stands behind the number.
            func value(_ label: String, _ range: ClosedRange<Double>, in unit: String = "") throws(InputProblem)
                -> Double?
            {
                guard text.hasPrefix(label) else { return nil }
                let rest = text.dropFirst(label.count)
                let word = rest.prefix { $0 != " " && $0 != "/" && $0 != "\t" }
                guard let value = number(word, in: range) else {
                    throw file.problem(
                        line.number, "\"\(label)\" has no usable number", seen: rest,
                        expected: plainText(range))
                }
                // Remarks in brackets may follow, and of how many transactions it should have been.
                let behind = rest.dropFirst(word.count).split(separator: " ").first.map(String.init) ?? ""
                guard behind == unit || behind.hasPrefix("(") && unit.isEmpty || behind.hasPrefix("/") else {
                    throw file.problem(
                        line.number, "\"\(label)\" has another unit", seen: rest,
                        expected: unit.isEmpty ? "a number without a unit" : "a number of \(unit)")
                }
                return value
            }
            note(text)
            let connections = 1...Double(WorkloadSchema.clientLimit)
            if let value = try value("number of clients: ", connections) { clients = Int(value) }
            if let value = try value("number of threads: ", 1...1024) { threads = Int(value) }
            if let value = try value("number of transactions actually processed: ", Plausible.count) {
                transactions = value
            }
            if let value = try value("latency average = ", 0...3.6e6, in: "ms") { latency = value * 1e6 }
            if let value = try value("latency stddev = ", 0...3.6e6, in: "ms") { deviation = value * 1e6 }
            if let value = try value("number of failed transactions: ", Plausible.count) { failed = value }
            // The second of two lines excludes the time to connect.
            if let value = try value("tps = ", 0.001...1e9) {
                if text.hasSuffix("(including connections establishing)") { tpsWithConnecting = value }
                tps = value
            }
        }
    }
}
