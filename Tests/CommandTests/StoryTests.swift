import Foundation
import Testing

/// The README's story, "The incident, told by commands": its commands are read from there and run, in shorter runs.
@Suite("The story in the README")
struct StoryTests {
    @Test("Its commands run in their order, leave the files that they name, and reach the verdicts that it prints")
    func story() throws {
        let story = try Story()
        #expect(story.commands.map { $0[0] } == ["diagnose", "calibrate", "run", "tune", "run", "compare"])
        let scratch = try Scratch()
        try FileManager.default.createDirectory(
            atPath: scratch.place(Story.samples), withIntermediateDirectories: true)
        try FileManager.default.removeItem(atPath: scratch.place(Story.samples))
        try FileManager.default.copyItem(
            atPath: Story.root.appendingPathComponent(Story.samples).path, toPath: scratch.place(Story.samples))
        let candidates = try Story.shortIncidents(in: scratch)
        var outputs: [String] = []
        for command in story.commands {
            let outcome = try Command(folder: scratch.path).run(command + Story.shortening(command[0], candidates))
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
            outputs.append(outcome.output)
            for file in Story.files(of: command) {
                #expect(FileManager.default.fileExists(atPath: scratch.place(file)), "\(command) left no \(file)")
            }
        }
        try compareVerdicts(outputs, story)
    }

    /// What the README shows must be what comes out: the incident's name, the setting and the signs of what it changes.
    private func compareVerdicts(_ outputs: [String], _ story: Story) throws {
        let shown = story.outputs
        #expect(shown.count == story.commands.count, "the output of each command is shown")
        let nearest = /^(\S+)(?: \([^)]*\))?  nearest, at distance/
        let name = try #require(shown[0].firstMatch(of: nearest)?.output.1)
        #expect(outputs[0].firstMatch(of: nearest)?.output.1 == name)
        #expect(outputs[0].contains("To tell \(name) from ") && shown[0].contains("To tell \(name) from "))
        let written = /^ {2}([A-Za-z_.]+) {2}/.anchorsMatchLineEndings()
        let values = shown[1].matches(of: written).map { String($0.output.1) }
        #expect(values.contains("clients.count") && values.allSatisfy { outputs[1].contains($0) })
        for part in ["The slowest commit", "What each cost is worth"] {
            #expect(outputs[2].contains(part) && shown[2].contains(part))
        }
        let choice = /Change it: (commit_delay=\d+) gives\s+([+-])/
        let advised = try #require(shown[3].firstMatch(of: choice)).output
        let found = try #require(outputs[3].firstMatch(of: choice), "\(outputs[3])").output
        #expect(found.1 == advised.1 && found.2 == "+" && advised.2 == "+")
        #expect(story.commands[4].contains("server.settings.\(advised.1)"))
        #expect(outputs[4].contains(advised.1) && shown[4].contains(advised.1))
        let throughput = /^ *tps .* ([+-])[0-9.]+ %/.anchorsMatchLineEndings()
        #expect(try #require(outputs[5].firstMatch(of: throughput), "\(outputs[5])").output.1 == "+")
        #expect(try #require(shown[5].firstMatch(of: throughput)).output.1 == "+")
    }
}

/// The story as it stands in the README.
private struct Story {
    static let samples = "Tests/ExperimentsTests/Calibrate/Samples"
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Arguments behind `walsim`, in the order of the block.
    let commands: [[String]]
    /// What the README shows of each command's output.
    let outputs: [String]

    init() throws {
        let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
        let start = try #require(readme.range(of: "\n## The incident, told by commands\n"))
        let section = readme[start.upperBound...].components(separatedBy: "\n## ")[0]
        // Every second piece between fences stands within them.
        let blocks = section.components(separatedBy: "\n```").enumerated().filter { $0.offset % 2 == 1 }
            .map { $0.element.trimmingCharacters(in: .newlines) }
        commands = try Self.commands(in: try #require(blocks.first))
        outputs = Array(blocks.dropFirst())
    }

    /// The lines of a shell script of assignments and calls of walsim, as the shell would split them.
    private static func commands(in script: String) throws -> [[String]] {
        var variables: [String: String] = [:]
        var commands: [[String]] = []
        for line in script.replacingOccurrences(of: "\\\n", with: " ").split(separator: "\n") {
            if let assignment = line.wholeMatch(of: /([a-z]+)=(\S+)/) {
                variables[String(assignment.output.1)] = String(assignment.output.2)
                continue
            }
            let text = variables.reduce(String(line)) { $0.replacingOccurrences(of: "$\($1.key)", with: $1.value) }
            let words = text.split(separator: " ").map(String.init)
            try #require(words.first == "walsim" && !text.contains(where: { "'\"$\\|<>".contains($0) }), "\(line)")
            commands.append(Array(words.dropFirst()))
        }
        return commands
    }

    /// What a test adds to a command so that it ends soon: shorter runs, and fewer incidents to compare with.
    static func shortening(_ command: String, _ candidates: [String]) -> [String] {
        switch command {
        case "diagnose": candidates.flatMap { ["--scenario", $0] }
        case "run": ["--set", "duration=300ms", "--set", "warmup=50ms"]
        case "tune": ["--set", "duration=250ms", "--set", "warmup=50ms", "--repeats", "20", "--skip-clients"]
        default: []
        }
    }

    /// The bundled incidents in which sessions wait for a sync, cut short, as files.
    static func shortIncidents(in scratch: Scratch) throws -> [String] {
        try ["steady-commit", "commit-delay", "small-wal-buffers"].map { name in
            let text = try String(
                contentsOf: root.appendingPathComponent("Scenarios/\(name).json"), encoding: .utf8)
            let short = text.replacing(/"duration": "[0-9]+s"/, with: #""duration": "500ms", "warmup": "50ms""#)
            #expect(short != text)
            return try scratch.write(short, to: "\(name).json")
        }
    }

    /// The files that a command is told to write.
    static func files(of command: [String]) -> [String] {
        zip(command, command.dropFirst()).flatMap { option, value -> [String] in
            switch option {
            case "-o", "--report": [value]
            case "--out": [value + "/summary.csv", value + "/wait_events.csv"]
            default: []
            }
        }
    }
}
