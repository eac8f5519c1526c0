import SimTime

/// When WAL was flushed here, to tell by a standby's reply how far it lags behind (walsender.c, `LagTracker`).
///
/// A ring of samples with one reader for each kind of position. When it is full the newest sample is replaced, so that
/// old ones keep their precision.
struct LagTracker {
    private struct Sample {
        var lsn: XLogRecPtr = 0
        var at = Instant.zero
    }

    /// LAG_TRACKER_BUFFER_SIZE.
    static let capacity = 8192
    private var samples = [Sample](repeating: Sample(), count: LagTracker.capacity)
    private var lastLSN: XLogRecPtr = 0
    private var writeHead = 0
    private var readHeads = [0, 0, 0]
    private var lastRead: [Sample?] = [nil, nil, nil]

    /// Notes that WAL was flushed up to `lsn` (LagTrackerWrite).
    mutating func write(_ lsn: XLogRecPtr, _ now: Instant) {
        guard lsn != lastLSN else { return }
        lastLSN = lsn
        var next = (writeHead + 1) % Self.capacity
        if readHeads.contains(next) {
            // Full: take the newest sample's place.
            next = writeHead
            writeHead = (writeHead + Self.capacity - 1) % Self.capacity
        }
        samples[writeHead] = Sample(lsn: lsn, at: now)
        writeHead = next
    }

    /// How long ago what a standby has just confirmed was flushed here; nil if that is not known (LagTrackerRead).
    mutating func read(_ mode: SyncRepMode, _ lsn: XLogRecPtr, _ now: Instant) -> Nanoseconds? {
        let head = mode.rawValue
        var flushedAt: Instant?
        while readHeads[head] != writeHead, samples[readHeads[head]].lsn <= lsn {
            lastRead[head] = samples[readHeads[head]]
            flushedAt = lastRead[head]!.at
            readHeads[head] = (readHeads[head] + 1) % Self.capacity
        }
        let isCaughtUp = readHeads[head] == writeHead
        defer { if isCaughtUp { lastRead[head] = nil } }
        if let flushedAt { return now - flushedAt }
        guard !isCaughtUp else { return nil }
        let next = samples[readHeads[head]]
        guard let last = lastRead[head] else { return now - next.at }
        guard lsn >= last.lsn else { return nil }
        let fraction = Double(lsn - last.lsn) / Double(next.lsn - last.lsn)
        return now - (last.at + Nanoseconds(rounding: Double((next.at - last.at).count) * fraction))
    }
}
