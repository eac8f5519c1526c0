import SimTime

/// The requests that a device serves side by side: first come, first served, each by the place that is free first.
struct ServiceChannels {
    /// When each place has done all that it was given.
    private var freeAt: [Instant]
    /// When all places have.
    private var allFreeAt = Instant.zero

    /// - Parameter count: how many requests are served at once (`queue_depth`), at least 1.
    init(count: Int) { freeAt = Array(repeating: .zero, count: count) }

    /// The place that serves a request which arrives now, and when it begins with it.
    func next(at now: Instant) -> (place: Int, begin: Instant) {
        // As a rule nothing is under way, and no place need be looked for.
        guard allFreeAt > now else { return (0, now) }
        var place = 0
        for other in freeAt.indices where freeAt[other] < freeAt[place] { place = other }
        return (place, max(now, freeAt[place]))
    }

    /// The place is busy until `end`.
    mutating func occupy(_ place: Int, until end: Instant) {
        freeAt[place] = end
        allFreeAt = max(allFreeAt, end)
    }
}
