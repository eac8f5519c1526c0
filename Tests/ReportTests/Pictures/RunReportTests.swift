import Foundation
import Instrumentation
import SimTime
import Testing

@testable import Experiments
@testable import Report

@Suite("A run's report as a page")
struct RunReportTests {
    /// Two repeats, three phases, a timeline with a burst in its middle, and texts that would break a careless page.
    static let result: ExperimentResult = {
        let names = ["quiet", "burst <b>", "after"]
        let runs = (0..<2).map { repeated -> RunResult in
            var whole = Fixture.span(transactions: 100_000 + UInt64(repeated) * 2_000)
            whole.flushGroups = [
                FlushGroupRow(least: 0, most: 0, flushes: 10), FlushGroupRow(least: 20, most: 20, flushes: 4_000),
                FlushGroupRow(least: 32, most: 35, flushes: 990),
            ]
            let phases = names.enumerated().map { Fixture.span(named: $1, over: .seconds(Int64($0 == 1 ? 2 : 4))) }
            var run = Fixture.run(seed: 7 + UInt64(repeated), whole, phases: phases)
            run.timeline = timeline
            return run
        }
        var result = Fixture.result(runs)
        result.name = "<script>alert('x')</script> & \"quotes\" \u{1}"
        result.warnings = ["a < b"]
        return result
    }()

    static let timeline = Timeline(
        interval: .seconds(1),
        series: [
            ("tps", (0..<10).map { $0 == 5 ? nil : Double($0) * 1_000 }),
            ("latency_mean", (0..<10).map { $0 == 5 ? nil : 900 + Double($0) }),
            ("active_sessions:none", [Double?](repeating: 2, count: 10)),
            ("active_sessions:LWLock:WALWrite", (0..<10).map { $0 == 5 ? 38 : 1 }),
            ("active_sessions:IO:WALWrite", [Double?](repeating: 0.9, count: 10)),
            ("active_sessions:Client:ClientRead", [Double?](repeating: 300, count: 10)),
        ])

    @Test("The page is well-formed, and texts of a scenario stay texts")
    func isWellFormed() throws {
        let page = try XMLCheck(RunReport.html(of: Self.result))
        #expect(page.named("script").isEmpty && page.named("b").isEmpty)
        #expect(page.named("h1")[0].text == "<script>alert('x')</script> & \"quotes\" ")
        #expect(page.named("figure").count == 7)
    }

    @Test("The page needs nothing from outside: no address, no script, no file")
    func isSelfContained() throws {
        let page = try XMLCheck(RunReport.html(of: Self.result))
        for element in page.elements {
            #expect(!["link", "script", "img", "iframe", "object", "use"].contains(element.name))
            for (name, value) in element.attributes where name != "xmlns" {
                #expect(!["href", "src", "xlink:href", "srcset"].contains(name))
                #expect(!value.contains("//"), "\(name)=\(value)")
                #expect(!value.contains("url(") || value.hasPrefix("url(#texture-"))
            }
        }
        let style = page.named("style").map(\.text).joined()
        #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("//"))
    }

    @Test("Where no transaction completed, the latency's line is interrupted, as its caption says")
    func gapsInLatency() throws {
        let page = try XMLCheck(RunReport.html(of: Self.result))
        let paths = page.named("path").filter { $0.attributes["class"] == "line solid s-lwlock0" }
        // Nothing completed in the sixth of ten intervals.
        #expect(!paths.isEmpty && paths.allSatisfy { $0.attributes["d"]?.count { $0 == "M" } == 2 })
    }

