import SimTime
import Synchronization
import Testing

@testable import Report

@Suite("Parts of the terminal report")
struct TerminalPartsTests {
    @Test(
        "Durations have three digits and the unit that fits",
        arguments: [
            (0.5, "500 ns"), (4.076, "4.08 us"), (999.6, "1.00 ms"), (1_900, "1.90 ms"), (38_040, "38.0 ms"),
            (905_000, "905 ms"), (30e6, "30.0 s"), (0, "0 us"),
        ])
    func durations(microseconds: Double, text: String) {
        #expect(HumanText.duration(microseconds) == text)
    }

    @Test(
        "Figures have three digits, or commas between thousands",
        arguments: [(0.983, "0.98"), (38.04, "38.0"), (99.96, "100"), (12_304, "12,304"), (1e6, "1,000,000")])
    func digits(value: Double, text: String) {
        #expect(HumanText.digits(value) == text)
    }

    @Test("A share that would round to nothing is not shown as nothing")
    func smallShare() {
        #expect(HumanText.percent(0.0001) == "<0.1 %")
        #expect(HumanText.percent(0) == "0.0 %")
        #expect(HumanText.percent(nil) == "-")
        #expect(HumanText.fixed(.infinity, 1) == "-")
    }

    @Test("A bar grows in eighths of a column, and in halves without block elements")
    func bars() {
        #expect(Glyphs.unicode.bar(0.5, width: 5) == "██▌")
        #expect(Glyphs.ascii.bar(0.5, width: 5) == "##.")
        #expect(Glyphs.unicode.bar(1, width: 3) == "███")
        #expect(Glyphs.unicode.bar(0.0001, width: 10) == "▏")
        #expect(Glyphs.unicode.bar(0, width: 10).isEmpty)
    }

    @Test("Colour sequences appear only with colour, and not around nothing")
    func colour() {
        let line = Line([Fragment("a ", .bad), Fragment("b"), Fragment("", .bad), Fragment("  ")])
        #expect(line.painted(colour: false) == "a b")
        #expect(line.painted(colour: true) == "\u{1B}[1;31ma \u{1B}[0mb")
    }

    @Test("Text breaks between words and never loses one")
    func wrapping() {
        let lines = wrapped("aaa bb a-word-too-long cc", width: 7, indent: " ").map { $0.painted(colour: false) }
        #expect(lines == [" aaa bb", " a-word-too-long", " cc"])
    }

    @Test("A table that is too wide cuts its longest names, not its figures")
    func cutting() {
        var table = TextTable([.left("name"), .right("value")])
        table.append([.text("a name that is much too long"), .text("12345678")])
        let lines = table.lines(width: 24, glyphs: .unicode).map { $0.painted(colour: false) }
        #expect(lines == ["  name             value", "  a name that…  12345678"])
    }

