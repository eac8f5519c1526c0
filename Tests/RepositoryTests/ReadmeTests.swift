import Foundation
import Testing

@Suite("The README is true")
struct ReadmeTests {
    @Test("Every path of the repository that a README names exists")
    func pathsExist() throws {
        let repository = Repository()
        for readme in ["README.md", "Sources/Postgres/README.md"] {
            let text = try repository.text(readme)
            let pattern = /(?:Sources|Tests|Scenarios|Results)\/[A-Za-z0-9_+.\/-]+/
            let paths = text.matches(of: pattern).map { String($0.output) }
                .map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
            #expect(!paths.isEmpty, "\(readme) names no path")
            for path in paths { #expect(repository.exists(path), "\(readme) names \(path)") }
        }
    }

    @Test("The map of PostgreSQL's algorithms names every file that has one")
    func mapIsComplete() throws {
        let repository = Repository()
        let map = try repository.text("Sources/Postgres/README.md")
        let files = repository.files(below: "Sources/Postgres", suffix: ".swift")
        #expect(files.count > 90)
        for file in files {
            let name = String(file.split(separator: "/").last!)
            #expect(map.contains("/\(name)`") || map.contains("`\(name)`"), "\(file)")
        }
    }

    @Test("Every file that the map names exists, under the path that the map gives where it gives one")
    func mapIsTrue() throws {
        let repository = Repository()
        let files = repository.files(below: "Sources/Postgres", suffix: ".swift")
        let names = try repository.text("Sources/Postgres/README.md").matches(of: /`([A-Za-z0-9_+\/]+\.swift)`/)
            .map { String($0.output.1) }
        #expect(names.count >= files.count)
        for name in names {
            let isThere =
                name.contains("/") && !name.hasPrefix("Sources/")
                ? files.contains("Sources/Postgres/" + name)
                : name.hasPrefix("Sources/") ? repository.exists(name) : files.contains { $0.hasSuffix("/" + name) }
            #expect(isThere, "\(name)")
        }
    }

    @Test("The commands that the README opens with are targets of the Makefile")
    func commandsExist() throws {
        let repository = Repository()
        let makefile = try repository.text("Makefile")
        let targets = try repository.text("README.md").matches(of: /make ([a-z-]+)/).map { String($0.output.1) }
        #expect(targets.contains("run") && targets.contains("test"))
        for target in targets { #expect(makefile.contains("\n\(target):"), "make \(target)") }
    }

    @Test("The walk of one commit opens about a dozen files, each of which exists")
    func walkIsComplete() throws {
        let text = try Repository().text("README.md")
        let start = try #require(text.range(of: "## One commit, file by file"))
        let section = text[start.upperBound...].components(separatedBy: "\n## ")[0]
        let steps = section.split(separator: "\n").filter { $0.first?.isNumber == true }
        #expect((10...16).contains(steps.count))
        for step in steps { #expect(step.contains(".swift") || step.contains(".json"), "\(step)") }
    }
}
