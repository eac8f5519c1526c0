/// Single transactions from `pgbench --log`.
///
/// A line is `client_id transaction_no time script_no time_epoch time_us [schedule_lag] [retries]`; times are
/// microseconds. Each pgbench thread writes a file of its own. With `--sampling-rate` most lines are left out, and only
/// the numbers of the transactions tell. Source: pgbench.c (doLog).
struct PgbenchTransactions: Sendable, Equatable {
    /// Latencies in nanoseconds, in the order of the file.
    var latencies: [Double] = []
    /// What a client's lines say by their transactions' numbers.
    struct Numbers: Sendable, Equatable {
        var lines = 0.0
        var first = Double.infinity
        var last = 0.0
    }

    /// Lines of transactions that failed.
    private var failed = 0.0

    /// By the clients' own numbers.
    private var numbers: [Int: Numbers] = [:]
    /// First and last completion, in microseconds since 1970.
    var first = Int64.max
    var last = Int64.min
    /// True if lines have a schedule lag: the run had a rate.
    var hasRate = false

    private static let expected = "client, transaction, latency in us, script, seconds, microseconds"

    init(_ file: InputFile) throws(InputProblem) {
        var lagged = 0
        for line in file.lines where line.isFilled {
            let words = line.words
            note(words)
            // Skipped and failed transactions have a word for their latency.
            if words.count >= 6, ["skipped", "failed", "serialization", "deadlock"].contains(words[2]) {
                if words[2] != "skipped" { failed += 1 }
                continue
            }
            guard (6...8).contains(words.count), number(words[0], in: 0...1e6) != nil,
                let latency = number(words[2], in: 0...3.6e9), let seconds = number(words[4], in: 0...1e11),
                let micros = number(words[5], in: 0...999_999),
                words.allSatisfy({ number($0, in: Plausible.count) != nil })
            else {
                throw file.problem(
                    line.number, "not a line of a pgbench transaction log", seen: line.text, expected: Self.expected)
            }
            latencies.append(latency * 1_000)
            let completion = Int64(seconds) * 1_000_000 + Int64(micros)
            first = min(first, completion)
            last = max(last, completion)
            if words.count == 8 || words.count == 7 && words[6] != "0" { lagged += 1 }
        }
        // A seventh word alone is a lag, which is hardly ever 0, or with --max-tries the retries, which mostly are.
        hasRate = 2 * lagged > latencies.count
        guard latencies.count > 1, last > first else {
            throw file.incomplete("fewer than two transactions at different times", expected: Self.expected)
        }
    }

    /// Counts a line and its transaction's number.
    private mutating func note(_ words: [Substring]) {
        guard words.count > 1, let client = number(words[0], in: 0...1e6),
            let at = number(words[1], in: Plausible.count)
        else { return }
        var seen = numbers[Int(client), default: Numbers()]
        seen.lines += 1
        (seen.first, seen.last) = (min(seen.first, at), max(seen.last, at))
        numbers[Int(client)] = seen
    }

    /// The clients' numbers.
    var clients: Set<Int> { Set(numbers.keys) }

    /// Of how many transactions there are lines, from 0 to 1.
    var share: Double {
        // The first line of each client begins the count.
        let lines = numbers.values.reduce(0) { $0 + $1.lines - 1 }
        let all = numbers.values.reduce(0) { $0 + $1.last - $1.first }
        return all > 0 && lines > 0 ? min(lines / all, 1) : 1
    }

    /// Transactions a second between the first completion and the last, those without a line included.
    var tps: Double { Double(latencies.count - 1) * 1e6 / Double(last - first) / share }

    /// Why it is no closed loop of commits, as far as a log tells.
    var oddity: PgbenchOddity? {
        failed > PgbenchOddity.mostFailures * (failed + Double(latencies.count)) ? .fails : nil
    }

    /// Whether the other is another thread's share of the same run.
    func isSameRun(as other: PgbenchTransactions) -> Bool {
        clients.isDisjoint(with: other.clients) && first <= other.last && other.first <= last
    }

    /// Adds another thread's share.
    mutating func merge(_ other: PgbenchTransactions) {
        latencies += other.latencies
        failed += other.failed
        numbers.merge(other.numbers) { mine, _ in mine }
        first = min(first, other.first)
        last = max(last, other.last)
        hasRate = hasRate || other.hasRate
    }
}