    @Test("A chain that is too long goes on in further lines, broken between its links")
    func folding() {
        var table = TextTable([.right("value"), .folded("chain", at: " <- ")])
        table.append([.text("1.5"), .text("waiter <- walsender b <- one that is long itself")])
        table.append([.text("2"), .text("short <- one")])
        let lines = table.lines(width: 28, glyphs: .unicode).map { Line($0.fragments).painted(colour: false) }
        #expect(
            lines == [
                "  value  chain", "    1.5  waiter", "           <- walsender b", "           <- one that is",
                "           long itself", "      2  short <- one",
            ])
        #expect(folded("a, bb, ccc", at: ", ", width: 7) == ["a, bb,", "  ccc"])
    }

    @Test("Histograms share their rows, and empty stretches between them are folded")
    func scale() {
        let scale = DurationScale([
            Fixture.histogram([(.microseconds(1500), 3), (.microseconds(3), 1)]), Fixture.histogram([(.seconds(1), 2)]),
        ])
        var text: [String] = []
        for row in scale.rows {
            switch row {
            case .gap: text.append("gap")
            case .waits(let lower, let upper, let fractions): text.append("\(lower) \(upper) \(fractions)")
            }
        }
        #expect(
            text == [
                "2us 4us [0.25, 0.0]", "gap", "1.024ms 2.048ms [0.75, 0.0]", "gap", "524.288ms 1.049s [0.0, 1.0]",
            ])
        #expect(scale.highest == 1)
    }

    @Test("Colour needs a terminal that is not dumb and nobody who objects")
    func colourDetection() {
        let colour = { (environment: [String: String], isTerminal: Bool) in
            TerminalCapabilities.from(environment, isTerminal: isTerminal, deviceWidth: nil).colour
        }
        #expect(colour(["TERM": "xterm"], true))
        #expect(!colour(["TERM": "xterm"], false))
        #expect(!colour(["TERM": "dumb"], true))
        #expect(!colour([:], true))
        #expect(!colour(["TERM": "xterm", "NO_COLOR": "1"], true))
        #expect(colour(["TERM": "xterm", "NO_COLOR": ""], true))
    }

    @Test("The locale that decides is the first that is set of LC_ALL, LC_CTYPE and LANG")
    func unicodeDetection() {
        let unicode = { (environment: [String: String]) in
            TerminalCapabilities.from(environment, isTerminal: true, deviceWidth: 80).unicode
        }
        #expect(unicode(["LANG": "de_DE.UTF-8"]))
        #expect(unicode(["LANG": "C.utf8"]))
        #expect(!unicode(["LC_ALL": "C", "LANG": "de_DE.UTF-8"]))
        #expect(!unicode([:]))
    }

    @Test("A terminal's own width wins over COLUMNS, and a file has at least 80 columns")
    func widthDetection() {
        let width = { (environment: [String: String], device: Int?) in
            TerminalCapabilities.from(environment, isTerminal: true, deviceWidth: device).width
        }
        #expect(width(["COLUMNS": "100"], 120) == 120)
        #expect(width(["COLUMNS": "100"], nil) == 100)
        #expect(width(["COLUMNS": "wide"], nil) == 80)
        #expect(width([:], 1_000) == 160)
        #expect(width([:], 60) == 60)
        let file = TerminalCapabilities.from(["COLUMNS": "60"], isTerminal: false, deviceWidth: nil)
        #expect(file.width == 80)
    }

    @Test("In a narrow terminal a table loses its bars, no figure, and its lines end between words")
    func narrowTerminal() {
        var table = TextTable([.left("wait event"), .bar("", widest: 40), .right("share"), .right("mean")])
        table.append([.text("LWLock:WALWrite"), .bar(0.5, .lock), .text("95.7 %"), .text("1.92 ms")])
        let text = { (width: Int) in
            TerminalCapabilities(isTerminal: true, width: width, colour: false, unicode: true)
                .painted(table.lines(fitting: width, glyphs: .unicode))
        }
        #expect(text(80).contains("████"))
        #expect(text(40) == "  wait event        share     mean\n  LWLock:WALWrite  95.7 %  1.92 ms\n")
        #expect(text(30) == "  wait event        share\n    mean\n  LWLock:WALWrite  95.7 %\n    1.92 ms\n")
    }
}

@Suite("The progress bar")
struct ProgressBarTests {
    /// A clock that a test sets, and what was written.
    private final class Screen: Sendable {
        let now = Mutex(0.0)
        let written = Mutex<[String]>([])
        func bar(isTerminal: Bool = true) -> ProgressBar {
            let capabilities = TerminalCapabilities(isTerminal: isTerminal, width: 60, colour: false, unicode: false)
            return ProgressBar(
                label: "steady", on: capabilities, clock: { self.now.withLock { $0 } },
                write: { text in self.written.withLock { $0.append(text) } })
        }
        func at(_ time: Double) { now.withLock { $0 = time } }
        var lines: [String] { written.withLock { $0 } }
    }

