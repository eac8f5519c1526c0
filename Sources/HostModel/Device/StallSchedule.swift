import SimTime
import Statistics

/// The stalls of one kind, one after the other.
struct StallSchedule {
    private let spec: StallSpec
    private var stream: RandomStream
    /// Stalls that were drawn and may still hold something up, in order. Operations overlap, so that one which has met
    /// a stall says nothing of the others.
    private var known: [Range<Instant>] = []
    /// Where the pause before the next stall to be drawn begins; nil if there is none.
    private var nextPauseFrom: Instant?

    init(_ spec: StallSpec, start: Instant, stream: RandomStream) {
        self.spec = spec
        self.stream = stream
        nextPauseFrom = start
        // Drawn at once, so that a stall at an instant keeps its length whatever runs before it.
        draw()
    }

    /// When an operation that runs from `start` until `end` without stalls ends with them. Nothing will ever be asked
    /// again about what is over at `now`.
    mutating func delay(from start: Instant, until end: Instant, now: Instant) -> Instant {
        forget(before: now)
        var end = end
        var index = 0
        while let stall = stall(index), stall.lowerBound < end {
            if stall.upperBound > start { end += stall.upperBound - max(stall.lowerBound, start) }
            index += 1
        }
        return end
    }

    private mutating func forget(before now: Instant) {
        while let first = stall(0), first.upperBound <= now { known.removeFirst() }
    }

    private mutating func stall(_ index: Int) -> Range<Instant>? {
        if index == known.count { draw() }
        return index < known.count ? known[index] : nil
    }

    private mutating func draw() {
        guard let from = nextPauseFrom else { return }
        switch spec {
        case .at(let instant, let lasting):
            let begin = from + instant
            known.append(begin..<begin + lasting.sample(from: &stream))
            nextPauseFrom = nil
        case .every(let pause, let lasting):
            // Stalls without a pause between them would never let an operation end.
            let begin = from + max(pause.sample(from: &stream), Nanoseconds(1))
            let end = begin + lasting.sample(from: &stream)
            known.append(begin..<end)
            nextPauseFrom = end
        }
    }
}
