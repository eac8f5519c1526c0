import Testing

@testable import Experiments
@testable import Report

@Suite("The terminal report")
struct RunScreenTests {
    private let result: ExperimentResult = {
        var result = Fixture.result(
            [
                Fixture.run(seed: 7, Fixture.span(), phases: [Fixture.span(named: "run 1", over: .seconds(4))]),
                Fixture.run(seed: 8, Fixture.span(transactions: 100_200)),
            ],
            thresholds: [
                ThresholdSpec(metric: "latency_p99", comparison: .atMost, value: 20_000, text: "<= 20ms"),
                ThresholdSpec(metric: "tps", comparison: .more, value: 20_000, text: "> 20000"),
            ])
        result.name = "steady-commit"
        result.warnings = ["the warm-up may be too short"]
        return result
    }()

    private func text(width: Int = 80, colour: Bool = false, unicode: Bool = true) -> String {
        RunScreen.text(
            of: result,
            on: TerminalCapabilities(isTerminal: colour, width: width, colour: colour, unicode: unicode))
    }

    @Test("At 80 columns it reads like this")
    func golden() {
        let expected = """
            steady-commit · PostgreSQL 16 · 16 cores · 40 sessions
            seed 7 · 2 repeats of 10.0 s simulated in 500 ms, 48.0 times real time
            synchronous_commit=on wal_sync_method=fdatasync commit_delay=0 wal_buffers=4MB

            38.0 of 39.0 waiters wait for one WAL sync: they are in LWLock:WALWrite (holder
            in IO:WALSync 92.1 % of that time). IO:WALSync takes 2.00 ms on average, and a
            flush commits 20.0 transactions.

            Headline  means of 2 repeats
                                              95 % interval
              Throughput          10,010 tps  9,883 .. 10,137 tps
              Latency, mean          4.08 ms  4.08 .. 4.08 ms
              Latency, p99           8.00 ms  8.00 .. 8.00 ms
              Commits per flush         20.0  20.0 .. 20.0
              WAL per commit           230 B  230 .. 230 B
              CPU in use              25.0 %  25.0 .. 25.0 %
              Longest commit gap     3.00 ms  worst repeat

            Wait events  sessions on average; 39.9 of 40 are active
              wait event         sessions                   share  waits/s     mean      p99
              LWLock:WALWrite        38.0  ██████████████  95.3 %     19.0  1.90 ms  1.90 ms
              IO:WALSync             0.98  ▍                2.5 %     5.00  2.00 ms  2.00 ms
              (none)                 0.90  ▍                2.3 %
              Client:ClientRead      0.12                             10.0  20.0 us  20.0 us
              WalWriterMain          1.00
              (none): on CPU, ready or unreported sleep. In truth: 0.50 running, 0.40 ready
              but off CPU.

            Histograms  share of waits by duration
              waits that last  LWLock:WALWrite                IO:WALSync
              1.02 .. 2.05 ms  ████████████████████  100.0 %  ████████████████████  100.0 %

            Who waits for whom
              waiting in       sessions                           share
              LWLock:WALWrite      38.0  ← holder in IO:WALSync  92.1 %  █████████████████▌
                                         ← holder on CPU          7.9 %  █▌

            Latency  of 200 transactions
                 mean      p50      p90      p95      p99    p99.9      max
              4.08 ms  4.00 ms  4.00 ms  4.00 ms  8.00 ms  8.00 ms  8.00 ms

            Phases  WALWrite: sessions queued for that lock; gap: longest without a commit
              phase    span     tps      p50      p99      max  c/flush  WALWrite      gap
              run 1  4.00 s  25,000  4.00 ms  8.00 ms  8.00 ms     20.0      38.0  3.00 ms

            WAL records  FPI: full-page images; shares are of each column
              type             count    (%)  records    (%)      FPI    (%)  combined    (%)
              Heap/INSERT    200,200   50.0  19.1 MB   74.6  1.56 kB  100.0   19.1 MB   74.6
              Transaction/…  200,200   50.0  6.49 MB   25.4      0 B    0.0   6.49 MB   25.4
              Total          400,400  100.0  25.6 MB  100.0  1.56 kB  100.0   25.6 MB  100.0

            Thresholds  mean over repeats
              ✓  latency_p99 <= 20ms     8.00 ms
              ✗  tps > 20000          10,010 tps

            warning: the warm-up may be too short

            """
        #expect(text() == expected)
    }

