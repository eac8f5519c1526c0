import ArgumentParser
import Experiments

// Values of options that several commands have.

/// Reads the value of `--seed`: the parser alone would not say what is allowed.
@Sendable func seedNumber(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
        throw ValidationError("allowed: \(Scenario.seeds.lowerBound) to \(Scenario.seeds.upperBound)")
    }
    return seed
}

/// Checks the value of `--jobs`.
func checkJobs(_ jobs: Int?) throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is \(jobs); allowed: 1 to 1024") }
}
