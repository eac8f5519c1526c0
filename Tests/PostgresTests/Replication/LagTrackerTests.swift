import SimTime
import Testing

@testable import Postgres

/// The lag columns of pg_stat_replication.
@Suite struct LagTrackerTests {
    private func at(_ milliseconds: Int64) -> Instant { .zero + .milliseconds(milliseconds) }

    @Test("The lag is the age of the newest flush that a reply covers, for each position apart")
    func ages() {
        var tracker = LagTracker()
        tracker.write(100, at(0))
        tracker.write(200, at(10))
        tracker.write(300, at(20))
        #expect(tracker.read(.write, 250, at(30)) == .milliseconds(20))
        #expect(tracker.read(.flush, 100, at(30)) == .milliseconds(30))
        #expect(tracker.read(.write, 300, at(40)) == .milliseconds(20))
    }

    @Test("Between two flushes the time is interpolated; before the first it is that of the first")
    func interpolation() {
        var tracker = LagTracker()
        tracker.write(100, at(0))
        #expect(tracker.read(.write, 50, at(5)) == .milliseconds(5))
        tracker.write(200, at(10))
        #expect(tracker.read(.write, 100, at(20)) == .milliseconds(20))
        #expect(tracker.read(.write, 150, at(20)) == .milliseconds(15))
    }

    @Test("A standby that has everything has no lag to tell")
    func caughtUp() {
        var tracker = LagTracker()
        tracker.write(100, at(0))
        #expect(tracker.read(.apply, 100, at(3)) == .milliseconds(3))
        #expect(tracker.read(.apply, 100, at(9)) == nil)
    }

    @Test("A standby far behind costs no more than the ring, and its lag stays true")
    func full() throws {
        var tracker = LagTracker()
        for index in 1...20_000 { tracker.write(UInt64(index), at(Int64(index))) }
        #expect(tracker.read(.flush, 5_000, at(30_000)) == .milliseconds(25_000))
        #expect(tracker.read(.flush, 20_000, at(30_000)) == .milliseconds(10_000))
    }
}
