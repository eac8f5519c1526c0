import ArgumentParser
import BundledScenarios
import Experiments
import Foundation
import Report

/// `walsim scenarios`.
struct ScenariosCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenarios", abstract: "List the bundled scenarios, one line each.",
        discussion: """
            Any of these names may stand where a command takes a scenario.

            Examples:
              walsim scenarios
              walsim scenarios | grep commit_delay
            """)

    func run() throws {
        let width = BundledScenarios.all.map(\.name.count).max() ?? 0
        // A description may be several screen lines long; a pipe gets it in one.
        let terminal = TerminalCapabilities.detect(fileDescriptor: STDOUT_FILENO)
        for bundled in BundledScenarios.all {
            let scenario = try loadScenario(text: bundled.text, file: bundled.name)
            let padding = String(repeating: " ", count: width - bundled.name.count)
            print(MessageText.folded("\(bundled.name)\(padding)  \(scenario.description)", on: terminal))
        }
    }
}
