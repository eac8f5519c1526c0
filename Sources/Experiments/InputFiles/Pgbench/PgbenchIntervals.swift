/// Sums over intervals from `pgbench --log --aggregate-interval`.
///
/// A line is `interval_start num_transactions sum_latency sum_latency_2 min_latency max_latency` and, by release and
/// options, up to nine more columns (lag, skipped, retries, failures); times are microseconds. Each thread writes its
/// own file. Source: pgbench.c (doLog).
struct PgbenchIntervals: Sendable, Equatable {
    /// Transactions by the interval's start in seconds since 1970.
    var transactions: [Int64: Double] = [:]
    var sum = 0.0
    var sumOfSquares = 0.0
    var min = Double.infinity
    var max = 0.0
    /// True if a transaction was late: the run had a rate.
    var hasRate = false

    private static let expected = "start, transactions, sum, sum of squares, least and greatest latency in us"

    init(_ file: InputFile) throws(InputProblem) {
        for line in file.lines where line.isFilled {
            let words = line.words
            guard (6...15).contains(words.count), let start = number(words[0], in: 0...1e11),
                let count = number(words[1], in: Plausible.count), let sum = number(words[2], in: Plausible.count),
                let squares = number(words[3], in: 0...1e30), let least = number(words[4], in: 0...3.6e9),
                let most = number(words[5], in: 0...3.6e9), least <= most,
                words.dropFirst(6).allSatisfy({ number($0, in: 0...1e30) != nil })
            else {
                throw file.problem(
                    line.number, "not a line of pgbench's aggregated log", seen: line.text, expected: Self.expected)
            }
            transactions[Int64(start), default: 0] += count
            self.sum += sum
            sumOfSquares += squares
            if count > 0 { (min, max) = (Swift.min(min, least), Swift.max(max, most)) }
            if words.count > 6, let lag = Double(words[6]), lag > 0 { hasRate = true }
        }
        guard transactions.count > 1, total > 0, interval > 0 else {
            throw file.incomplete("fewer than two intervals with transactions", expected: Self.expected)
        }
    }

    var total: Double { transactions.values.reduce(0, +) }

    /// Seconds from the start of one interval to that of the next.
    private var interval: Double {
        let starts = transactions.keys.sorted()
        return Double(zip(starts, starts.dropFirst()).map { $1 - $0 }.min() ?? 0)
    }

    /// Transactions a second in all intervals but the first and the last, which are cut off by the run's ends, if
    /// there are others.
    var tps: Double {
        let inOrder = transactions.sorted { $0.key < $1.key }.map(\.value)
        let whole = inOrder.count > 2 ? inOrder.dropFirst().dropLast() : inOrder[...]
        return whole.reduce(0, +) / (Double(whole.count) * interval)
    }

    /// Latencies in nanoseconds.
    var latency: LatencyRecord {
        let mean = sum / total
        let variance = Swift.max(sumOfSquares / total - mean * mean, 0)
        return LatencyRecord(
            count: total, mean: mean * 1_000, deviation: variance.squareRoot() * 1_000, min: min * 1_000,
            max: max * 1_000)
    }

    /// How many clients a closed loop of this throughput and latency has (Little's law).
    var clients: Int { Swift.max(1, Int(Swift.min(tps * latency.mean / 1e9, 1e6).rounded())) }

    /// Whether the other is another thread's share of the same run.
    func isSameRun(as other: PgbenchIntervals) -> Bool {
        !Set(transactions.keys).isDisjoint(with: other.transactions.keys)
    }

    /// Adds another thread's share.
    mutating func merge(_ other: PgbenchIntervals) {
        transactions.merge(other.transactions, uniquingKeysWith: +)
        sum += other.sum
        sumOfSquares += other.sumOfSquares
        min = Swift.min(min, other.min)
        max = Swift.max(max, other.max)
        hasRate = hasRate || other.hasRate
    }
}
