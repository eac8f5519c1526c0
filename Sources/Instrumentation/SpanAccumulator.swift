import SimTime
import Statistics
import WaitEvents

/// What a span of a run has seen so far.
struct SpanAccumulator {
    let start: Instant
    var commits: UInt64 = 0
    var flushes: UInt64 = 0
    var transactions: UInt64 = 0
    var latency = LatencyHistogram()
    var lastCompletion: Instant
    var longestGap = Nanoseconds.zero
    var pgStatWAL = PgStatWAL()
    /// Record counts and bytes by type.
    private var records: [(count: UInt64, bytes: UInt64)]
    /// Durations of ended waits, by backend type and event.
    private let histograms: HistogramTable

    /// Raw storage, so that recording into one histogram never copies the table.
    private final class HistogramTable {
        let cells: UnsafeMutablePointer<LatencyHistogram>
        static var count: Int { BackendType.count * WaitEvent.count }

        init() {
            cells = .allocate(capacity: Self.count)
            cells.initialize(repeating: LatencyHistogram(), count: Self.count)
        }

        deinit {
            cells.deinitialize(count: Self.count)
            cells.deallocate()
        }
    }

    init(start: Instant, recordTypes: Int) {
        self.start = start
        lastCompletion = start
        records = Array(repeating: (0, 0), count: recordTypes)
        histograms = HistogramTable()
    }

    /// The histogram of ended waits of one kind, to record into.
    @inline(__always)
    func waits(_ type: BackendType, _ event: WaitEvent) -> UnsafeMutablePointer<LatencyHistogram> {
        histograms.cells + (Int(type.rawValue) &* WaitEvent.count &+ Int(event.rawValue))
    }

    @inline(__always)
    mutating func countRecord(type: Int, length: Int) {
        records[type].count += 1
        records[type].bytes += UInt64(length)
        pgStatWAL.walRecords += 1
        pgStatWAL.walBytes += UInt64(length)
    }

    @inline(__always)
    mutating func transactionCompleted(latency taken: Nanoseconds, _ now: Instant) {
        transactions += 1
        latency.record(taken)
        longestGap = max(longestGap, now - lastCompletion)
        lastCompletion = now
    }

    /// Rows for every type of record that occurred.
    func recordRows(_ names: [String]) -> [WALRecordRow] {
        records.indices.filter { records[$0].count > 0 }.map {
            WALRecordRow(
                type: names[$0], count: records[$0].count, recordBytes: records[$0].bytes, fpiBytes: 0)
        }
    }
}
