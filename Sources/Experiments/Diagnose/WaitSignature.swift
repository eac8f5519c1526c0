/// What waits look like: how active sessions spread over wait events, and how many of them are in each event at a time.
public struct WaitSignature: Sendable {
    /// Each event's share of active sessions.
    public let events: [String: Double]
    /// Average active sessions; nil without instants.
    public let averageActive: Double?
    private let samples: WaitSamples

    /// The signature of samples.
    public init(_ samples: WaitSamples) {
        self.samples = samples
        events = samples.shares
        averageActive = samples.averageActive
    }

    /// From 0 (the same) to 1 (nothing in common): the root of the mean of two Jensen-Shannon divergences, that of the
    /// shares of events, and that of the numbers of sessions in an event, averaged over events.
    ///
    /// The shares alone would hardly see that one session more or less is in an event while dozens wait for a lock,
    /// which is what tells a sleeping leader from a syncing one.
    public func distance(to other: WaitSignature) -> Double {
        let names = Self.names(of: [self, other])
        return vector(over: names).distance(to: other.vector(over: names))
    }

    /// All events of some signatures, in a fixed order.
    static func names(of signatures: [WaitSignature]) -> [String] {
        Set(signatures.flatMap(\.events.keys)).sorted()
    }

    /// The signature over these events, which must include its own.
    func vector(over names: [String]) -> SignatureVector {
        let counts = counts(over: names)
        return counts.isEmpty
            ? SignatureVector(profile: names.map { events[$0] ?? 0 })
            : SignatureVector(counts, at: Array(counts.indices), events: names.count)
    }

    /// How many sessions are in each of these events, by instant.
    func counts(over names: [String]) -> [[Int]] {
        samples.ticks.map { tick in names.map { tick.sessions[$0] ?? 0 } }
    }
}
