import Experiments
import Instrumentation

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

    /// Loads bundled scenarios and runs them once each.
    /// - Throws: what loading or running the first bad one says.
    static func run(_ scenarios: [(name: String, sets: [String])]) throws -> [RunResult] {
        try runAll(try scenarios.map { try loadScenario(named: $0.name, sets: $0.sets) })
    }
}
