/// One pgbench run, from its summary, its log, or both.
struct MeasuredRun: Sendable {
    var clients: Int
    var threads: Int
    var tps: Double
    /// Of all transactions, in nanoseconds; nil if only the throughput is known.
    var latency: LatencyRecord?
    /// The distribution of single latencies, of as many transactions as the log holds; nil without a log.
    var distribution: LatencyRecord?
    /// True for a run with `--rate`, whose throughput says nothing about the server.
    var hasRate: Bool
    /// Why its throughput says nothing about commits in a closed loop either; nil if it may.
    var oddity: PgbenchOddity?
    /// False if the number of clients follows from throughput and latency, which with a rate tell of its queue.
    var clientsAreCounted = true
    /// Of how many transactions the log has lines, from 0 to 1.
    var loggedShare = 1.0
    /// How many transactions the summary counts.
    var transactions: Double?
    var queryMode = "simple"
    /// The files that tell about it.
    var sources: [String]

    /// A closed loop of commits: what a simulation is fitted to.
    var isPlain: Bool { !hasRate && oddity == nil }

    /// A closed loop without think time that was watched from outside.
    init(clients: Int, tps: Double, source: String) {
        self.clients = clients
        self.tps = tps
        threads = 1
        hasRate = false
        sources = [source]
    }

    private init(_ summary: PgbenchSummary, _ source: String) {
        clients = summary.clients
        threads = summary.threads
        tps = summary.tps
        hasRate = summary.hasRate
        transactions = summary.transactions
        queryMode = summary.queryMode
        oddity = summary.oddity
        latency = summary.latency.map {
            LatencyRecord(
                count: summary.transactions ?? 0, mean: $0, deviation: summary.deviation, min: nil, max: nil)
        }
        sources = [source]
    }

    private init(_ log: PgbenchTransactions, threads: Int, _ sources: [String]) {
        clients = log.clients.count
        self.threads = threads
        tps = log.tps
        hasRate = log.hasRate
        oddity = log.oddity
        loggedShare = log.share
        distribution = LatencyRecord(values: log.latencies)
        latency = distribution
        self.sources = sources
    }

    private init(_ intervals: PgbenchIntervals, threads: Int, _ sources: [String]) {
        clients = intervals.clients
        clientsAreCounted = !intervals.hasRate
        self.threads = threads
        tps = intervals.tps
        hasRate = intervals.hasRate
        latency = intervals.latency
        self.sources = sources
    }

    /// All runs that some files tell about, by number of clients. Threads' logs of one run become one, and a summary
    /// joins the log of as many clients and about the same throughput.
    static func all(_ files: [InputFile]) throws(InputProblem) -> [MeasuredRun] {
        var runs: [MeasuredRun] = []
        var logs: [(log: PgbenchTransactions, sources: [String])] = []
        var intervals: [(log: PgbenchIntervals, sources: [String])] = []
        for file in files {
            let allowed: [InputFormat] = [.pgbenchSummary, .pgbenchTransactions, .pgbenchIntervals]
            switch try InputFormat.detect(file, among: allowed) {
            case .pgbenchTransactions:
                let log = try PgbenchTransactions(file)
                if let index = logs.firstIndex(where: { $0.log.isSameRun(as: log) }) {
                    logs[index].log.merge(log)
                    logs[index].sources.append(file.name)
                } else {
                    logs.append((log, [file.name]))
                }
            case .pgbenchIntervals:
                let log = try PgbenchIntervals(file)
                if let index = intervals.firstIndex(where: { $0.log.isSameRun(as: log) }) {
                    intervals[index].log.merge(log)
                    intervals[index].sources.append(file.name)
                } else {
                    intervals.append((log, [file.name]))
                }
            default: runs += try PgbenchSummary.all(file).map { MeasuredRun($0, file.name) }
            }
        }
        let logged =
            logs.map { MeasuredRun($0.log, threads: $0.sources.count, $0.sources) }
            + intervals.map { MeasuredRun($0.log, threads: $0.sources.count, $0.sources) }
        for run in logged {
            if let index = runs.firstIndex(where: { $0.isSameRun(as: run) }) {
                runs[index].take(run)
            } else {
                runs.append(run)
            }
        }
        return runs.sorted { ($0.clients, $0.sources[0]) < ($1.clients, $1.sources[0]) }
    }

    /// Adds what its log tells.
    private mutating func take(_ log: MeasuredRun) {
        latency = latency ?? log.latency
        distribution = log.distribution
        oddity = oddity ?? log.oddity
        loggedShare = log.loggedShare
        sources += log.sources
    }

    private func isSameRun(as log: MeasuredRun) -> Bool {
        clients == log.clients && abs(tps / log.tps - 1) < 0.1 && distribution == nil
    }
}
