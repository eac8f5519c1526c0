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
    var longestAsyncWindow = Nanoseconds.zero
    var pgStatWAL = PgStatWAL()
    var checkpointer = PgStatCheckpointer()
    var replication = ReplicationCounters()
    /// Each walsender's part of it, by process number.
    var walSenders: [Int: ReplicationCounters] = [:]
    private let tables: Tables

    /// Raw storage, so that recording never copies a table or asks whether it must.
    private final class Tables {
        /// Durations of ended waits, by backend type and event.
        let histograms: UnsafeMutablePointer<LatencyHistogram>
        /// Record counts, bytes and, of those, bytes of full-page images by type.
        let records: UnsafeMutableBufferPointer<(count: UInt64, bytes: UInt64, imageBytes: UInt64)>
        static var count: Int { BackendType.count * WaitEvent.count }

        init(recordTypes: Int) {
            histograms = .allocate(capacity: Self.count)
            histograms.initialize(repeating: LatencyHistogram(), count: Self.count)
            records = .allocate(capacity: recordTypes)
            records.initialize(repeating: (0, 0, 0))
        }

        deinit {
            histograms.deinitialize(count: Self.count)
            histograms.deallocate()
            records.deallocate()
        }
    }

    init(start: Instant, recordTypes: Int) {
        self.start = start
        lastCompletion = start
        tables = Tables(recordTypes: recordTypes)
    }

    /// The histogram of ended waits of one kind, to record into.
    @inline(__always)
    func waits(_ type: BackendType, _ event: WaitEvent) -> UnsafeMutablePointer<LatencyHistogram> {
        tables.histograms + (Int(type.rawValue) &* WaitEvent.count &+ Int(event.rawValue))
    }

    @inline(__always)
    mutating func countRecord(type: Int, length: Int, images: Int, imageBytes: Int) {
        tables.records[type].count += 1
        tables.records[type].bytes += UInt64(length)
        if images > 0 {
            tables.records[type].imageBytes += UInt64(imageBytes)
            pgStatWAL.walFPI += UInt64(images)
        }
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
        let records = tables.records
        return records.indices.filter { records[$0].count > 0 }.map {
            WALRecordRow(
                type: names[$0], count: records[$0].count,
                recordBytes: records[$0].bytes - records[$0].imageBytes, fpiBytes: records[$0].imageBytes)
        }
    }
}
