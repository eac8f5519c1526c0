import Postgres
import SimTime
import WaitEvents

/// One run of the server on real threads and files.
public struct ThreadRunSpec: Sendable {
    /// The release whose algorithms run.
    public var release: PostgresRelease
    /// The server's settings.
    public var settings: Settings
    /// The transactions that the server knows.
    public var transactions: [TransactionSpec]
    /// What every client runs: an index into `transactions`.
    public var transaction: Int
    /// Clients, each with a backend (a thread) of its own.
    public var clients: Int
    /// The pause before each transaction.
    public var think: Nanoseconds
    /// The measured span.
    public var duration: Nanoseconds
    /// What runs before the measured span; without it that begins before the first transaction.
    public var warmup: Nanoseconds
    /// An existing, empty directory for the WAL segments. All WAL of the run stays in it until the end.
    public var dataDirectory: String
    /// Added to each sync, and to each write that is a sync, to model a slower device.
    public var syncLatency: Nanoseconds
    /// Seed of what little is random on this machine: the sleeps of contended spinlocks.
    public var seed: UInt64
    /// How many transactions each client runs before it leaves; the run ends some 20 ms after the last of them at the
    /// latest. Nil: only `duration` ends it.
    public var transactionsPerClient: Int?
    /// Whether the segment files stay when the run is over.
    public var keepsSegments = false
    /// Whether CPU that a transaction spells out (`StatementSpec.cpu`, `RecordSpec.cpu`) is burned.
    public var burnsExplicitCPU = false

    /// A run of one group of clients with a closed loop; the options that follow are off.
    public init(
        release: PostgresRelease, settings: Settings, transactions: [TransactionSpec], transaction: Int = 0,
        clients: Int, think: Nanoseconds = .zero, duration: Nanoseconds, warmup: Nanoseconds = .zero,
        dataDirectory: String, syncLatency: Nanoseconds = .zero, seed: UInt64 = 1
    ) {
        self.release = release
        self.settings = settings
        self.transactions = transactions
        self.transaction = transaction
        self.clients = clients
        self.think = think
        self.duration = duration
        self.warmup = warmup
        self.dataDirectory = dataDirectory
        self.syncLatency = syncLatency
        self.seed = seed
    }
}

extension ThreadRunSpec {
    /// - Throws: `ThreadRunError.invalid` for the first value that no run can have.
    func validate() throws(ThreadRunError) {
        try require(clients >= 1, "clients", "\(clients)", "at least 1")
        if let count = transactionsPerClient {
            try require(count >= 1, "transactionsPerClient", "\(count)", "at least 1")
        }
        try require(duration > .zero, "duration", "\(duration)", "more than 0")
        for (place, span) in [("warmup", warmup), ("think", think), ("syncLatency", syncLatency)] {
            try require(span >= .zero, place, "\(span)", "at least 0")
        }
        try require(
            transactions.indices.contains(transaction), "transaction", "\(transaction)",
            "an index into \(transactions.count) transactions")
        for spec in transactions { try validate(spec) }
        try require(
            settings.synchronousStandbyNames.isEmpty, "synchronous_standby_names", settings.synchronousStandbyNames,
            "none: standbys are the simulated machine's alone")
        let segmentSize = settings.walSegmentSize
        try require(
            (1 << 20...1 << 30).contains(segmentSize) && segmentSize.nonzeroBitCount == 1, "wal_segment_size",
            "\(segmentSize) bytes", "a power of two from 1 MB to 1 GB")
        #if !canImport(Darwin)
            try require(
                settings.walSyncMethod != .fsyncWritethrough, "wal_sync_method", settings.walSyncMethod.rawValue,
                "fdatasync, fsync, open_datasync or open_sync; on this platform fsync writes through")
        #endif
    }

    private func validate(_ spec: TransactionSpec) throws(ThreadRunError) {
        let place = "transactions.\(spec.name)"
        try require(!spec.statements.isEmpty, place, "no statement", "at least 1")
        for statement in spec.statements {
            let place = "\(place).\(statement.name)"
            try require(statement.times >= 1, "\(place).times", "\(statement.times)", "at least 1")
            for record in statement.records {
                let place = "\(place).\(record.type)"
                try require(record.every >= 1, "\(place).every", "\(record.every)", "at least 1")
                let lengths = RecordSize.header...WALReader.maximumLength
                try require(
                    lengths.contains(record.length), "\(place).length", "\(record.length) bytes",
                    "\(lengths.lowerBound) to \(lengths.upperBound)")
            }
        }
    }

    private func require(
        _ isAllowed: Bool, _ place: String, _ seen: String, _ allowed: String
    ) throws(ThreadRunError) {
        guard isAllowed else { throw .invalid(place: place, seen: seen, allowed: allowed) }
    }
}
