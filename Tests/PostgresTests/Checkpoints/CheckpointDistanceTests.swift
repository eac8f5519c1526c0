import Postgres
import Testing

/// The arithmetic of max_wal_size, min_wal_size and the completion target.
@Suite("The distance between checkpoints")
struct CheckpointDistanceTests {
    private func distance(
        target: Double, keepsTwo: Bool = false, max: Int = 1024, min: Int = 80, segmentSize: UInt64 = 16 << 20
    ) -> CheckpointDistance {
        var settings = Settings()
        settings.checkpointCompletionTarget = target
        settings.maxWALSize = max
        settings.minWALSize = min
        settings.walSegmentSize = segmentSize
        return CheckpointDistance(settings, keepsTwoCheckpoints: keepsTwo)
    }

    @Test(
        "CheckPointSegments of 1 GB by release: 0.9 from 14 on, 0.5 before, and two checkpoints kept up to 10",
        arguments: [(0.9, false, 33), (0.5, false, 42), (0.5, true, 25), (1.0, false, 32), (0.0, false, 64)]
            as [(Double, Bool, UInt64)])
    func vectors(target: Double, keepsTwo: Bool, segments: UInt64) {
        #expect(distance(target: target, keepsTwo: keepsTwo).checkPointSegments == segments)
    }

    @Test("There is always at least one segment between checkpoints")
    func atLeastOne() {
        #expect(distance(target: 0.9, max: 2).checkPointSegments == 1)
        #expect(distance(target: 0.9, max: 2, segmentSize: 1 << 20).checkPointSegments == 1)
        #expect(distance(target: 0.9, max: 4, segmentSize: 1 << 20).checkPointSegments == 2)
    }

    @Test("Segments are kept as far as the next checkpoint will come and a tenth more, between min and max")
    func horizon() {
        let distance = distance(target: 0.9)
        let segment = 16.0 * 1_048_576
        let redo: XLogRecPtr = 100 << 24
        // min_wal_size of 80 MB is 5 segments, of which the redo point's is the first.
        #expect(distance.recycleHorizon(redo: redo, estimate: 0) == 104)
        // 10 segments an interval: 100 + 1.9 x 10 x 1.1 = 120.9.
        #expect(distance.recycleHorizon(redo: redo, estimate: 10 * segment) == 121)
        #expect(distance.recycleHorizon(redo: redo, estimate: 1_000 * segment) == 163)
    }

    @Test("The estimate follows a longer distance at once and a shorter one by a tenth")
    func estimate() {
        #expect(CheckpointDistance.estimate(after: 500, before: 100) == 500)
        #expect(CheckpointDistance.estimate(after: 100, before: 500) == 460)
        #expect(CheckpointDistance.estimate(after: 500, before: 500) == 500)
    }
}
