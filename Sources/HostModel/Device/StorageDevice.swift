import SimTime
import Statistics

/// A storage device: when a write or a sync that begins now ends.
///
/// It serves `queue_depth` requests side by side, first come, first served; all share its bandwidth. A sync of WAL that
/// comes behind a checkpoint's writes to the same device waits for a free place like any other request.
struct StorageDevice {
    private let spec: DeviceSpec
    private var syncStream: RandomStream
    private var writeStream: RandomStream
    private var stalls: [StallSchedule]
    private var channels: ServiceChannels
    /// When the last byte of all requests so far has gone through.
    private var transferredAt = Instant.zero

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
        channels = ServiceChannels(count: spec.queueDepth)
    }

    /// When a sync that begins now is done.
    /// - Parameter bytes: what of the file is not on the device yet and goes there first.
    mutating func sync(at now: Instant, bytes: UInt64) -> Instant {
        request(now, bytes, spec.sync.sample(from: &syncStream)).end
    }

    /// When a write that must reach the device and begins now is done.
    mutating func write(at now: Instant, bytes: UInt64) -> Instant {
        writeBehind(at: now, bytes: bytes).end
    }

    /// Hands over a write that nobody waits for: when the device begins with it, which is when the queue in front of
    /// the device has a free place again, and when it is done.
    mutating func writeBehind(at now: Instant, bytes: UInt64) -> (begin: Instant, end: Instant) {
        request(now, bytes, spec.write.sample(from: &writeStream))
    }

    private mutating func request(
        _ now: Instant, _ bytes: UInt64, _ latency: Nanoseconds
    ) -> (begin: Instant, end: Instant) {
        let (place, begin) = channels.next(at: now)
        let transferred = transfer(bytes, from: begin, now)
        let end = stalled(from: transferred, until: transferred + latency, now)
        channels.occupy(place, until: end)
        return (begin, end)
    }

    /// When the bytes of a request that begins at `begin` are through.
    private mutating func transfer(_ bytes: UInt64, from begin: Instant, _ now: Instant) -> Instant {
        guard let bandwidth = spec.bandwidth else { return begin }
        let start = max(begin, transferredAt)
        transferredAt = stalled(
            from: start, until: start + Nanoseconds(rounding: Double(bytes) / bandwidth * 1e9), now)
        return transferredAt
    }

    /// A stall holds up all that is under way in it, for as long as it lasts.
    private mutating func stalled(from start: Instant, until end: Instant, _ now: Instant) -> Instant {
        var end = end
        for index in stalls.indices { end = stalls[index].delay(from: start, until: end, now: now) }
        return end
    }
}