    @Test("It shows what is done and the time that the rest takes at that pace")
    func line() {
        let capabilities = TerminalCapabilities(isTerminal: true, width: 60, colour: false, unicode: false)
        #expect(
            ProgressBar.line("steady", 0.25, elapsed: 100, on: capabilities)
                == "steady  ######.                     25 %  5 min 0 s left")
    }

    @Test("It waits half a second, draws at most ten times a second and erases itself")
    func throttle() {
        let screen = Screen()
        let bar = screen.bar()
        for time in [0.1, 0.4, 0.55, 0.6, 0.66, 0.7] {
            screen.at(time)
            bar.update(0.5)
        }
        #expect(screen.lines.count == 2)
        #expect(screen.lines.allSatisfy { $0.hasPrefix("\rsteady") && $0.hasSuffix("\u{1B}[K") })
        bar.finish()
        #expect(screen.lines.last == "\r\u{1B}[K")
    }

    @Test("A run too short for a bar leaves no trace")
    func shortRun() {
        let screen = Screen()
        let bar = screen.bar()
        bar.update(0.9)
        bar.finish()
        #expect(screen.lines.isEmpty)
    }

    @Test("Nothing is written where standard error is no terminal")
    func noTerminal() {
        let screen = Screen()
        let bar = screen.bar(isTerminal: false)
        screen.at(5)
        bar.update(0.5)
        bar.finish()
        #expect(screen.lines.isEmpty)
    }

    @Test("Nonsense fractions and long labels still fit the terminal")
    func robust() {
        let capabilities = TerminalCapabilities(isTerminal: true, width: 30, colour: false, unicode: true)
        for fraction in [-1, 0, 1e-12, 1, 7] {
            let line = ProgressBar.line(String(repeating: "x", count: 50), fraction, elapsed: 1e6, on: capabilities)
            #expect(line.count <= 29)
        }
    }

    @Test("A per cent sign stays with its number")
    func perCent() {
        let lines = wrapped("it gives 0.0 % (0.0 .. 0.0 %).", width: 10).map { $0.painted(colour: false) }
        #expect(lines == ["it gives", "0.0 % (0.0", ".. 0.0 %)."])
    }

    @Test("A name that is too long keeps its last word")
    func names() {
        var table = TextTable([.name("figure"), .right("")])
        table.append([.text("walwriter Activity:WalWriterMain avg_sessions"), .text("1")])
        let cut = { (width: Int) in table.lines(width: width, glyphs: .unicode).map { $0.painted(colour: false) }[1] }
        #expect(cut(80).hasPrefix("  walwriter Activity:WalWriterMain avg_sessions  1"))
        #expect(cut(35) == "  walwriter Activit…avg_sessions  1")
        #expect(cut(20) == "  walwriter Acti…  1")
    }

    @Test("A line that is too long goes on in further ones, in the same styles")
    func folding() {
        let line = Line([Fragment("Waits", .heading), Fragment("  distance 0.1 (0: none, 1: 50 %)", .dim)])
        #expect(line.folded(to: 80).map { $0.painted(colour: true) } == [line.painted(colour: true)])
        let folded = line.folded(to: 20)
        #expect(folded.map { $0.painted(colour: false) } == ["Waits  distance 0.1", "  (0: none, 1: 50 %)"])
        #expect(folded[1].fragments.map(\.style) == [.plain, .dim])
        #expect(Line("a-word-of-twenty-letters").folded(to: 10).count == 1)
        // The first cells of a table's row may be empty.
        let row = Line("              holder, off CPU  6 %").folded(to: 20, keepsCells: true)
        #expect(row.map { $0.painted(colour: false) } == ["     holder, off CPU", "  6 %"])
    }

    @Test("One figure is one")
    func plural() {
        #expect(HumanText.count(1, "figure") == "1 figure" && HumanText.count(0, "figure") == "0 figures")
    }
}
