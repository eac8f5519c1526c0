import ArgumentParser
import Experiments

/// `walsim validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check scenarios and run nothing.",
        discussion: """
            Exit status: 0 all are fine; 65 one is bad; 66 one cannot be read.

            Examples:
              walsim validate my-scenario.json
              walsim validate scenarios/*.json
            """)

    @Argument(help: "Files, or names of bundled scenarios.", completion: .scenario)
    var scenarios: [String]

    func run() throws {
        var worst: ExitCode?
        for name in scenarios {
            do {
                let scenario = try loadScenario(named: name)
                scenario.warnings.forEach { warn("\(name): \($0)") }
                print("\(name): fine (scenario_hash \(scenario.canonicalHash))")
            } catch {
                complain(error.description)
                // A file that is not there outweighs one that is wrong.
                if worst?.rawValue ?? 0 < error.exitCode.rawValue { worst = error.exitCode }
            }
        }
        if let worst { throw worst }
    }
}
