import Foundation
import Testing

/// What every command says about itself; its manual page and completions are made from the same.
@Suite("Help")
struct HelpTests {
    /// A command as the argument parser describes it.
    struct Description: Decodable {
        struct Tool: Decodable {
            var commandName: String
            var discussion: String?
            var subcommands: [Tool]?
        }
        var command: Tool
    }

    static func commands() throws -> [Description.Tool] {
        let dump = try Command().run("--experimental-dump-help").output
        let root = try JSONDecoder().decode(Description.self, from: Data(dump.utf8)).command
        return (root.subcommands ?? []).filter { $0.commandName != "help" }
    }

    /// The examples of a command's help, as one would paste them; a long one has several lines.
    static func examples(of command: String) throws -> [String] {
        let discussion = try commands().first { $0.commandName == command }?.discussion ?? ""
        let block = discussion.components(separatedBy: "Example").dropFirst().joined()
        var examples: [String] = []
        for line in block.components(separatedBy: "\n").dropFirst() where !line.isEmpty {
            if line.hasPrefix("  walsim ") {
                examples.append(line)
            } else {
                examples[examples.count - 1] += "\n" + line
            }
        }
        return examples
    }

    @Test("Every command's help has examples, and they name the command") func examples() throws {
        let commands = try Self.commands()
        #expect(commands.count >= 9)
        for command in commands {
            let examples = (command.discussion ?? "").components(separatedBy: "Example").dropFirst().joined()
            #expect(examples.contains("walsim \(command.commandName)"), "\(command.commandName) has no example")
        }
    }

    @Test("Examples fit a terminal of 80 columns: a line that the help wraps could not be pasted") func width() throws {
        for command in try Self.commands() {
            let help = try Command().run("help", command.commandName).output
            let examples = try #require(help.components(separatedBy: "Example").dropFirst().first)
                .components(separatedBy: "\n\n")[0].split(separator: "\n").dropFirst()
            #expect(!examples.isEmpty)
            for (line, next) in zip(examples, Array(examples.dropFirst()) + ["  walsim"]) {
                #expect(line.count <= 80 && line.hasPrefix("  "), "\(line)")
                #expect(line.hasSuffix(" \\") != next.hasPrefix("  walsim"), "\(line)")
            }
        }
    }

    @Test("Paragraphs are as wide as the terminal: none has a line break of its own") func paragraphs() throws {
        for command in try Self.commands() {
            let text = (command.discussion ?? "").components(separatedBy: "Example")[0]
            for paragraph in text.components(separatedBy: "\n\n") {
                #expect(!paragraph.trimmingCharacters(in: .newlines).contains("\n"), "\(command.commandName)")
            }
        }
    }

    @Test("Completions for each shell complete the commands", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let outcome = try Command().run("--generate-completion-script", shell)
        #expect(outcome.status == 0)
        for word in ["calibrate", "diagnose", "init", "sweep"] { #expect(outcome.output.contains(word)) }
    }
}
