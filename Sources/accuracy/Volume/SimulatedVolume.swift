import Experiments
import Instrumentation
import Synchronization
import Foundation

/// The records of one simulated span, by type.
struct SimulatedVolume {
    private let rows: [String: WALRecordRow]
    private let commits: Double

    init(_ span: SpanResult) {
        rows = Dictionary(uniqueKeysWithValues: span.walRecords.map { ($0.type, $0) })
        commits = Double(span.commits)
    }

    func count(_ type: String) -> Double { Double(rows[type]?.count ?? 0) }
    func recordBytes(_ type: String) -> Double { Double(rows[type]?.recordBytes ?? 0) }
    func imageBytes(_ type: String) -> Double { Double(rows[type]?.fpiBytes ?? 0) }
    /// Images of all types.
    var imageBytes: Double { rows.values.reduce(0) { $0 + Double($1.fpiBytes) } }
    /// `wal_record_bytes_per_txn`: what records have in all, for each commit.
    var bytesPerTransaction: Double { rows.values.reduce(imageBytes) { $0 + Double($1.recordBytes) } / commits }
    /// The share of updates that stay on their page.
    var hotShare: Double {
        let hot = count("Heap/HOT_UPDATE")
        return hot / (hot + count("Heap/UPDATE") + count("Heap/UPDATE+INIT"))
    }

    /// Runs scenarios once each, on as many cores as there are.
    /// - Throws: what loading or running the first bad one says.
    static func run(_ scenarios: [(name: String, sets: [String])]) throws -> [RunResult] {
        let loaded = try scenarios.map { try loadScenario(named: $0.name, sets: $0.sets) }
        let outcomes = Mutex([Result<RunResult, any Error>?](repeating: nil, count: loaded.count))
        DispatchQueue.concurrentPerform(iterations: loaded.count) { index in
            let outcome = Result<RunResult, any Error> {
                try Experiment.runOnce(loaded[index], seed: loaded[index].seed)
            }
            outcomes.withLock { $0[index] = outcome }
        }
        return try outcomes.withLock { try $0.map { try $0!.get() } }
    }
}
