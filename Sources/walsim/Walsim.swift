import ArgumentParser
import Experiments
import Report

/// The command's entry point.
@main
struct WalsimCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walsim",
        abstract: "A wind tunnel for PostgreSQL's write-ahead log.",
        discussion: """
            walsim runs PostgreSQL's lock and flush algorithms on a simulated host and reports what its sessions wait \
            for.

            Examples:
              walsim run burst-insert
              walsim run scenarios/steady-commit.json --set clients.count=64 --repeats 3
              walsim run my.json --set server.settings.commit_delay=1000 --format csv \\
                  --out results
            """,
        version: Walsim.version,
        subcommands: [
            RunCommand.self, ValidateCommand.self, ScenariosCommand.self, CheckCommand.self,
            SweepCommand.self, MergeCommand.self, CompareCommand.self, TuneCommand.self, CalibrateCommand.self,
            DiagnoseCommand.self, InitCommand.self,
        ])

    /// Mistakes in options begin as all other messages do.
    static let _errorPrefix = "walsim: "

    static func main() {
        StandardStreams.fillGaps()
        complainOfUnknownCommand()
        do {
            var command = try parseAsRoot()
            try command.run()
            end(with: .success)
        } catch {
            let (status, message) = (exitCode(for: error), fullMessage(for: error))
            // Help that was asked for goes to standard output, and is as wide as the terminal already.
            if !message.isEmpty { if status.isSuccess { print(message) } else { say(message) } }
            end(with: status)
        }
    }

    /// Results that were lost on their way to standard output are no results, nor is a verdict without them.
    private static func end(with status: ExitCode) -> Never {
        do throws(OutputError) {
            try StandardStreams.finishOutput()
        } catch {
            complain(error.description)
            if [.success, ExitStatus.negative].contains(status) { exit(withError: ExitStatus.cannotCreate) }
        }
        exit(withError: status)
    }

    /// Without this the parser would speak of unexpected arguments.
    private static func complainOfUnknownCommand() {
        let known = configuration.subcommands.map { $0._commandName }.sorted() + ["help"]
        var arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "help" { arguments.removeFirst() }
        guard let first = arguments.first, !first.hasPrefix("-"), !known.contains(first) else { return }
        let nearest = nearestName(to: first, among: known).map { "; nearest: \"\($0)\"" } ?? ""
        complain("\(first): no such command (allowed: \(known.joined(separator: ", "))\(nearest))")
        exit(withError: ExitStatus.usage)
    }
}
