import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Experiments
@testable import Report

/// Causes besides the flush; each test changes a span in which 38 of 40 sessions wait for one sync.
@Suite("The finding about other causes")
struct FindingCauseTests {
    private func finding(settings: Settings = Settings(), _ change: (inout SpanResult) -> Void) -> Finding {
        var span = Fixture.span()
        change(&span)
        var result = Fixture.result([Fixture.run(seed: 1, span)])
        result.settings = settings
        return Finding.of(result)
    }

    @Test("A client that sleeps in commit_delay alone is told what shows as no wait event")
    func commitDelayAlone() {
        var settings = Settings()
        settings.commitDelay = 1_000
        let finding = finding(settings: settings) {
            $0.waitEvents = [Fixture.row(nil, 0.5), Fixture.row(Fixture.walSync, 0.5, waits: 10)]
            $0.attribution = []
            $0.activity = [Fixture.activity(.asleepWithoutEvent, 0.45), Fixture.activity(.waiting, 0.5)]
        }
        #expect(finding.rule == .commitDelay)
        #expect(
            finding.text.hasPrefix(
                "0.45 of 1.00 active sessions sleep in commit_delay (1000 us), which shows as no wait event."))
    }

    @Test("A lock that no rule is about is named as the cause if most sessions wait for it")
    func elsewhere() {
        let content = WaitEvent.lwLockBufferContent.name(in: .v16)!
        let finding = finding {
            $0.waitEvents = [Fixture.row(content, 30, waits: 10), Fixture.row(Fixture.walSync, 5)]
            $0.attribution = [
                AttributionRow(event: content, holderActivity: .ready, total: TotalTime(Nanoseconds(rounding: 300e9)))
            ]
        }
        #expect(finding.rule == .mixed)
        #expect(
            finding.text == """
                30.0 of 35.0 active sessions are in LWLock:BufferContent (holder ready, but off CPU 100.0 % of that \
                time), 2.00 ms on average.
                """)
    }

    @Test("A schedule that runs ahead of what gets done is told, with the wait for a connection")
    func backlogOfSchedule() {
        // 10,000 tps times 100 ms are 1,000 transactions under way, of which 40 have a connection.
        var span = Fixture.span()
        span.latency = Fixture.histogram([(.milliseconds(100), 100)])
        var result = Fixture.result([Fixture.run(seed: 1, span)])
        #expect(!Finding.of(result).text.contains("faster than"))
        result.hasSchedule = true
        #expect(
            Finding.of(result).text.hasSuffix(
                "Transactions arrive faster than 40 connections get them done: 960 wait for a free one, 96.0 ms of the "
                    + "mean latency of 100 ms."))
    }
}
