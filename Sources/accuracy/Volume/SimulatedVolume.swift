import Experiments
import Instrumentation

/// The records of one simulated span, or of several on average, by type.
struct SimulatedVolume {
    private struct Records {
        var count = 0.0, recordBytes = 0.0, imageBytes = 0.0
    }

    private var rows: [String: Records] = [:]
    private var commits = 0.0

    init(_ span: SpanResult) { self.init(meanOf: [span]) }

    /// What several repeats wrote on average.
    init(meanOf spans: [SpanResult]) {
        let share = 1 / Double(spans.count)
        for span in spans {
            commits += share * Double(span.commits)
            for row in span.walRecords {
                rows[row.type, default: Records()].count += share * Double(row.count)
                rows[row.type]!.recordBytes += share * Double(row.recordBytes)
                rows[row.type]!.imageBytes += share * Double(row.fpiBytes)
            }
        }
    }

    func count(_ type: String) -> Double { rows[type]?.count ?? 0 }
    func recordBytes(_ type: String) -> Double { rows[type]?.recordBytes ?? 0 }
    func imageBytes(_ type: String) -> Double { rows[type]?.imageBytes ?? 0 }
    /// Images of all types.
    var imageBytes: Double { sum(\.imageBytes) }
    /// `wal_record_bytes_per_txn`: what records have in all, for each commit.
    var bytesPerTransaction: Double { (imageBytes + sum(\.recordBytes)) / commits }
    /// The share of updates that stay on their page.
    var hotShare: Double {
        let hot = count("Heap/HOT_UPDATE")
        return hot / (hot + count("Heap/UPDATE") + count("Heap/UPDATE+INIT"))
    }

    /// Summed in the order of the types: floating-point sums differ in another one.
    private func sum(_ figure: KeyPath<Records, Double>) -> Double {
        rows.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value[keyPath: figure] }
    }

    /// Loads bundled scenarios and runs them once each.
    /// - Throws: what loading or running the first bad one says.
    static func run(_ scenarios: [(name: String, sets: [String])]) throws -> [RunResult] {
        try runAll(try scenarios.map { try loadScenario(named: $0.name, sets: $0.sets) })
    }
}
