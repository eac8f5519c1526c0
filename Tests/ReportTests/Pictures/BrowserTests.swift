import Testing

@testable import Report

@Suite("Pages and pictures in a real browser", .enabled(if: Chromium.path != nil, "needs chromium"))
struct BrowserTests {
    @Test(
        "A run's page fits its window, with every picture drawn and no text cut off or over another",
        arguments: [Chromium.View(width: 1180), Chromium.View(width: 1180, isDark: true), Chromium.View(width: 520)])
    func runPage(_ view: Chromium.View) throws {
        let layout = try Chromium.layout(of: RunReport.html(of: RunReportTests.result), named: "run.html", in: view)
        check(layout, in: view)
        #expect(layout.pictures == 7)
        #expect(layout.background == (view.isDark ? "rgb(13, 17, 23)" : "rgb(244, 246, 248)"))
    }

    @Test(
        "Pages of sweeps and comparisons fit their windows, too",
        arguments: [Chromium.View(width: 1180), Chromium.View(width: 520)])
    func otherPages(_ view: Chromium.View) throws {
        let axes = [SweepReportTests.delays, SweepReportTests.clients]
        let pages = [
            SweepReport.html(of: SweepReportTests.sweep(axes)), ComparisonReport.html(of: ComparisonReportTests.result),
        ]
        for page in pages { check(try Chromium.layout(of: page, named: "page.html", in: view), in: view) }
    }

    @Test("A picture alone is drawn with its colours", arguments: [false, true])
    func runPicture(_ isDark: Bool) throws {
        let view = Chromium.View(width: 1000, isDark: isDark)
        let layout = try Chromium.layout(of: RunReport.svg(of: RunReportTests.result), named: "run.svg", in: view)
        check(layout, in: view)
        #expect(layout.pictures == 1)
    }

    private func check(_ layout: Chromium.Layout, in view: Chromium.View) {
        #expect(layout.windowWidth == Double(view.width))
        #expect(layout.pageWidth <= layout.windowWidth)
        #expect(layout.smallestWidth >= 200 && layout.smallestHeight >= 40)
        #expect(layout.cutTexts.isEmpty)
        #expect(layout.collidingTexts.isEmpty)
        #expect(layout.uncoloured == 0)
    }
}
