import ArgumentParser
import BundledScenarios
import Experiments

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
        for bundled in BundledScenarios.all {
            let scenario = try loadScenario(text: bundled.text, file: bundled.name)
            let padding = String(repeating: " ", count: width - bundled.name.count)
            print("\(bundled.name)\(padding)  \(scenario.description)")
        }
    }
}
