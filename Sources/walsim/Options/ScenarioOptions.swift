import ArgumentParser
import Experiments
import Foundation

/// The options by which commands name a scenario and change it.
struct ScenarioOptions: ParsableArguments {
    @Argument(help: "A scenario's file, or the name of a bundled one (see walsim scenarios).", completion: .scenario)
    var scenario: String

    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Change a value of the scenario, such as clients.count=12; may be repeated.", valueName: "path=value"))
    var sets: [String] = []

    @Option(
        parsing: .unconditional, help: "The seed of the first repeat; repeat k has this plus k.", transform: seedNumber)
    var seed: UInt64?

    @Option(parsing: .unconditional, help: "How many repeats, each with a seed of its own.")
    var repeats: Int?

    /// The scenario's file, if it is one that a result could be written over.
    var files: [String] { access(scenario, F_OK) == 0 ? [scenario] : [] }

    func validate() throws {
        if scenario.isEmpty { throw ValidationError("the scenario is empty; it is a file's path or a bundled name") }
        try check("--seed", seed, in: Scenario.seeds)
        try check("--repeats", repeats, in: Scenario.repeatCounts)
    }

    private func check<Value>(_ option: String, _ value: Value?, in allowed: ClosedRange<Value>) throws {
        guard let value, !allowed.contains(value) else { return }
        throw ValidationError("\(option) is \(value); allowed: \(allowed.lowerBound) to \(allowed.upperBound)")
    }

    /// Reads the scenario; throws an `InputError`.
    func load() throws -> Scenario {
        try loadScenario(named: scenario, sets: sets, seed: seed, repeats: repeats)
    }

    /// The scenario as the base of a sweep; throws an `InputError`.
    func base() throws -> SweepBase {
        try SweepBase(named: scenario, ScenarioOverrides(sets: sets, seed: seed, repeats: repeats))
    }
}
