import Foundation
import Testing

/// What every command says about itself; its manual page and completions are made from the same.
@Suite("Help")
struct HelpTests {
    /// A command as the argument parser describes it.
    private struct Description: Decodable {
        struct Tool: Decodable {
            var commandName: String
            var discussion: String?
            var subcommands: [Tool]?
        }
        var command: Tool
    }

    private static func commands() throws -> [Description.Tool] {
        let dump = try Command().run("--experimental-dump-help").output
        let root = try JSONDecoder().decode(Description.self, from: Data(dump.utf8)).command
        return (root.subcommands ?? []).filter { $0.commandName != "help" }
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

    @Test("Completions for each shell complete the commands", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let outcome = try Command().run("--generate-completion-script", shell)
        #expect(outcome.status == 0)
        for word in ["calibrate", "diagnose", "init", "sweep"] { #expect(outcome.output.contains(word)) }
    }
}
