import Foundation
import Testing

@Suite("Pages, pictures and traces of a run")
struct PictureCommandTests {
    private static let run = ["run", "steady-commit", "--quiet"] + Command.short

    @Test("Every file that is asked for is written whole, and nothing else is left behind")
    func files() throws {
        let scratch = try Scratch()
        let outcome = try Command(folder: scratch.path).run(
            Self.run + [
                "--report", "r.html", "--plot", "p.svg", "--trace", "t.json", "--trace-window", "10ms..20ms",
                "--folded", "f.txt", "--hgrm", "h.hgrm",
            ])
        #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
        #expect(try scratch.files() == ["f.txt", "h.hgrm", "p.svg", "r.html", "t.json"])
        #expect(try scratch.text("r.html").hasSuffix("</html>\n"))
        #expect(try scratch.text("p.svg").hasSuffix("</svg>\n"))
        #expect(try scratch.text("f.txt").contains("client backend;LWLock:WALWrite"))
        #expect(try scratch.text("h.hgrm").contains("#[Max"))
        let trace = try Data(contentsOf: URL(fileURLWithPath: scratch.place("t.json")))
        #expect(try JSONSerialization.jsonObject(with: trace) is [String: Any])
    }

    @Test("A trace that cannot be finished costs no other result")
    func unfinishedTrace() throws {
        let scratch = try Scratch()
        let outcome = try Command(folder: scratch.path).run(
            Self.run + ["--report", "r.html", "--out", "out", "--trace", "/dev/full"])
        #expect(outcome.status == 73 && outcome.errors.contains("/dev/full: cannot be written"), "\(outcome.errors)")
        #expect(try scratch.files() == ["out", "r.html"])
    }

    @Test("The same seed gives the same page, byte for byte, whatever else is asked for")
    func sameBytes() throws {
        let scratch = try Scratch()
        let command = Command(folder: scratch.path)
        #expect(try command.run(Self.run + ["--report", "a.html"]).status == 0)
        #expect(try command.run(Self.run + ["--report", "b.html", "--trace", "t.json", "--folded", "f"]).status == 0)
        #expect(try scratch.text("a.html") == scratch.text("b.html"))
    }

    @Test("An explanation comes after the report, as a member of JSON, and on the page")
    func explanation() throws {
        let scratch = try Scratch()
        let arguments = ["run", "steady-commit", "--explain", "--report", "e.html"] + Command.short
        let outcome = try Command(folder: scratch.path).run(arguments)
        for heading in ["Blocking chains", "The slowest commit", "What each cost is worth", "As others see it"] {
            #expect(outcome.output.contains(heading))
            #expect(try scratch.text("e.html").contains("<h2>\(heading)</h2>"))
        }
        let json = try Command(folder: scratch.path).run(arguments + ["--format", "json", "--quiet"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let explanation = try #require(object?["explanation"] as? [String: Any])
        #expect((explanation["elasticity"] as? [Any])?.count ?? 0 > 4)
    }

    @Test(
        "Wrong windows are wrong usage, files that cannot be written are said so before the run",
        arguments: [
            (["--trace-window", "1s..2s"], 64, "needs --trace FILE"),
            (["--trace", "t", "--trace-window", "2s..1s"], 64, "it is FROM..TO"),
            (["--trace", "t", "--trace-window", "1..2"], 64, "it is FROM..TO"),
            (["--report", "/proc/no/r.html"], 73, "/proc/no/r.html: cannot be written"),
            (["--report", "same", "--plot", "same"], 64, "name the same file"),
            (["--trace", "same", "--folded", "same"], 64, "--trace and --folded name the same file"),
            (["--out", "out", "--report", "out/summary.csv"], 64, "--out and --report name the same file"),
            (["--out", "new/out/", "--hgrm", "new/./out/samples.csv"], 64, "--out and --hgrm name the same file"),
            (["--report", "same", "--plot", "./same"], 64, "--report and --plot name the same file"),
            (["--trace", "new/same", "--hgrm", "new/./er/../same"], 64, "--trace and --hgrm name the same file"),
            (["--out", "new/deep", "--report", "/proc/no/r.html"], 73, "/proc/no/r.html: cannot be written"),
            (["--report", "new/r.html", "--plot", "/proc/no/p.svg"], 73, "/proc/no/p.svg: cannot be written"),
            (["--out", "new", "--trace", "other/t", "--trace-window", "500s..600s"], 64, "the measured time ends at"),
            (
                ["--executor", "threads", "--data-dir", "d", "--out", "new", "--set", #"phases=[{"name":"a"}]"#],
                65, "--executor threads cannot run this"
            ),
            (["--trace", "t", "--folded", "/proc/no/f"], 73, "/proc/no/f: cannot be written"),
            (["--executor", "threads", "--data-dir", "d", "--explain"], 64, "for --executor virtual"),
        ])
    func mistakes(_ options: [String], _ status: Int32, _ message: String) throws {
        let scratch = try Scratch()
        let outcome = try Command(folder: scratch.path).run(Self.run + options)
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(try scratch.files().isEmpty)
    }
}
