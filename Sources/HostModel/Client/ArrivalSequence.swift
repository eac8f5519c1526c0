import SimTime
import Statistics

/// When the transactions of a group of clients are scheduled to start: one sequence, of which each client takes the
/// next as soon as it is free (pgbench.c, the throttling of `-R`).
struct ArrivalSequence {
    private let load: ClientGroupSpec.Load
    private var stream: RandomStream
    private let unitExponential: Distribution
    private var last: Instant
    /// t = 0 of the measured window.
    private let start: Instant
    private var replayed = 0

    init(_ load: ClientGroupSpec.Load, name: String, start: Instant, seed: UInt64) {
        self.load = load
        self.start = start
        last = .zero
        stream = RandomStream(seed: seed, name: "\(name) arrivals")
        unitExponential = try! .exponential(mean: .seconds(1))
    }

    /// The next scheduled start, or nil if there is none; for a closed load now.
    mutating func next(now: Instant) -> Instant? {
        switch load {
        case .closed: return now
        case .open(let rate):
            last += Nanoseconds(rounding: drawSeconds() / rate * 1e9)
            return last
        case .profile(let pieces): return nextOfProfile(pieces)
        case .replay(let starts):
            guard replayed < starts.count else { return nil }
            replayed += 1
            return start + starts[replayed - 1]
        }
    }

    private mutating func drawSeconds() -> Double {
        Double(unitExponential.sample(from: &stream).count) / 1e9
    }

    /// Spends one exponential unit of expected arrivals over the pieces' rates.
    private mutating func nextOfProfile(_ pieces: [(from: Nanoseconds, rate: Double)]) -> Instant? {
        var left = drawSeconds()
        var piece = pieces.lastIndex { start + $0.from <= last } ?? 0
        while true {
            let rate = pieces[piece].rate
            let end = piece + 1 < pieces.count ? start + pieces[piece + 1].from : Instant.distantFuture
            let expected = rate * (end - last).seconds
            if left < expected {
                last += Nanoseconds(rounding: left / rate * 1e9)
                return last
            }
            guard piece + 1 < pieces.count else { return nil }
            left -= expected
            last = end
            piece += 1
        }
    }
}
