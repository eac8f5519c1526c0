import Experiments

/// A run on real threads.
struct ThreadsExecution {
    let scenario: Scenario
    let dataDir: String
    let syncLatency: String?

    func run() throws -> ExperimentResult {
        throw ExitStatus.internalError
    }
}
