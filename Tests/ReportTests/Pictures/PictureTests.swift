import Foundation
import Testing

@testable import Report

@Suite("Pictures show their numbers")
struct PictureTests {
    @Test("Every step of a stacked area is as high as its value, on top of the layers below it")
    func stackedAreas() throws {
        let areas = StackedAreas(
            layers: [
                StackedAreas.Layer(name: "cpu", ink: Ink(.cpu), values: [1, 2, 2]),
                StackedAreas.Layer(name: "lock", ink: Ink(.lwlock), values: [0, 3, 7]),
            ], interval: 1, duration: 2.5, level: StackedAreas.Level(value: 4, name: "4 cores"))
        let picture = areas.picture("test", width: 366, height: 264)
        let paths = try XMLCheck(picture.file).named("path").filter { $0.attributes["class"]?.hasPrefix("f-") == true }
        // 300 units are 2.5 s, 200 units are 10 sessions: the stack's 9 and a little air.
        #expect(
            paths.map { $0.attributes["d"] } == [
                "M52 204H172V184H352V224H52Z",
                "M52 204H172V124H292V44H352V184H172V204H52Z",
            ])
    }

    @Test("Names of layers that are thick side by side stand at different heights")
    func names() throws {
        let areas = StackedAreas(
            layers: [
                StackedAreas.Layer(name: "LWLock:BufferContent", ink: Ink(.lwlock), values: [0, 0, 0, 8, 8, 0, 0, 0]),
                StackedAreas.Layer(name: "LWLock:WALWrite", ink: Ink(.lwlock), values: [0, 0, 8, 0, 0, 0, 0, 0]),
                StackedAreas.Layer(name: "IO:WALWrite", ink: Ink(.io), values: [0, 1, 0.9, 0, 0, 0, 0, 0]),
            ], interval: 1, duration: 8)
        let texts = try XMLCheck(areas.picture("test", width: 366, height: 264).file).named("text")
        let names = texts.filter { $0.text.contains(":") }
        #expect(names.map(\.text) == ["LWLock:BufferContent", "LWLock:WALWrite", "IO:WALWrite"])
        let heights = try names.map { try #require($0.attributes["y"].flatMap(Double.init)) }
        #expect(zip(heights, heights.dropFirst()).allSatisfy { abs($0 - $1) >= 16 })
    }

    @Test("The level is drawn at its height, or named as above the picture if it would flatten the stack")
    func level() throws {
        func lines(_ cores: Double) throws -> XMLCheck {
            let areas = StackedAreas(
                layers: [StackedAreas.Layer(name: "cpu", ink: Ink(.cpu), values: [4])], interval: 1, duration: 1,
                level: StackedAreas.Level(value: cores, name: "cores"))
            return try XMLCheck(areas.picture("test", width: 366, height: 264).file)
        }
        let near = try lines(8).named("line").first { $0.attributes["class"] == "cores" }
        #expect(near?.attributes["y1"] == "64")
        let far = try lines(64)
        #expect(!far.named("line").contains { $0.attributes["class"] == "cores" })
        #expect(far.named("text").contains { $0.text == "cores, above this picture" })
    }

    @Test("A curve stops where nothing was measured, a value alone is a dot, and the axis ends where it should")
    func interruptedCurve() throws {
        var curve = Curves.Curve(name: "latency", ink: Ink(.lwlock), points: [(0, 1), (1, 2), (4, 2), (6, 4)])
        curve.breaks = [2, 3]
        let curves = Curves(
            curves: [curve], x: Curves.Axis(unit: "s", label: { "\($0)" }, low: 0, high: 10),
            y: Curves.Axis(unit: "ms", label: { "\($0)" }))
        let paths = try XMLCheck(curves.picture("test", width: 366, height: 264).file).named("path")
        // 300 units are 10 s, 200 units are 5 ms.
        let line = paths.first { $0.attributes["class"]?.hasPrefix("line") == true }
        #expect(line?.attributes["d"] == "M52,184L82,144M172,144h0M232,64h0")
    }

    @Test("Ticks are round, inside the axis, and enough", arguments: [0.7, 1, 3, 9.99, 10, 42, 1_234, 1e6])
    func linearTicks(_ high: Double) {
        let scale = Scale(.linear, 0, high, from: 0, to: 100)
        let ticks = scale.ticks()
        #expect((3...7).contains(ticks.count))
        #expect(ticks.allSatisfy { $0 >= 0 && $0 <= high })
        #expect(Scale.roundEnd(high) >= high && Scale.roundEnd(high) <= high * 1.5)
    }

    @Test("A logarithmic axis gives equal ratios equal distances")
    func logarithmic() {
        let scale = Scale(.logarithmic, 1, 1_000, from: 0, to: 300)
        #expect([1, 10, 100, 1_000, 5_000, 0].map { scale.position($0).rounded() } == [0, 100, 200, 300, 300, 0])
        #expect(scale.ticks() == [1, 10, 100, 1_000])
    }

    @Test("Percentiles keep the digits that tell them from 100")
    func percentiles() {
        let texts = [1, 2, 10, 100, 1_000, 100_000].map { AxisText.percentile(100 * (1 - 1 / $0)) }
        #expect(texts == ["0", "50", "90", "99", "99.9", "99.999"])
    }

    @Test("Columns are as high as their shares, and no wait is too rare to be seen")
    func columns() throws {
        let columns = Columns(
            panels: [Columns.Panel(name: "p", ink: Ink(.io), shares: [0.5, 0.49999, 0.00001])],
            bounds: ["0", "1", "2", "4"], unit: "ms", shareOf: "waits")
        let picture = try XMLCheck(columns.picture("test", width: 366, height: 272).file)
        let heights = picture.named("rect").filter { $0.attributes["class"] == "f-io0" }
            .compactMap { Double($0.attributes["height"] ?? "") }
        #expect(heights.count == 3)
        #expect(abs(heights[0] / heights[1] - 1) < 0.01 && heights[2] == 1)
        #expect(picture.named("title").contains { $0.text == "0 to 1: 50.0 % of waits" })
    }

    @Test("Things of one class differ in shade, whatever they are, and keep their colour")
    func palette() {
        let palette = Palette(["LWLock:WALWrite", "none", "IO:WalSync", "LWLock:Brand New", "Weather:Rain"])
        #expect(
            palette.ink("LWLock:WALWrite") == Ink(.lwlock) && palette.ink("LWLock:Brand New") == Ink(.lwlock, shade: 1))
        #expect(palette.ink("none") == Ink(.cpu) && palette.ink("Weather:Rain") == Ink(.other))
        #expect(palette.ink("IO:NeverSeen") == Ink(.io))
    }

    @Test("Red, green and blue differ in lightness, so that those who cannot tell the hues can tell the bands")
    func lightness() {
        /// CIE L* of a colour, 0...100.
        func lightness(_ hue: Ink.Hue) -> Double {
            let number = Int(Ink(hue).colours.light.dropFirst(), radix: 16)!
            func linear(_ shift: Int) -> Double {
                let part = Double(number >> shift & 255) / 255
                return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
            }
            let luminance: Double = 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
            return 116 * cbrt(luminance) - 16
        }
        #expect(lightness(.cpu) - lightness(.lwlock) > 25)
        #expect(lightness(.timeout) - lightness(.lwlock) > 25)
        #expect(lightness(.cpu) - lightness(.io) > 20)
        #expect(Ink(.lwlock).texture != nil && Ink(.io).texture == nil)
    }
}
