import HostModel
import Postgres
import SimTime
import Statistics
import WaitEvents

/// A small random scenario, made to be nasty: few buffers, small segments, wide records, odd settings and costs.
struct RandomScenario {
    private var stream: RandomStream
    private let seed: UInt64

    /// The scenario of a seed.
    init(seed: UInt64) {
        self.seed = seed
        stream = RandomStream(seed: seed, name: "check scenario")
    }

    /// How long clients go on starting transactions.
    static let duration = Nanoseconds.milliseconds(2)

    /// When somebody asks for a checkpoint, in a run of its own draws.
    mutating func checkpoints() -> [Nanoseconds] {
        (0..<number(0...3)).map { _ in Nanoseconds(Int64(number(0...Int(Self.duration.count)))) }
    }

    mutating func make() -> ClusterSpec {
        let release = one(of: PostgresRelease.allCases)
        let settings = settings()
        let transactions = (0..<2).map { transaction("t\($0)") }
        let host = host()
        var spec = ClusterSpec(
            seed: seed, warmup: .zero, release: release, settings: settings,
            recycledSegments: oneIn(2) ? nil : number(0...2), host: host, clients: clients(),
            transactions: transactions)
        spec.variants = variants()
        if oneIn(3) { lockRows(in: &spec.transactions) }
        addStandbys(to: &spec)
        return spec
    }

    /// Mostly what releases do.
    private mutating func variants() -> Variants {
        var variants = Variants()
        if oneIn(4) { variants.insertionLocks = one(of: [1, 2, 3, 32]) }
        variants.hasWALBufMappingLock = !oneIn(3)
        return variants
    }

    /// Statements update few rows, in any order: transactions wait for each other, and deadlock.
    private mutating func lockRows(in transactions: inout [TransactionSpec]) {
        for transaction in transactions.indices {
            for statement in transactions[transaction].statements.indices where !oneIn(3) {
                transactions[transaction].statements[statement].rows = (0..<number(1...2)).map { _ in
                    RowChoiceSpec(table: one(of: ["a", "b"]), count: number(1...6))
                }
            }
        }
    }

    // MARK: Draws

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + stream.index(below: range.count)
    }

    mutating func one<T>(of choices: [T]) -> T { choices[stream.index(below: choices.count)] }

    mutating func oneIn(_ count: Int) -> Bool { stream.index(below: count) == 0 }

    /// A random distribution with a mean around `microseconds`.
    mutating func distribution(_ microseconds: ClosedRange<Int>) -> Distribution {
        let mean = number(microseconds)
        let span = Nanoseconds.microseconds(Int64(mean))
        let drawn = [
            try? Distribution.uniform(min: Nanoseconds(1), max: span * 2), try? .exponential(mean: span), nil,
        ]
        return one(of: drawn) ?? .microseconds(UInt32(mean))
    }

    // MARK: Parts

    private mutating func settings() -> Settings {
        var settings = Settings()
        settings.walBuffers = oneIn(2) ? 4 : number(4...24)
        settings.walSegmentSize = 1 << 20
        settings.fsync = !oneIn(10)
        settings.walSyncMethod = one(of: WALSyncMethod.allCases)
        settings.synchronousCommit = oneIn(3) ? .off : one(of: SynchronousCommit.allCases)
        settings.commitDelay = oneIn(2) ? 0 : number(1...300)
        settings.commitSiblings = number(0...4)
        settings.walWriterDelay = one(of: [1, 1, 2, 10])
        settings.walWriterFlushAfter = one(of: [0, 1, 4, 128])
        settings.deadlockTimeout = number(1...3)
        settings.maxWALSize = one(of: [2, 3, 8, 1024])
        settings.minWALSize = 2
        settings.walRecycle = !oneIn(4)
        settings.walInitZero = !oneIn(4)
        settings.checkpointFlushAfter = one(of: [0, 1, 32])
        return settings
    }

    private mutating func transaction(_ name: String) -> TransactionSpec {
        let statements = (0..<number(1...3)).map { index in
            StatementSpec(
                name: "\(name) s\(index)", times: 1, cpu: oneIn(2) ? nil : Nanoseconds(Int64(number(0...20_000))),
                records: (0..<number(0...3)).map { _ in record() })
        }
        return TransactionSpec(name: name, statements: statements)
    }

    private mutating func record() -> RecordSpec {
        let length = oneIn(4) ? number(2_000...70_000) : number(24...400)
        return RecordSpec(
            type: "Heap/INSERT", length: length, every: oneIn(4) ? number(2...3) : 1,
            cpu: Nanoseconds(Int64(oneIn(2) ? 0 : number(0...5_000))), page: oneIn(3) ? "p\(number(0...1))" : nil)
    }

    private mutating func clients() -> [ClientGroupSpec] {
        let groups = number(1...2)
        return (0..<groups).map { index in
            ClientGroupSpec(
                name: "g\(index)", count: number(1...5) + (groups == 1 ? number(1...5) : 0), load: .closed,
                think: oneIn(3) ? distribution(1...100) : .zero, transaction: index,
                place: oneIn(4) ? .server : .elsewhere, threads: number(1...2))
        }
    }

    private mutating func host() -> HostSpec {
        HostSpec(
            cores: oneIn(3) ? 64 : number(1...4), cpu: cpu(), costs: costs(),
            walDevice: DeviceSpec(sync: distribution(1...300), write: distribution(1...200), stalls: []),
            roundTrip: distribution(1...60), background: [])
    }

    private mutating func cpu() -> CPUSpec {
        let hasPenalties = oneIn(2)
        let penalty = Nanoseconds.microseconds(hasPenalties ? 3 : 0)
        return CPUSpec(
            scheduler: one(of: CPUSpec.Scheduler.allCases), slice: .microseconds(Int64(number(5...3_000))),
            contextSwitch: Nanoseconds(Int64(number(0...2_000))), idleExitBase: penalty, idleExitGrowth: .zero,
            coldPenalty: penalty, coolingTime: .microseconds(500), warmingTime: .microseconds(20),
            refetch: hasPenalties ? .init(factor: 2, time: .microseconds(200)) : .none,
            kick: hasPenalties ? .init(factor: 2, cost: penalty) : .none,
            evictionPenalty: penalty, evictionWork: .microseconds(100), absencePenalty: penalty,
            absenceTime: .microseconds(100), jitter: hasPenalties ? 0.9 : 0, siblingSlowdown: 0,
            timerSlack: Nanoseconds(Int64(number(0...50_000))))
    }

    /// The measured costs, none at all, or random ones.
    private mutating func costs() -> CostTable {
        var table = CostTable.measured
        let kind = number(0...2)
        if kind == 0 { return table }
        for work in Work.allCases where work != .explicit {
            table[work] = kind == 1 ? .zero : Nanoseconds(Int64(number(0...3_000)))
            table.setPerUnit(work, kind == 1 ? 0 : Double(number(0...100)) / 1_000)
        }
        return table
    }
}
