import Postgres

/// Which bytes of the WAL are copied into its buffers, and whether the records form a chain: known from the copies
/// themselves, not from what the server believes. Positions are in usable bytes.
struct CopiedWAL {
    private struct Record {
        var end: UInt64
        var previous: XLogRecPtr
    }

    private let geometry: WALGeometry
    /// Every byte before this one is copied.
    private(set) var finished: UInt64
    /// What is copied beyond that: disjoint, in order.
    private var islands: [Range<UInt64>] = []
    /// Records that have begun to be copied and do not lie before `finished` as a whole, by their start.
    private var records: [UInt64: Record] = [:]
    /// The start of the last record that does.
    private var lastStart: UInt64?

    init(_ geometry: WALGeometry, start: XLogRecPtr) {
        self.geometry = geometry
        finished = geometry.XLogRecPtrToBytePos(start)
    }

    /// The end of what is copied without a gap.
    var finishedEnd: XLogRecPtr { geometry.XLogBytePosToEndRecPtr(finished) }

    /// Whether everything before `position` is copied.
    func isFinished(upTo position: XLogRecPtr) -> Bool { geometry.XLogRecPtrToBytePos(position) <= finished }

    /// Notes a copy; returns what is wrong with it, if anything is.
    mutating func copied(_ record: XLogRecord, offset: Int, count: Int, to position: XLogRecPtr) -> String? {
        let from = geometry.XLogRecPtrToBytePos(position)
        if offset == 0, let problem = begin(record, at: from, position) { return problem }
        let isLast = offset + count == record.length
        let to = isLast ? end(of: record, from + UInt64(count)) : from + UInt64(count)
        guard from >= finished, !islands.contains(where: { $0.overlaps(from..<to) }) else {
            return "a record is copied over another one at \(formatLSN(position))"
        }
        let place = islands.firstIndex { $0.lowerBound >= to } ?? islands.count
        islands.insert(from..<to, at: place)
        return advance()
    }

    private mutating func begin(_ record: XLogRecord, at start: UInt64, _ position: XLogRecPtr) -> String? {
        guard position == record.start, start % WALFormat.alignment == 0 else {
            return "a record starts at \(formatLSN(position)), which is not aligned or not where it was reserved"
        }
        let end = self.end(of: record, start + UInt64(record.length))
        guard records.updateValue(Record(end: end, previous: record.previous), forKey: start) == nil else {
            return "two records start at \(formatLSN(position))"
        }
        return nil
    }

    /// Where what a record takes ends whose bytes end at `position`: at a multiple of 8, or with its segment.
    private func end(of record: XLogRecord, _ position: UInt64) -> UInt64 {
        let aligned = WALFormat.aligned(Int(position))
        guard record.endsSegment else { return aligned }
        return geometry.XLogRecPtrToBytePos(geometry.segmentEnd(atOrAfter: geometry.XLogBytePosToEndRecPtr(aligned)))
    }

    /// Moves `finished` on over what touches it, and checks the chain of the records that it passes.
    private mutating func advance() -> String? {
        while let first = islands.first, first.lowerBound == finished {
            finished = first.upperBound
            islands.removeFirst()
        }
        while let (start, record) = nextRecord(), record.end <= finished {
            if let lastStart, record.previous != geometry.XLogBytePosToRecPtr(lastStart) {
                return
                    "\(formatLSN(geometry.XLogBytePosToRecPtr(start))) names \(formatLSN(record.previous))"
                    + " as the one before it, not \(formatLSN(geometry.XLogBytePosToRecPtr(lastStart)))"
            }
            records[start] = nil
            lastStart = start
            lastEnd = record.end
        }
        return nil
    }

    /// Where the record after the last finished one must start; nil before the first.
    private var lastEnd: UInt64?

    private func nextRecord() -> (UInt64, Record)? {
        if let lastEnd { return records[lastEnd].map { (lastEnd, $0) } }
        return records.min { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
