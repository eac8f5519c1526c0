import SimTime
import Statistics
import Testing

@testable import HostModel

extension StorageDevice {
    /// Requests whose size does not matter.
    fileprivate mutating func sync(at now: Instant) -> Instant { sync(at: now, bytes: 8192) }
    fileprivate mutating func write(at now: Instant) -> Instant { write(at: now, bytes: 8192) }
}

/// When writes and syncs of a device end.
@Suite("A storage device")
struct StorageDeviceTests {
    private func device(
        sync: Distribution = .microseconds(1_000), write: Distribution = .microseconds(200), stalls: [StallSpec] = [],
        start: Instant = .zero, seed: UInt64 = 1
    ) -> StorageDevice {
        StorageDevice(
            DeviceSpec(sync: sync, write: write, stalls: stalls), name: "device", start: start, seed: seed)
    }

    private func us(_ count: Int64) -> Instant { .zero + .us(count) }

    @Test("A constant sync and a constant write end after just that")
    func constant() {
        var device = device()
        #expect(device.sync(at: us(5)) == us(1_005))
        #expect(device.write(at: us(2_000)) == us(2_200))
        #expect(device.sync(at: us(3_000)) == us(4_000))
    }

    @Test("Writes do not draw from the random numbers of syncs")
    func ownStreams() throws {
        let exponential = try Distribution.exponential(mean: .us(100))
        var (plain, mixed) = (
            device(sync: exponential, write: exponential), device(sync: exponential, write: exponential)
        )
        for _ in 0..<10 {
            _ = mixed.write(at: .zero)
            #expect(plain.sync(at: .zero) == mixed.sync(at: .zero))
        }
    }

    @Test(
        "What a stall overlaps is held up for as long as the overlap lasts",
        arguments: [
            // The stall lasts from 5,000 to 7,000 us.
            (start: 3_900, end: 4_900), (start: 4_000, end: 5_000), (start: 4_500, end: 7_500),
            (start: 5_000, end: 8_000), (start: 6_500, end: 8_000), (start: 7_000, end: 8_000),
        ] as [(start: Int64, end: Int64)])
    func oneStall(start: Int64, end: Int64) {
        var device = device(stalls: [.at(.us(5_000), lasting: .microseconds(2_000))])
        #expect(device.sync(at: us(start)) == us(end))
    }

    @Test("Stalls count from the start of the measured window")
    func fromStart() {
        var device = device(stalls: [.at(.us(100), lasting: .microseconds(50))], start: us(10_000))
        #expect(device.sync(at: us(100)) == us(1_100))
        #expect(device.write(at: us(10_050)) == us(10_300))
        #expect(device.write(at: us(10_400)) == us(10_600))
    }

    @Test("Periodic stalls come again after each pause, and an operation may meet several")
    func periodic() {
        // From 300 to 400 us, 700 to 800, 1,100 to 1,200 and so on.
        let spec = StallSpec.every(.microseconds(300), lasting: .microseconds(100))
        var one = device(stalls: [spec])
        #expect(one.write(at: us(0)) == us(200))
        #expect(one.write(at: us(200)) == us(500))
        #expect(one.write(at: us(500)) == us(700))
        #expect(one.write(at: us(750)) == us(1_000))
        var long = device(stalls: [spec])
        // A thousand microseconds of work meet three stalls.
        #expect(long.sync(at: us(0)) == us(1_300))
    }

    @Test("Stalls of two kinds add up")
    func twoKinds() {
        var device = device(
            stalls: [.at(.us(100), lasting: .microseconds(50)), .at(.us(900), lasting: .microseconds(70))])
        #expect(device.sync(at: us(0)) == us(1_120))
    }

    @Test("Random stalls make operations longer by the ratio of stall to pause")
    func randomStalls() throws {
        let pause = try Distribution.exponential(mean: .us(4_000))
        let lasting = try Distribution.exponential(mean: .us(2_000))
        let interval = interval { seed in
            var device = device(stalls: [.every(pause, lasting: lasting)], seed: seed)
            var now = Instant.zero
            for _ in 0..<5_000 { now = device.write(at: now) }
            return (now - .zero).microseconds / 5_000
        }
        #expect(interval.contains(200 * (1 + 2_000.0 / 4_000)))
        #expect(interval.high - interval.low < 20)
    }

    @Test("The mean of a random latency is what it was asked to be")
    func randomLatency() throws {
        let latency = try Distribution.lognormal(mean: .us(500), sigma: 0.5)
        let interval = interval { seed in
            var device = device(sync: latency, seed: seed)
            var now = Instant.zero
            for _ in 0..<2_000 { now = device.sync(at: now) }
            return (now - .zero).microseconds / 2_000
        }
        #expect(interval.contains(500))
    }

    // MARK: Several requests at a time

    private func device(bandwidth: Double? = nil, queueDepth: Int, stalls: [StallSpec] = []) -> StorageDevice {
        let spec = DeviceSpec(
            sync: .microseconds(1_000), write: .microseconds(200), stalls: stalls, bandwidth: bandwidth,
            queueDepth: queueDepth)
        return StorageDevice(spec, name: "device", start: .zero, seed: 1)
    }

    @Test("As many requests as the queue is deep are served side by side, and the next waits for the first to end")
    func queueDepth() {
        var device = device(queueDepth: 2)
        #expect(device.write(at: us(0)) == us(200))
        #expect(device.write(at: us(50)) == us(250))
        // Both places are busy: until 200 and 250 us.
        #expect(device.sync(at: us(100)) == us(1_200))
        #expect(device.write(at: us(100)) == us(450))
        #expect(device.write(at: us(2_000)) == us(2_200))
    }

    @Test("A stall holds up the bytes on their way: what was queued behind them is no faster for it")
    func stalledTransfer() {
        // 100 MB a second: 1 MB takes 10 ms.
        var device = device(
            bandwidth: 1e8, queueDepth: 8, stalls: [.at(.zero, lasting: .microseconds(1_000_000))])
        #expect(device.writeBehind(at: us(0), bytes: 1_000_000).end == us(1_010_200))
        #expect(device.writeBehind(at: us(500_000), bytes: 1_000_000).end == us(1_020_200))
    }

    @Test("Whoever hands over a write is held up until the device has a place for it")
    func writeBehind() {
        var device = device(queueDepth: 1)
        #expect(device.writeBehind(at: us(0), bytes: 8192).begin == us(0))
        let second = device.writeBehind(at: us(10), bytes: 8192)
        #expect(second.begin == us(200))
        #expect(second.end == us(400))
    }

    @Test("A sync behind a checkpoint's writes waits for their bytes, and for its own")
    func bandwidth() {
        // 8,192 bytes take 8.192 us.
        var device = device(bandwidth: 1e9, queueDepth: 32)
        #expect(device.sync(at: us(0), bytes: 8192) - us(0) == Nanoseconds(1_008_192))
        for _ in 0..<10 { _ = device.writeBehind(at: us(5_000), bytes: 1_000_000) }
        #expect(device.sync(at: us(5_000), bytes: 8192) - us(5_000) == Nanoseconds(11_008_192))
    }

    @Test("A stall holds up every request that is under way in it, however many there are")
    func overlappingStall() {
        var device = device(queueDepth: 8, stalls: [.at(.us(500), lasting: .microseconds(10_000))])
        #expect(device.sync(at: us(0)) == us(11_000))
        #expect(device.sync(at: us(400)) == us(11_400))
        #expect(device.write(at: us(2_000)) == us(10_700))
        #expect(device.write(at: us(10_600)) == us(10_800))
    }
}
