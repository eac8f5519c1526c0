import ArgumentParser
import Experiments

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
        complainOfUnknownCommand()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let (status, message) = (exitCode(for: error), fullMessage(for: error))
            // Help that was asked for goes to standard output, and is as wide as the terminal already.
            if status.isSuccess || message.isEmpty { exit(withError: error) }
            say(message)
            exit(withError: status)
        }
    }

    /// Without this the parser would speak of unexpected arguments.
    private static func complainOfUnknownCommand() {
        let known = configuration.subcommands.map { $0._commandName }.sorted() + ["help"]
        guard let first = CommandLine.arguments.dropFirst().first, !first.hasPrefix("-"), !known.contains(first) else {
            return
        }
        let nearest = nearestName(to: first, among: known).map { "; nearest: \"\($0)\"" } ?? ""
        complain("\(first): no such command (allowed: \(known.joined(separator: ", "))\(nearest))")
        exit(withError: ExitStatus.usage)
    }
}
