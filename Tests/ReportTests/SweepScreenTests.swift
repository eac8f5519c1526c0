import Testing

@testable import Experiments
@testable import Report

@Suite("A sweep on the terminal")
struct SweepScreenTests {
    private func text(of sweep: SweepResult) -> String {
        SweepScreen.text(
            of: sweep, file: "out.csv",
            on: TerminalCapabilities(isTerminal: false, width: 80, colour: false, unicode: true))
    }

    /// What stands in a line's columns, the bar apart.
    private func cells(_ line: Substring) -> [String] {
        line.split(separator: #/ {2,}/#).prefix(7).map(String.init)
    }

    @Test("Each point has a line, under heads that say which count was varied and what is a latency")
    func points() {
        let sweep = SweepReportTests.sweep([SweepReportTests.clients, SweepReportTests.delays])
        let lines = text(of: sweep).split(separator: "\n")
        #expect(lines[0] == "a < b · 6 points · 3 repeats each, with common seeds")
        #expect(cells(lines[1]) == ["clients", "commit_delay", "tps", "95 % interval", "latency", "p99", "c/flush"])
        #expect(cells(lines[2]) == ["4", "0", "1,014", "989 .. 1,039", "900 us", "900 us", "900"])
        #expect(cells(lines[7]) == ["8", "250", "1,268", "1,243 .. 1,293", "905 us", "905 us", "905"])
        #expect(lines[8] == "rows of every metric and repeat: out.csv")
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test("A group's count is told from that of others")
    func titles() {
        #expect(SweepAxis(path: "clients.count", values: []).title == "clients")
        #expect(SweepAxis(path: "clients.1.count", values: []).title == "clients.1")
        #expect(SweepAxis(path: "server.settings.commit_delay", values: []).title == "commit_delay")
    }

    @Test("Points that the user named stand under their names")
    func labels() {
        var sweep = SweepReportTests.sweep([SweepReportTests.clients])
        sweep.isLabelled = true
        sweep.points[0].label = "few"
        let lines = text(of: sweep).split(separator: "\n")
        #expect(lines[1].hasPrefix("  point  "))
        #expect(lines[2].hasPrefix("  few    "))
    }

    @Test("A shard without points says so, and what its file is good for")
    func emptyShard() {
        var sweep = SweepReportTests.sweep([SweepReportTests.clients])
        sweep.points = []
        #expect(text(of: sweep).hasPrefix("a < b: no point of the sweep's 2 is in this shard; out.csv has the header"))
    }
}