    @Test("A run on real threads does not say that it was simulated, nor how much faster than itself it was")
    func realThreads() {
        var real = result
        real.ranOnThreads = true
        let capabilities = TerminalCapabilities(isTerminal: false, width: 80, colour: false, unicode: true)
        let lines = RunScreen.text(of: real, on: capabilities).split(separator: "\n")
        #expect(lines[1] == "seed 7 · 2 repeats of 10.0 s on real threads")
    }

    @Test("No line is wider than the terminal, at any width", arguments: [80, 90, 100, 120, 160])
    func width(width: Int) {
        for line in text(width: width).split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        for line in text(width: width, unicode: false).split(separator: "\n") { #expect(line.count <= width) }
    }

    @Test("Colour changes nothing but colours")
    func colour() {
        let painted = text(colour: true)
        #expect(painted.contains("\u{1B}["))
        #expect(painted.replacing(/\u{1B}\[[0-9;]*m/, with: "") == text())
        #expect(!text().contains("\u{1B}"))
    }

    @Test("Without Unicode every character is ASCII")
    func ascii() {
        #expect(text(unicode: false).utf8.allSatisfy { $0 < 0x80 })
        #expect(text(unicode: false).contains("##"))
    }

    @Test("A wide terminal spells out what no wait event means")
    func wide() {
        #expect(text(width: 120).contains("(none: on CPU, ready or unreported sleep)"))
    }

    @Test("Idle events come after all others of their kind of process and have no bar")
    func idleLast() throws {
        let lines = text().split(separator: "\n")
        let read = try #require(lines.firstIndex { $0.contains("Client:ClientRead") })
        #expect(lines[read - 1].contains("(none)"))
        #expect(!lines[read].contains("▏"))
    }

    @Test("A long gap is called one, in words and in colour")
    func longGap() {
        var stalled = result
        stalled.repeats[1].whole.longestCommitGap = .milliseconds(905)
        let capabilities = TerminalCapabilities(isTerminal: true, width: 80, colour: true, unicode: true)
        let text = RunScreen.text(of: stalled, on: capabilities)
        #expect(text.contains("\u{1B}[1;31m905 ms\u{1B}[0m"))
        #expect(text.contains("far longer than a commit takes"))
        #expect(!self.text().contains("far longer than a commit takes"))
    }

    @Test("If a phase stands out, the waits shown are those of that phase")
    func focus() {
        var burst = result
        var calm = Fixture.span(transactions: 1_000)
        calm.waitEvents = [Fixture.row(Fixture.walSync, 1), Fixture.row(Fixture.clientRead, 39)]
        burst.repeats = [Fixture.run(seed: 1, calm, phases: [calm, Fixture.span(named: "burst")])]
        let text = RunScreen.text(
            of: burst, on: TerminalCapabilities(isTerminal: false, width: 80, colour: false, unicode: true))
        #expect(text.contains("Wait events in burst  sessions on average; 39.9 of 40 are active"))
        #expect(text.contains("Who waits for whom in burst"))
    }

    @Test("A run without a single transaction still has a report")
    func empty() {
        var span = Fixture.span(transactions: 0)
        span.latency = Fixture.histogram([])
        span.waitEvents = []
        span.attribution = []
        span.activity = []
        let text = RunScreen.text(
            of: Fixture.result([Fixture.run(seed: 1, span)]),
            on: TerminalCapabilities(isTerminal: false, width: 80, colour: false, unicode: true))
        #expect(text.contains("No transaction completed in 10.0 s"))
        #expect(text.contains("Latency, p99               -"))
    }

    @Test("An interrupted run says so at the top")
    func interrupted() {
        var cut = result
        cut.repeats[0].interrupted = true
        let text = RunScreen.text(
            of: cut, on: TerminalCapabilities(isTerminal: false, width: 80, colour: false, unicode: true))
        #expect(text.prefix(400).contains("Interrupted: the figures cover what ran until then."))
    }
}
