import SimTime

/// The arrival times of waiting customers, first come first served: a ring that grows.
struct WaitingLine {
    private var ring = [Instant](repeating: .zero, count: 64)
    private var first = 0
    private var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ arrival: Instant) {
        if count == ring.count { grow() }
        ring[(first + count) & (ring.count - 1)] = arrival
        count += 1
    }

    mutating func removeFirst() -> Instant {
        precondition(count > 0)
        let arrival = ring[first]
        first = (first + 1) & (ring.count - 1)
        count -= 1
        return arrival
    }

    private mutating func grow() {
        ring = Array(ring[first...] + ring[..<first]) + [Instant](repeating: .zero, count: ring.count)
        first = 0
    }
}
