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

    init(_ file: InputFile) throws(InputProblem) {
        var fields = Fields()
        for line in file.lines { try fields.take(line, in: file) }
        guard let clients = fields.clients else {
            throw file.incomplete("the number of clients is missing", expected: "a line \"number of clients: 8\"")
        }
        guard let tps = fields.tps else {
            throw file.incomplete(
                "the throughput is missing", expected: "a line \"tps = 810.958376 (without initial connection time)\"")
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
            if text.hasPrefix("transaction type: ") { script = String(text.dropFirst(18)) }
            if text.hasPrefix("query mode: ") { queryMode = String(text.dropFirst(12)) }
            let connections = 1...Double(WorkloadSchema.clientLimit)
            if let value = try value("number of clients: ", connections) { clients = Int(value) }
            if let value = try value("number of threads: ", 1...1024) { threads = Int(value) }
            if let value = try value("number of transactions actually processed: ", Plausible.count) {
                transactions = value
            }
            if let value = try value("latency average = ", 0...3.6e6, in: "ms") { latency = value * 1e6 }
            if let value = try value("latency stddev = ", 0...3.6e6, in: "ms") { deviation = value * 1e6 }
            // The second of two lines excludes the time to connect.
            if let value = try value("tps = ", 0.001...1e9) { tps = value }
            if text.hasPrefix("rate limit schedule lag") { hasRate = true }
        }
    }
}
