import Experiments
import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Report

/// Each test starts from a span in which 38 of 40 sessions wait for one sync, and changes what its rule is about.
@Suite("The finding")
struct FindingTests {
    private func finding(
        settings: Settings = Settings(), phases: [SpanResult] = [], counts: [SessionCountRow] = [],
        _ change: (inout SpanResult) -> Void = { _ in }
    ) -> Finding {
        var span = Fixture.span()
        change(&span)
        var run = Fixture.run(seed: 1, span, phases: phases)
        run.sessionCounts = counts
        var result = Fixture.result([run])
        result.settings = settings
        return Finding.of(result)
    }

    @Test("Waiting for another's sync is told with the number of waiters, the holder's activity and the group size")
    func flush() {
        let finding = finding()
        #expect(finding.rule == .flush)
        #expect(
            finding.text == """
                38.0 of 39.0 waiters wait for one WAL sync: they are in LWLock:WALWrite (holder in IO:WALSync 92.1 % \
                of that time). IO:WALSync takes 2.00 ms on average, and a flush commits 20.0 transactions.
                """)
    }

    @Test("Clients that each sync alone do not wait for one another")
    func flushAlone() {
        let finding = finding {
            $0.waitEvents = [Fixture.row(nil, 0.1), Fixture.row(Fixture.walSync, 0.9, waits: 10)]
            $0.attribution = []
            $0.activity = [Fixture.activity(.running, 0.1), Fixture.activity(.waiting, 0.9)]
        }
        #expect(finding.rule == .flush)
        #expect(finding.text.hasPrefix("0.90 of 1.00 active sessions wait for their own flush, and few or none queue"))
    }

    @Test("No transaction at all is the first thing to say")
    func nothing() {
        let finding = finding {
            $0.transactions = 0
            $0.longestCommitGap = .seconds(10)
        }
        #expect(finding.rule == .nothing)
        #expect(
            finding.text == """
                No transaction completed in 10.0 s: 39.9 of 40 sessions are active, 38.0 of them in LWLock:WALWrite \
                (holder in IO:WALSync 92.1 % of that time).
                """)
    }

    @Test("A stall is named by its one long I/O, the sessions behind it, and what that I/O usually takes")
    func stall() {
        let counts = [
            SessionCountRow(backendType: .clientBackend, event: Fixture.walWrite, sessions: 39, samples: 9),
            SessionCountRow(backendType: .clientBackend, event: Fixture.walWrite, sessions: 40, samples: 0),
            SessionCountRow(backendType: .clientBackend, event: nil, sessions: 90, samples: 1),
        ]
        let finding = finding(counts: counts) {
            $0.longestCommitGap = .milliseconds(905)
            $0.waitEvents[2].waits = Fixture.histogram([(.milliseconds(2), 50), (.milliseconds(900), 1)])
        }
        #expect(finding.rule == .stall)
        #expect(
            finding.text.hasPrefix(
                "Nothing was committed for 905 ms: one IO:WALSync took 900 ms, and up to 39 sessions waited behind it."
            ))
        #expect(finding.text.hasSuffix("Half of the waits in IO:WALSync take at most 2.00 ms."))
    }

    @Test("A gap that no I/O explains is told without a culprit")
    func gapWithoutIO() {
        let finding = finding {
            $0.longestCommitGap = .milliseconds(905)
            $0.waitEvents[2].total = $0.waitEvents[2].waits.total
        }
        #expect(finding.rule == .stall)
        #expect(finding.text == "Nothing was committed for 905 ms, and no single I/O took that long.")
    }

    @Test("An I/O that had not ended when the run did is the culprit of a gap as long")
    func gapToTheEnd() {
        let finding = finding {
            $0.longestCommitGap = .milliseconds(905)
            $0.waitEvents[2].total = $0.waitEvents[2].waits.total + TotalTime(.milliseconds(904))
        }
        #expect(
            finding.text
                == "Nothing was committed for 905 ms: one IO:WALSync that began then had not ended when the run did.")
    }

    @Test(
        "A gap is long from 50 ms and 20 times the median I/O on",
        arguments: [(49, false), (51, true)])
    func longGap(milliseconds: Int64, long: Bool) {
        // The median sync takes 2 ms, 20 of them less than 50 ms.
        let finding = finding { $0.longestCommitGap = .milliseconds(milliseconds) }
        #expect((finding.rule == .stall) == long)
    }

    @Test("A backlog that makes most transactions slow does not hide the stall behind it")
    func backlog() {
        let finding = finding {
            $0.longestCommitGap = .milliseconds(905)
            $0.latency = Fixture.histogram([(.milliseconds(900), 100)])
        }
        #expect(finding.rule == .stall)
    }

    @Test("The gaps of a slow arrival stream are no stall")
    func sparseArrivals() {
        let finding = finding {
            $0.transactions = 10
            $0.longestCommitGap = .seconds(4)
        }
        #expect(finding.rule != .stall)
    }

    @Test("A server whose sessions wait for their clients is idle")
    func idle() {
        let finding = finding {
            $0.waitEvents = [Fixture.row(Fixture.walSync, 0.3), Fixture.row(Fixture.clientRead, 39.7)]
        }
        #expect(finding.rule == .idle)
        #expect(
            finding.text
                == "The server has little to do: 0.30 of 40 sessions are active at 10,000 tps, the others wait for "
                + "their clients.")
    }

    @Test("Waits for insertion outweigh those for the flush when WAL buffers are small")
    func insertion() {
        let finding = finding {
            $0.waitEvents[1].event = Fixture.walInsert
            $0.pgStatWAL.walBuffersFull = 75_000
        }
        #expect(finding.rule == .insertion)
        #expect(
            finding.text == """
                38.0 of 39.9 active sessions wait to insert WAL, 0.98 for its flush. WAL buffers are too small: \
                0.75 times a commit a session found them full and had to write WAL before it could insert \
                (wal_buffers_full).
                """)
    }

    @Test("Waits for insertion with room in the buffers are not blamed on them")
    func insertionWithRoom() {
        let finding = finding { $0.waitEvents[1].event = Fixture.walInsert }
        #expect(finding.rule == .insertion)
        #expect(finding.text.hasSuffix("Insertion itself is the bottleneck, WAL buffers are rarely full."))
    }

    @Test("Commits that do not wait are named with the setting that makes them so")
    func asynchronous() {
        var settings = Settings()
        settings.synchronousCommit = .off
        let finding = finding(settings: settings)
        #expect(finding.rule == .asynchronous)
        #expect(finding.text.hasPrefix("Commits do not wait for their WAL (synchronous_commit = off)"))
        settings.synchronousCommit = .on
        settings.fsync = false
        #expect(self.finding(settings: settings).text.contains("(fsync = off)"))
    }

    @Test("A leader that sleeps in commit_delay for a quarter of its followers' wait is named")
    func commitDelay() {
        var settings = Settings()
        settings.commitDelay = 1_500
        let finding = finding(settings: settings) {
            $0.attribution[1].holderActivity = .commitDelay
            $0.attribution[1].total = TotalTime(Nanoseconds(rounding: 150e9))
        }
        #expect(finding.rule == .commitDelay)
        #expect(
            finding.text == """
                38.0 sessions wait in LWLock:WALWrite, and 30.0 % of that time its holder sleeps in commit_delay \
                (1500 us). One flush commits 20.0 transactions of 40 clients.
                """)
    }

    @Test("Sessions that run or want to run are a matter of CPU")
    func processor() {
        let finding = finding {
            $0.activity = [Fixture.activity(.running, 2), Fixture.activity(.ready, 27), Fixture.activity(.waiting, 11)]
            $0.cpuUtilization = 0.99
        }
        #expect(finding.rule == .processor)
        #expect(
            finding.text == """
                CPU, not WAL, is what sessions need: of 39.9 active ones 2.00 run, 27.0 are ready but off CPU and \
                0.00 spin (16 cores, 99.0 % busy).
                """)
    }

    @Test("Without a single cause the biggest share is named")
    func mixed() {
        let finding = finding {
            $0.waitEvents = [
                Fixture.row(nil, 15), Fixture.row(Fixture.walSync, 12), Fixture.row(Fixture.clientRead, 13),
            ]
        }
        #expect(finding.rule == .mixed)
        #expect(
            finding.text == """
                No single cause: of 27.0 active sessions the most, 15.0, show no wait event; in truth 0.50 run, \
                0.40 are ready but off CPU, 14.1 wait for what this release has no event for.
                """)
    }

    @Test("A phase that stands out is judged instead of the whole, and compared with a quiet one before it")
    func phases() {
        var quiet = Fixture.span(named: "quiet", transactions: 1_000)
        quiet.latency = Fixture.histogram([(.microseconds(400), 100)])
        quiet.waitEvents = [Fixture.row(Fixture.walSync, 0.1), Fixture.row(Fixture.clientRead, 39.9)]
        var after = quiet
        after.name = "after"
        after.waitEvents = [Fixture.row(Fixture.clientRead, 40)]
        let finding = finding(phases: [quiet, Fixture.span(named: "burst"), after]) {
            $0.waitEvents = [Fixture.row(Fixture.walSync, 0.5), Fixture.row(Fixture.clientRead, 39.5)]
        }
        #expect(finding.rule == .flush)
        #expect(finding.text.hasPrefix("In burst: 38.0 of 39.0 waiters wait for one WAL sync"))
        #expect(finding.text.hasSuffix("The p99 latency is 8.00 ms in burst and 400 us in quiet."))
    }

    @Test("Phases of equal load are no finding")
    func equalPhases() {
        let phases = [Fixture.span(named: "run 1"), Fixture.span(named: "run 2")]
        #expect(finding(phases: phases).text.hasPrefix("38.0 of 39.0 waiters"))
    }
}