    @Test("Every texture and every colour that a picture uses is defined, identifiers once")
    func isDefined() throws {
        for text in [RunReport.html(of: Self.result), RunReport.svg(of: Self.result)] {
            let page = try XMLCheck(text)
            let identifiers = page.elements.compactMap { $0.attributes["id"] }
            #expect(Set(identifiers).count == identifiers.count)
            let style = page.named("style").map(\.text).joined()
            for element in page.elements {
                let fill = element.attributes["fill"] ?? ""
                if fill.hasPrefix("url(#") { #expect(identifiers.contains(String(fill.dropFirst(5).dropLast()))) }
                let classes = element.attributes["class"]?.split(separator: " ") ?? []
                for name in classes where name.hasPrefix("f-") || name.hasPrefix("s-") {
                    #expect(style.contains(".\(name){"), "\(name)")
                }
            }
        }
    }

    @Test("Finding, figures with intervals, seeds, hash, digest and settings are on the page")
    func saysWhatRan() throws {
        let page = try XMLCheck(RunReport.html(of: Self.result))
        let findings = page.elements.first { $0.attributes["class"] == "findings" }?.text ?? ""
        #expect(findings.contains(Finding.of(Self.result).text) && findings.contains("a < b"))
        let facts = zip(page.named("dt").map(\.text), page.named("dd").map(\.text)).map { "\($0)=\($1)" }
        #expect(facts.contains("scenario hash=00ff") && facts.contains("seeds=7 to 8"))
        #expect(facts.contains("digest of the trajectory=\(ResultJSON.hexadecimal(Self.result.digest))"))
        #expect(facts.contains("commit_delay=0") && facts.contains("wal_sync_method=fdatasync"), "\(facts)")
        let values = page.elements.filter { $0.attributes["class"] == "value" }.map(\.text)
        #expect(values[0] == "10,100 tps")
        let intervals = page.elements.filter { $0.attributes["class"] == "interval" }.map(\.text)
        #expect(intervals[0] == "8,829 tps .. 11,371 tps", "10,100 +- 12.706 x 100")
    }

    /// Two standbys, of which one has not replied yet.
    private func withStandbys(_ span: SpanResult) -> SpanResult {
        var span = span
        span.replication.sends = 50_000
        span.standbys = [
            StandbyRow(
                applicationName: "b", state: "streaming", sent: 0x1_0000_4000, write: 0x1_0000_4000,
                flush: 0x1_0000_0000, replay: 0x1_0000_0000, writeLag: .microseconds(300), flushLag: .milliseconds(2),
                replayLag: nil, syncPriority: 1, syncState: "sync"),
            StandbyRow(
                applicationName: "c", state: "catchup", sent: 0x1_0000_4000, write: 0, flush: 0, replay: 0,
                writeLag: nil, flushLag: nil, replayLag: nil, syncPriority: 2, syncState: "potential"),
        ]
        return span
    }

    private func cells(_ html: String) throws -> [String] { try XMLCheck(html).named("td").map(\.text) }

    @Test("Standbys have their rows of pg_stat_replication, and a run without any has no such section")
    func standbys() throws {
        let result = Fixture.result([Fixture.run(seed: 1, withStandbys(Fixture.span()))])
        let cells = try cells(RunReport.html(of: result))
        let first = try #require(cells.firstIndex(of: "streaming"))
        #expect(
            cells[(first - 1)..<(first + 9)] == [
                "b", "streaming", "sync", "1/4000", "0 B", "16.4 kB", "16.4 kB", "300 us", "2.00 ms", "-",
            ])
        #expect(cells[(first + 9)..<(first + 13)] == ["c", "catchup", "potential", "1/4000"])
        #expect(cells[(first + 13)..<(first + 19)].allSatisfy { $0 == "-" })
        #expect(cells.contains("commits a message"))
        let headings = try XMLCheck(RunReport.html(of: Self.result)).named("h2").map(\.text)
        #expect(!headings.isEmpty && !headings.contains("Standbys"))
    }

    @Test("Each walsender has a row of what it did, with its server's name if there are several")
    func walSenders() throws {
        let result = Fixture.result([Fixture.run(seed: 1, Fixture.withWalSenders(Fixture.span()))])
        let cells = try cells(RunReport.html(of: result))
        let second = try #require(cells.firstIndex(of: "one"))
        #expect(cells[(second - 8)..<second] == ["b", "40.0", "10.0", "1.50", "90.0", "80.0", "1.50", "5.00"])
        #expect(cells[second..<(second + 9)] == ["one", "c", "50.0", "8.00", "0.00", "0.00", "0.00", "-", "-"])
    }

    @Test("Of a run with phases every phase shows its standbys, and that it has none")
    func standbysByPhase() throws {
        let phases = ["quiet", "lost", "back"].map { Fixture.span(named: $0, over: .seconds(3)) }
        let run = Fixture.run(
            seed: 1, withStandbys(Fixture.span()),
            phases: [withStandbys(phases[0]), phases[1], withStandbys(phases[2])])
        let cells = try cells(RunReport.html(of: Fixture.result([run])))
        #expect(cells.filter { $0 == "catchup" }.count == 2)
        let lost = try #require(cells.firstIndex(of: "none connected"))
        #expect(cells[lost - 1] == "lost" && cells[lost + 1] == "-")
    }

    @Test("A run with nothing in it still gives a page")
    func emptyRun() throws {
        let empty = SpanResult(
            name: "all", span: .zero, transactions: 0, latency: .init(), longestCommitGap: .zero, commits: 0,
            flushes: 0, walBytes: 0, cpuUtilization: 0, waitEvents: [], attribution: [], walRecords: [],
            activity: [], pgStatWAL: PgStatWAL())
        var run = Fixture.run(seed: 1, empty)
        run.timeline = Timeline(interval: .seconds(1), series: [])
        let result = Fixture.result([run])
        #expect(try XMLCheck(RunReport.html(of: result)).named("figure").isEmpty)
        #expect(try XMLCheck(RunReport.svg(of: result)).named("svg").count == 1)
    }
}
