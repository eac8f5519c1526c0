import SimTime
import Testing
import WaitEvents

@testable import Instrumentation

/// Many sessions together wait for longer than 64 bits can count nanoseconds.
@Suite("Sums over sessions and transactions")
struct LongSumTests {
    private static let century = Nanoseconds.seconds(100 * 365 * 86_400)
    private let sessions = 6
    private let recorder: Recorder

    init() {
        recorder = Recorder(
            release: .v16, processes: Array(repeating: .clientBackend, count: 6), lockEvents: [.lwLockWALWrite],
            recordTypes: [])
    }

    /// One session holds the lock that the others wait for, and commits in the end.
    private func wait(until end: Instant) {
        for process in 0..<sessions { recorder.setState(process, .waiting, .zero) }
        recorder.lockAcquired(0, by: 0, .zero)
        for process in 1..<sessions {
            recorder.report(process, .lwLockWALWrite, .zero)
            recorder.lockWait(0, by: process, begins: true, .zero)
        }
        for _ in 1..<sessions { recorder.transactionCompleted(latency: end - .zero, end) }
    }

    @Test("The time of all sessions is exact in every table of a span")
    func span() throws {
        let start = recorder.beginSpan(.zero)
        let end = Instant.zero + Self.century
        wait(until: end)
        let span = recorder.endSpan(start, named: "all", end)
        let waited = TotalTime(Self.century) * 5
        #expect(try #require(span.waitEvents.first { $0.event?.description == "LWLock:WALWrite" }).total == waited)
        #expect(span.attribution.map(\.total) == [waited])
        #expect(try #require(span.activity.first { $0.state == .waiting }).total == TotalTime(Self.century) * 6)
        #expect(span.latency.total == waited)
        #expect(waited.seconds == 5 * Self.century.seconds)
    }

    @Test("The timeline shows their mean")
    func timeline() throws {
        let builder = TimelineBuilder(recorder, interval: Self.century, .zero)
        let end = Instant.zero + Self.century
        wait(until: end)
        builder.tick(end)
        let series = builder.timeline().series
        #expect(try #require(series.first { $0.metric == "latency_mean" }).values == [Self.century.microseconds])
        #expect(try #require(series.first { $0.metric == "active_sessions:LWLock:WALWrite" }).values == [5])
    }
}
