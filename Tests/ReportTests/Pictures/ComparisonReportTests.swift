import Statistics
import Testing

@testable import Experiments
@testable import Report

@Suite("A comparison's report as a page")
struct ComparisonReportTests {
    private static func row(
        _ metric: String, _ base: [Double], _ new: [Double], _ direction: MetricDirection, p: Double
    ) -> ComparisonRow {
        let (before, after) = (MedianInterval(of: base)!, MedianInterval(of: new)!)
        let change = after.median / before.median - 1
        return ComparisonRow(
            table: "", place: [(column: "phase", value: "<all>")], metric: metric, unit: "us", direction: direction,
            isHeadline: true, base: before, new: after, counts: (base.count, new.count), change: change,
            changeInterval: ConfidenceInterval(low: change - 0.01, high: change + 0.01), test: .paired, pValue: p,
            adjustedPValue: p, excessPValue: p, adjustedExcessPValue: p, isIdentical: false, threshold: 0.05)
    }

    static let result = ComparisonResult(
        base: "before & after", new: "new.csv", threshold: 0.05,
        rows: [
            row("latency_p99", [100, 101, 102], [120, 121, 122], .lower, p: 0.001),
            row("latency_mean", [50, 51, 52], [40, 41, 42], .lower, p: 0.001),
            row("latency_max", [500, 600, 700], [500, 610, 700], .lower, p: 0.8),
        ], warnings: [])

    @Test("Before and after stand side by side, coloured by the verdict, texts as texts")
    func page() throws {
        let page = try XMLCheck(ComparisonReport.html(of: Self.result))
        #expect(page.named("figure").count == 2)
        #expect(page.named("h1")[0].text == "before & after against new.csv")
        let findings = page.elements.first { $0.attributes["class"] == "findings" }?.text ?? ""
        #expect(findings.contains("Regression: <all> latency_p99 +19.8 %"))
        let titles = page.named("title").map(\.text)
        #expect(titles.contains("<all> latency_p99: 101 us") && titles.contains("<all> latency_p99: 121 us"))
        let cells = page.named("td").map(\.text)
        #expect(cells.contains("worse") && cells.contains("better") && cells.contains("~"))
    }

    @Test("A bar of the changes is as long as the change, on its side of zero")
    func changes() throws {
        let picture = try XMLCheck(ComparisonReport.svg(of: Self.result))
        let bars = picture.named("rect").filter { ["f-lwlock0", "f-cpu0"].contains($0.attributes["class"]) }
        let widths = bars.compactMap { Double($0.attributes["width"] ?? "") }
        let starts = bars.compactMap { Double($0.attributes["x"] ?? "") }
        #expect(widths.count == 2)
        #expect(abs(widths[0] / widths[1] - (20.0 / 101) / (10.0 / 51)) < 0.02)
        // What is worse grows to the right of zero, where what is better ends.
        #expect(abs(starts[0] - (starts[1] + widths[1])) < 0.2)
    }
}
