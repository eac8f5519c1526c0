/// A signature over a list of events that others share with it: what is compared thousands of times must not look names
/// up.
struct SignatureVector {
    /// Each event's share of active sessions.
    private let shares: [Double]
    /// By event the share of instants with so many sessions in it: by the number's binary logarithm, 0 for none. Nil
    /// without instants.
    private let numbers: [[Double]]?

    /// Events that fewer instants show say nothing.
    static let leastPresence = 0.05
    /// No server has more than 2^20 sessions.
    private static let bins = 22

    /// What some instants show.
    /// - Parameters:
    ///   - counts: how many sessions are in each event, by instant.
    ///   - places: which instants; one may be there several times.
    init(_ counts: [[Int]], at places: [Int], events: Int) {
        var totals = [Double](repeating: 0, count: events)
        var numbers = [[Double]](repeating: [Double](repeating: 0, count: Self.bins), count: events)
        let weight = 1 / Double(max(places.count, 1))
        for place in places {
            for (event, count) in counts[place].enumerated() {
                totals[event] += Double(count)
                numbers[event][Self.bin(count)] += weight
            }
        }
        shares = totals
        self.numbers = numbers
    }

    /// A profile, which knows no instants.
    init(profile: [Double]) {
        shares = profile
        numbers = nil
    }

    private static func bin(_ count: Int) -> Int {
        count == 0 ? 0 : min(Int.bitWidth - count.leadingZeroBitCount, bins - 1)
    }

    /// The distance that `WaitSignature.distance` defines.
    func distance(to other: SignatureVector) -> Double {
        let byShare = Divergence.squared(shares, other.shares)
        guard let numbers, let others = other.numbers else { return byShare.squareRoot() }
        var (sum, events) = (0.0, 0.0)
        for (mine, theirs) in zip(numbers, others) where 1 - min(mine[0], theirs[0]) >= Self.leastPresence {
            sum += Divergence.squared(mine, theirs)
            events += 1
        }
        return ((byShare + sum / max(events, 1)) / 2).squareRoot()
    }
}
