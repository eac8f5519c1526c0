/// Counts how many commits each flush of WAL made durable: the size of the groups of group commit.
///
/// A commit belongs to the first flush that reached its end. Backends record their commits a little after the flush
/// that they waited for, while later flushes go on, so that the last few flushes are kept open. A commit whose flush
/// has fallen out of these is left out; an asynchronous one belongs to the next flush after it.
///
/// Storage is raw and of a fixed size: counting allocates nothing.
struct FlushGroups {
    /// An open flush: the position that it reached and the commits that it has so far.
    private struct Flush {
        var position: UInt64
        var commits: Int
    }

    private let open: UnsafeMutablePointer<Flush>
    private let bins: UnsafeMutablePointer<UInt64>
    /// The number of the newest flush; its entry is `newest % capacity`.
    private var newest = 0
    private var oldest = 1
    /// What was flushed before the oldest open flush.
    private var base: UInt64 = 0
    /// Asynchronous commits since the newest flush.
    private var undurable = 0
    /// All commits, whether their flush is still known or not.
    private(set) var commits: UInt64 = 0

    private static var capacity: Int { 16 }
    /// Sizes up to here have a bin each; beyond, each doubling has eight.
    private static var exact: Int { 32 }
    private static var binCount: Int { exact + 8 * 16 }

    init() {
        open = .allocate(capacity: Self.capacity)
        open.initialize(repeating: Flush(position: 0, commits: 0), count: Self.capacity)
        bins = .allocate(capacity: Self.binCount)
        bins.initialize(repeating: 0, count: Self.binCount)
    }

    func deallocate() {
        open.deallocate()
        bins.deallocate()
    }

    /// Forgets what was counted; commits that belong to flushes before now do not count.
    mutating func reset() {
        base = newestPosition
        oldest = newest + 1
        undurable = 0
        commits = 0
        bins.update(repeating: 0, count: Self.binCount)
    }

    private var newestPosition: UInt64 { newest < oldest ? base : open[newest % Self.capacity].position }

    /// The flush position moved.
    @inline(never)
    mutating func flushed(upTo position: UInt64) {
        guard position > newestPosition else { return }
        if newest - oldest + 1 == Self.capacity {
            base = open[oldest % Self.capacity].position
            oldest += 1
        }
        newest += 1
        open[newest % Self.capacity] = Flush(position: position, commits: undurable)
        bins[Self.bin(undurable)] += 1
        undurable = 0
    }

    /// A commit whose record ends at `end` was recorded.
    @inline(__always)
    mutating func committed(end: UInt64) {
        commits &+= 1
        guard end > base else { return }
        guard end <= newestPosition else {
            undurable += 1
            return
        }
        var number = newest
        while number > oldest, open[(number &- 1) % Self.capacity].position >= end { number &-= 1 }
        let commits = open[number % Self.capacity].commits
        open[number % Self.capacity].commits = commits &+ 1
        bins[Self.bin(commits)] &-= 1
        bins[Self.bin(commits &+ 1)] &+= 1
    }

    @inline(__always)
    private static func bin(_ size: Int) -> Int {
        if size < exact { return size }
        let octave = Int.bitWidth &- 1 &- size.leadingZeroBitCount
        // Eight parts of an octave: the three bits below the leading one.
        let bin = exact &+ (octave &- 5) &* 8 &+ (size &>> (octave &- 3)) & 7
        return min(bin, binCount &- 1)
    }

    /// Rows for every size that occurred.
    func rows() -> [FlushGroupRow] {
        (0..<Self.binCount).filter { bins[$0] > 0 }.map { bin in
            let sizes = Self.sizes(ofBin: bin)
            return FlushGroupRow(least: sizes.lowerBound, most: sizes.upperBound, flushes: bins[bin])
        }
    }

    private static func sizes(ofBin bin: Int) -> ClosedRange<Int> {
        if bin < exact { return bin...bin }
        let (octave, part) = (bin - exact).quotientAndRemainder(dividingBy: 8)
        let width = exact << octave / 8
        let least = (exact << octave) + part * width
        return least...least + width - 1
    }
}
