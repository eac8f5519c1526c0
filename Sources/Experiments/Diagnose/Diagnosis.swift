import Statistics

/// Which simulated incidents some samples of waits resemble.
public struct Diagnosis: Sendable {
    /// An incident and its distance.
    public struct Candidate: Sendable {
        /// The incident.
        public var incident: SimulatedIncident
        /// From 0 (the same) to 1 (nothing in common); see `WaitSignature.distance`.
        public var distance: Double
        /// The share of resampled sets of instants to which it is the nearest; nil for a profile: it has no instants.
        public var support: Double?
    }

    /// All incidents, the nearest first.
    public let candidates: [Candidate]
    /// The signature of the samples.
    public let signature: WaitSignature
    /// How many neighbouring instants were drawn together for `support`; nil for a profile.
    public let blockLength: Int?
    /// How to tell the nearest from the nearest of another scenario; nil if there is only one scenario.
    public let test: DistinguishingTest?

    /// Samples of an incident lie well within this distance of it, measured ones at 0.14.
    private static let farDistance = 0.5

    /// Whether the nearest incident is near.
    public var resembles: Bool { candidates[0].distance < Self.farDistance }

    /// How often the instants are drawn anew for `support`.
    private static let resamples = 200

    /// - Parameter incidents: at least one.
    public init(_ samples: WaitSamples, incidents: [SimulatedIncident], seed: UInt64 = 1) {
        let signature = WaitSignature(samples)
        let bootstrap = Self.bootstrap(samples)
        let votes = bootstrap.map { Self.votes(signature, incidents, $0, seed: seed) }
        let ranked = incidents.enumerated().map { index, incident in
            Candidate(
                incident: incident, distance: signature.distance(to: incident.signature), support: votes?[index])
        }.sorted { ($0.distance, $0.incident.title) < ($1.distance, $1.incident.title) }
        self.signature = signature
        blockLength = bootstrap?.blockLength
        candidates = ranked
        let rival = ranked.first { $0.incident.scenario != ranked[0].incident.scenario }
        test = rival.map { DistinguishingTest(ranked[0].incident, $0.incident) }
    }

    /// Sessions that wait now mostly wait on at the next instant, so neighbours are drawn together: as many as that
    /// event asks for whose number of sessions depends on the past the longest. Nil without instants.
    private static func bootstrap(_ samples: WaitSamples) -> BlockBootstrap? {
        guard !samples.ticks.isEmpty else { return nil }
        let counts = samples.totals.keys.sorted().map { event in samples.ticks.map { Double($0.sessions[event] ?? 0) } }
        // One odd instant of a rare event says nothing about how long its sessions wait.
        let telling = counts.filter { numbers in
            Double(numbers.count { $0 > 0 }) >= SignatureVector.leastPresence * Double(numbers.count)
        }
        return BlockBootstrap(of: telling + [samples.ticks.map { Double($0.active) }])
    }

    /// For each incident the share of bootstrap samples of the instants that it is the nearest to.
    private static func votes(
        _ signature: WaitSignature, _ incidents: [SimulatedIncident], _ bootstrap: BlockBootstrap, seed: UInt64
    ) -> [Double] {
        let names = WaitSignature.names(of: [signature] + incidents.map(\.signature))
        let counts = signature.counts(over: names)
        let vectors = incidents.map { $0.signature.vector(over: names) }
        var stream = RandomStream(seed: seed, name: "diagnose")
        var votes = [Int](repeating: 0, count: incidents.count)
        for _ in 0..<resamples {
            let drawn = SignatureVector(counts, at: bootstrap.places(&stream), events: names.count)
            let distances = vectors.map { drawn.distance(to: $0) }
            if let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }) { votes[nearest] += 1 }
        }
        return votes.map { Double($0) / Double(resamples) }
    }
}
