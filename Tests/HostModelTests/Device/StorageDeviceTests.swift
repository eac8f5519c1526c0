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
            return (0..<2_000).reduce(0.0) { sum, _ in sum + (device.sync(at: .zero) - .zero).microseconds } / 2_000
        }
        #expect(interval.contains(500))
    }
}
