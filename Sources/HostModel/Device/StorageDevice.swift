import SimTime
import Statistics

/// A storage device: when a write or a sync that begins now ends.
struct StorageDevice {
    private let spec: DeviceSpec
    private var syncStream: RandomStream
    private var writeStream: RandomStream
    private var stalls: [StallSchedule]

    /// - Parameters:
    ///   - name: what the device's random streams are named after.
    ///   - start: t = 0 of the measured window, from which scheduled stalls count.
    init(_ spec: DeviceSpec, name: String, start: Instant, seed: UInt64) {
        self.spec = spec
        syncStream = RandomStream(seed: seed, name: "\(name) sync")
        writeStream = RandomStream(seed: seed, name: "\(name) write")
        stalls = spec.stalls.enumerated().map {
            StallSchedule($1, start: start, stream: RandomStream(seed: seed, name: "\(name) stall \($0)"))
        }
    }

    /// When a sync that begins now is done.
    mutating func sync(at now: Instant) -> Instant { end(now, spec.sync.sample(from: &syncStream)) }

    /// When a write that must reach the device and begins now is done.
    mutating func write(at now: Instant) -> Instant { end(now, spec.write.sample(from: &writeStream)) }

    /// A stall holds up all that is under way in it, for as long as it lasts.
    private mutating func end(_ now: Instant, _ latency: Nanoseconds) -> Instant {
        var end = now + latency
        for index in stalls.indices { end = stalls[index].delay(from: now, until: end) }
        return end
    }
}

/// The stalls of one kind, one after the other.
struct StallSchedule {
    private let spec: StallSpec
    private var stream: RandomStream
    private var from: Instant
    private var until: Instant

    init(_ spec: StallSpec, start: Instant, stream: RandomStream) {
        self.spec = spec
        self.stream = stream
        switch spec {
        case .at(let instant, let lasting):
            from = start + instant
            until = from + lasting.sample(from: &self.stream)
        case .every(let pause, let lasting):
            from = start + pause.sample(from: &self.stream)
            until = from + lasting.sample(from: &self.stream)
        }
    }

    /// When an operation that runs from `start` until `end` without stalls ends with them.
    mutating func delay(from start: Instant, until end: Instant) -> Instant {
        var end = end
        while until <= start {
            guard advance() else { return end }
        }
        while from < end {
            end += until - max(from, start)
            guard advance() else { return end }
        }
        return end
    }

    /// Moves on to the next stall; false if there is none.
    private mutating func advance() -> Bool {
        guard case .every(let pause, let lasting) = spec else {
            from = .distantFuture
            until = .distantFuture
            return false
        }
        from = until + pause.sample(from: &stream)
        until = from + max(lasting.sample(from: &stream), Nanoseconds(1))
        return true
    }
}
