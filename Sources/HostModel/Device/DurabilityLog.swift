import Postgres
import SimTime

/// Watches how long asynchronous commits stay undurable, and that synchronous ones never are.
struct DurabilityLog {
    /// Ends of asynchronous commits that are not durable yet, oldest first from `first` on.
    private var pending: [(end: XLogRecPtr, at: Instant)] = []
    private var first = 0
    private var flushed: XLogRecPtr = 0
    /// The end of the last page handed to the device, and of the last one that it has made durable.
    private(set) var written: XLogRecPtr
    private var durable: XLogRecPtr
    /// The longest time between an asynchronous commit's acknowledgement and its durability.
    private(set) var longestWindow = Nanoseconds.zero
    /// Synchronous commits that were recorded before they were durable: none, unless an algorithm is wrong.
    private(set) var violations = 0

    /// - Parameter start: where the WAL begins: all before it is on the device.
    init(start: XLogRecPtr) {
        written = start
        durable = start
    }

    /// What a sync has to bring to the device, in whole pages: at least the last one, which is written again and again.
    var unsyncedBytes: UInt64 { max(written - min(durable, written), WALFormat.pageSize) }

    /// Pages up to `position` were handed to the device.
    mutating func wrote(upTo position: XLogRecPtr, durably: Bool) {
        written = max(written, position)
        if durably { durable = written }
    }

    /// A sync that began when `position` was written has ended.
    mutating func synced(upTo position: XLogRecPtr) { durable = max(durable, position) }

    mutating func committed(end: XLogRecPtr, synchronous: Bool, _ now: Instant) {
        if synchronous {
            if end > flushed || end > durable { violations += 1 }
        } else if end > flushed {
            pending.append((end, now))
        }
    }

    /// The longest time that one of the asynchronous commits that are durable now was not; zero if there is none.
    mutating func flushed(upTo position: XLogRecPtr, _ now: Instant) -> Nanoseconds {
        flushed = max(flushed, position)
        var longest = Nanoseconds.zero
        // Commits are appended in the order of their acknowledgement, which may differ a little from that of their
        // ends.
        while first < pending.count, pending[first].end <= flushed {
            longest = max(longest, now - pending[first].at)
            first += 1
        }
        if first > 4096 {
            pending.removeFirst(first)
            first = 0
        }
        longestWindow = max(longestWindow, longest)
        return longest
    }
}
