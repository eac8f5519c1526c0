/// What waits look like: how active sessions spread over wait events, and how many of them are in each event at a time.
public struct WaitSignature: Sendable {
    /// Each event's share of active sessions.
    public var events: [String: Double]
    /// By event, how often so many sessions were in it at an instant: by the number's binary logarithm, 0 for none.
    var sessions: [String: [Int: Double]]
    /// Average active sessions; nil without instants.
    public var averageActive: Double?

    /// Events that fewer instants show say nothing.
    static let leastPresence = 0.05

    /// The signature of samples.
    public init(_ samples: WaitSamples) {
        self.init(ticks: samples.ticks, totals: samples.totals)
    }

    init(ticks: [WaitSamples.Tick], totals: [String: Double]) {
        sessions = totals.mapValues { _ in [:] }
        for tick in ticks {
            for event in totals.keys { sessions[event]?[Self.bin(tick.sessions[event] ?? 0), default: 0] += 1 }
        }
        if ticks.isEmpty { sessions = [:] }
        averageActive =
            ticks.isEmpty ? nil : Double(ticks.reduce(0) { $0 + $1.active }) / Double(ticks.count)
        // In one order in every run: a sum of floating-point numbers depends on it.
        let sum = totals.values.sorted().reduce(0, +)
        events = sum > 0 ? totals.mapValues { $0 / sum } : [:]
    }

    /// The signature of some of the instants, by their numbers.
    init(ticks: [WaitSamples.Tick], at indexes: [Int]) {
        var totals: [String: Double] = [:]
        let chosen = indexes.map { ticks[$0] }
        for tick in chosen {
            for (event, count) in tick.sessions { totals[event, default: 0] += Double(count) }
        }
        self.init(ticks: chosen, totals: totals)
    }

    private static func bin(_ count: Int) -> Int { count == 0 ? 0 : Int.bitWidth - count.leadingZeroBitCount }

    /// From 0 (the same) to 1 (nothing in common): the root of the mean of two Jensen-Shannon divergences, that of the
    /// shares of events, and that of the numbers of sessions in an event, averaged over events.
    ///
    /// The shares alone would hardly see that one session more or less is in an event while dozens wait for a lock,
    /// which is what tells a sleeping leader from a syncing one.
    public func distance(to other: WaitSignature) -> Double {
        let byShare = Divergence.squared(events, other.events)
        guard !sessions.isEmpty, !other.sessions.isEmpty else { return byShare.squareRoot() }
        let names = Set(sessions.keys).union(other.sessions.keys).filter {
            max(presence(of: $0), other.presence(of: $0)) >= Self.leastPresence
        }
        let byNumber = names.sorted().map { Divergence.squared(numbers(in: $0), other.numbers(in: $0)) }
        return ((byShare + byNumber.reduce(0, +) / Double(max(byNumber.count, 1))) / 2).squareRoot()
    }

    /// An event that was never seen had no session at any instant.
    private func numbers(in event: String) -> [Int: Double] { sessions[event] ?? [0: 1] }

    /// The share of instants with a session in the event.
    private func presence(of event: String) -> Double {
        let numbers = numbers(in: event)
        let sum = numbers.values.reduce(0, +)
        return sum > 0 ? 1 - (numbers[0] ?? 0) / sum : 0
    }
}
