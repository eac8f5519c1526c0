import Postgres

/// What the WAL device has for good: known from writes and syncs, not from what the server believes.
struct DeviceContents {
    private struct Segment {
        var written: XLogRecPtr
        var synced: XLogRecPtr
    }

    private let segmentSize: UInt64
    /// Where this server's WAL begins.
    private let start: XLogRecPtr
    private var segments: [UInt64: Segment] = [:]
    /// The content of the write under way, and what of a segment was written when its sync began.
    private var writing: Range<XLogRecPtr>?
    private var syncing: XLogRecPtr = 0

    init(segmentSize: UInt64, start: XLogRecPtr) {
        self.segmentSize = segmentSize
        self.start = start
    }

    /// Pages go out; of their content only what lies before `finished` is of any use.
    mutating func writeBegan(_ pages: Range<XLogRecPtr>, finished: XLogRecPtr) {
        writing = pages.lowerBound..<max(min(pages.upperBound, finished), pages.lowerBound)
    }

    mutating func writeEnded(durable: Bool) {
        guard let range = writing else { return }
        writing = nil
        let number = range.lowerBound / segmentSize
        var segment = segments[number] ?? Segment(written: number * segmentSize, synced: number * segmentSize)
        // A gap would be filled by a later write only; nothing behind it counts until then.
        if range.lowerBound <= segment.written { segment.written = max(segment.written, range.upperBound) }
        if durable { segment.synced = segment.written }
        segments[number] = segment
    }

    mutating func syncBegan(_ segment: UInt64) { syncing = segments[segment]?.written ?? segment * segmentSize }

    mutating func syncEnded(_ segment: UInt64) {
        guard let known = segments[segment] else { return }
        segments[segment]!.synced = max(known.synced, syncing)
    }

    /// Everything before this survives a crash.
    var durable: XLogRecPtr {
        var number = start / segmentSize
        while let segment = segments[number], segment.synced == (number + 1) * segmentSize { number += 1 }
        return segments[number]?.synced ?? number * segmentSize
    }
}
