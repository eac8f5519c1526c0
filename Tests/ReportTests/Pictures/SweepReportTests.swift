import Instrumentation
import Testing

@testable import Experiments
@testable import Report

@Suite("A sweep's report as a page")
struct SweepReportTests {
    /// A sweep whose throughput is `tps(values)`, three repeats a point that differ by 10.
    static func sweep(_ axes: [SweepAxis], without excluded: [[String]] = []) -> SweepResult {
        var rows: [[String]] = [[]]
        for axis in axes { rows = rows.flatMap { row in axis.values.map { row + [$0] } } }
        let points = rows.filter { !excluded.contains($0) }.enumerated().map { index, values in
            let tps = values.reduce(1_000.0) { $0 + (Double($1) ?? 7) }
            let repeats = (0..<3).map { number in
                RepeatMetrics(
                    seed: UInt64(number + 5),
                    values: Metric.all.map { $0.name == "tps" ? tps + Double(number) * 10 : 900 + Double(index) })
            }
            return SweepPointResult(
                index: index, values: values, label: values.joined(separator: " & "), scenario: "s",
                scenarioHash: "ff", repeats: repeats)
        }
        return SweepResult(name: "a < b", hash: "0123", axes: axes, pointCount: points.count, points: points)
    }

    static let delays = SweepAxis(path: "server.settings.commit_delay", values: ["0", "1000", "250"])
    static let clients = SweepAxis(path: "clients.count", values: ["4", "8"])

    @Test("One axis gives response curves, points in the order of their values")
    func oneAxis() throws {
        let page = try XMLCheck(SweepReport.html(of: Self.sweep([Self.delays])))
        #expect(page.named("figure").count == 4)
        let picture = try XMLCheck(SweepReport.svg(of: Self.sweep([Self.delays])))
        let xs = picture.named("circle").compactMap { Double($0.attributes["cx"] ?? "") }
        #expect(xs.count == 3 && xs == xs.sorted())
        // 250 lies at a quarter of the way to 1000.
        #expect(abs((xs[1] - xs[0]) / (xs[2] - xs[0]) - 0.25) < 0.01)
        #expect(picture.named("title").contains { $0.text == " at 1000: 2,010" })
        let findings = page.elements.first { $0.attributes["class"] == "findings" }?.text ?? ""
        #expect(findings.contains("highest at 1000: 2,010 tps") && findings.contains("lowest at 0, 1,010 tps"))
        #expect(findings.contains("; no other point's 95 % interval reaches it."))
    }

    @Test("Two axes give curves and maps, with the best cell framed and excluded ones empty")
    func twoAxes() throws {
        let sweep = Self.sweep([Self.delays, Self.clients], without: [["250", "4"]])
        let page = try XMLCheck(SweepReport.html(of: sweep))
        #expect(page.named("figure").count == 6)
        let best = page.elements.filter { $0.attributes["class"]?.hasSuffix(" best") == true }
        #expect(best.count == 2)
        let titles = page.named("title").map(\.text)
        #expect(titles.contains("commit_delay 1000, clients 8: 2,018"))
        #expect(!titles.contains { $0.hasPrefix("commit_delay 250, clients 4") })
    }

    @Test("Values that are no numbers stand side by side; widely spread ones on a logarithmic axis")
    func scales() {
        let words = SweepScale(SweepAxis(path: "p", values: ["on", "off", "remote_write"]))
        #expect(words.positions == [0, 1, 2] && words.label(1) == "off" && words.kind == .linear)
        let spread = SweepScale(SweepAxis(path: "p", values: ["1", "2", "64"]))
        #expect(spread.kind == .logarithmic && spread.position("64") == 64)
        let units = SweepScale(SweepAxis(path: "p", values: ["2ms", "500us"]))
        #expect(units.positions == [0, 1], "different units are not compared")
        #expect(SweepScale(SweepAxis(path: "p", values: ["2ms", "3ms"])).positions == [2, 3])
    }
}
